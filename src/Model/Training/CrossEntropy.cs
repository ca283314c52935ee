using System.Numerics.Tensors;

namespace FLCrowd.Model.Training;

/// <summary>The cross-entropy of softmax probabilities.</summary>
internal static class CrossEntropy
{
    /// <summary>Turns logits [D x K] into the derivatives of each sample's loss by them: softmax minus one-hot, in place.</summary>
    public static void ToSlopes(Span<float> logits, ReadOnlySpan<byte> labels, int classCount)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            var sample = logits.Slice(row * classCount, classCount);
            float max = Max(sample);
            for (int k = 0; k < sample.Length; k++)
            {
                sample[k] -= max;
            }
        }

        TensorPrimitives.Exp(logits, logits);
        for (int row = 0; row < labels.Length; row++)
        {
            var sample = logits.Slice(row * classCount, classCount);
            float sum = 0;
            foreach (float e in sample)
            {
                sum += e;
            }

            float scale = 1 / sum;
            for (int k = 0; k < sample.Length; k++)
            {
                sample[k] *= scale;
            }

            sample[labels[row]] -= 1;
        }
    }

    /// <summary>-log softmax of one sample's logits at its label.</summary>
    public static double Loss(ReadOnlySpan<float> logits, byte label)
    {
        float max = Max(logits);
        float sum = 0;
        foreach (float logit in logits)
        {
            sum += MathF.Exp(logit - max);
        }

        return Math.Log(sum) + max - logits[label];
    }

    // Not TensorPrimitives.Max: for ten classes the call costs more than the comparisons.
    private static float Max(ReadOnlySpan<float> values)
    {
        float max = values[0];
        foreach (float value in values)
        {
            max = value > max ? value : max;
        }

        return max;
    }
}
