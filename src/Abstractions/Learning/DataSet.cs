namespace FLCrowd;

/// <summary>A classification data set, held once per process.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="ClassCount">The number of classes K, 2 to 256.</param>
/// <param name="Shape">The shape of one sample.</param>
/// <param name="Training">What the clients' data are drawn from.</param>
/// <param name="Test">What the final model is tested on.</param>
public sealed record DataSet(string Name, int ClassCount, SampleShape Shape, LabeledSamples Training, LabeledSamples Test);

/// <summary>The shape of a sample; a plain vector of d features is (1, 1, d).</summary>
/// <param name="Channels">Channels, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public readonly record struct SampleShape(int Channels, int Height, int Width)
{
    /// <summary>The number of features of a sample.</summary>
    public int FeatureCount => Channels * Height * Width;
}

/// <summary>Samples with their true labels.</summary>
/// <param name="Features">One sample after the other, channel by channel, row by row; pixels in [0, 1].</param>
/// <param name="Labels">The true class of each sample.</param>
public sealed record LabeledSamples(float[] Features, byte[] Labels)
{
    /// <summary>The number of samples.</summary>
    public int Count => Labels.Length;
}
