using FLCrowd.Model.Training;

namespace FLCrowd.Model.Tests.Training;

internal static class Gradients
{
    /// <summary>The gradient of the sum of the samples' cross-entropies: what a step of rate -1 leaves of nothing.</summary>
    public static float[] OfSum(INetwork network, float[] features, int[] rows, byte[] labels, float[] model, int classCount)
    {
        using var worker = network.CreateWorker();
        var batch = new Batch(features, rows);
        var logits = new float[rows.Length * classCount];
        var gradient = (float[])model.Clone();
        worker.Forward(gradient, batch, logits);
        CrossEntropy.ToSlopes(logits, labels, classCount);
        worker.Backward(gradient, batch, logits, shrink: 0, rate: -1);
        return gradient;
    }
}
