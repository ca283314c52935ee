using FLCrowd.Model.Storage;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Tests.Training;

internal static class Gradients
{
    /// <summary>The gradient of the sum of the samples' cross-entropies: what a step of rate -1 leaves of nothing.</summary>
    public static float[] OfSum(INetwork network, LabeledSamples samples, int[] rows, byte[] labels, float[] model, int classCount)
    {
        using var worker = network.CreateWorker();
        var batch = new Batch(SampleStore.Of(samples), rows);
        var logits = new float[rows.Length * Logits.Stride(classCount)];
        var gradient = new float[model.Length];
        worker.Load(model);
        worker.Forward(batch, logits);
        CrossEntropy.ToSlopes(logits, labels, classCount);
        worker.Backward(batch, logits, shrink: 0, rate: -1);
        worker.Save(gradient);
        return gradient;
    }

    /// <summary>Asserts that a gradient is that of a loss, by central differences in double precision.</summary>
    /// <param name="gradient">What is checked.</param>
    /// <param name="at">Where; moved along every axis in turn and put back.</param>
    /// <param name="loss">The loss at what <paramref name="at"/> holds by then.</param>
    public static void AgreeWithDifferences(float[] gradient, double[] at, Func<double> loss)
    {
        const double Small = 1e-5;
        double largest = gradient.Max(MathF.Abs);
        for (int k = 0; k < at.Length; k++)
        {
            double here = at[k];
            at[k] = here + Small;
            double above = loss();
            at[k] = here - Small;
            double below = loss();
            at[k] = here;
            Assert.Equal((above - below) / (2 * Small), gradient[k], 1e-4 * largest);
        }
    }
}
