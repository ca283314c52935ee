using FLCrowd.Model.Storage;

namespace FLCrowd.Model.Kernels;

/// <summary>How the layer that reads the samples reads them: by how many of their features are not 0.</summary>
internal static class InputLayers
{
    /// <summary>The share of features that are not 0 from which on leaving the others out takes longer than it saves.</summary>
    public const double MostDensity = 0.5;

    /// <summary>What makes input layers for a data set.</summary>
    public static Func<IInputLayer> For(DataSet data, int outputs)
    {
        int inputs = data.Shape.FeatureCount;
        return IsSparse(data) ? () => new SparseLayer(inputs, outputs) : () => new DenseInputLayer(inputs, outputs);
    }

    /// <summary>Whether zeros are left out: for training and test samples alike, as they are trained on the same weights.</summary>
    public static bool IsSparse(DataSet data) =>
        data.Shape.FeatureCount <= SparseRows.MostWidth
        && SparseRows.Density(data.Training) <= MostDensity
        && SparseRows.Fits(data.Training) && SparseRows.Fits(data.Test);
}
