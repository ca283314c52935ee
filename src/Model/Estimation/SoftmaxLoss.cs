using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FLCrowd.Model.Estimation;

/// <summary>
/// The loss of softmax regression over whole sets of samples, its gradient and the spread of the samples' gradients, in double
/// precision: F(w) = mean of -log softmax(W x)_y + l2/2 |w|^2.
/// </summary>
/// <param name="samples">The samples.</param>
/// <param name="classes">The number of classes K.</param>
/// <param name="l2">The weight of the regularisation.</param>
/// <remarks>
/// w is laid out feature by feature, each with the weights of all classes side by side, padded with zeros to whole vectors.
/// </remarks>
internal sealed class SoftmaxLoss(SparseSamples samples, int classes, double l2)
{
    private const int Lanes = 8;

    private readonly int _stride = (classes + Lanes - 1) / Lanes * Lanes;

    /// <summary>The length of w.</summary>
    public int Length => samples.FeatureCount * _stride;

    /// <summary>Parameters of the model, [W (K x d), b (K)], as a w of this loss.</summary>
    public double[] Widen(ReadOnlySpan<float> model)
    {
        int features = samples.FeatureCount - 1;
        var wide = new double[Length];
        for (int k = 0; k < classes; k++)
        {
            for (int feature = 0; feature < features; feature++)
            {
                wide[feature * _stride + k] = model[k * features + feature];
            }

            wide[features * _stride + k] = model[classes * features + k];
        }

        return wide;
    }

    /// <summary>The loss of a set of samples.</summary>
    /// <param name="w">The parameters.</param>
    /// <param name="rows">Which samples; at least one.</param>
    /// <param name="gradient">Takes the gradient.</param>
    public LossMoments Evaluate(ReadOnlySpan<double> w, ReadOnlySpan<int> rows, Span<double> gradient)
    {
        gradient.Clear();
        var slopes = new double[_stride];
        double loss = 0, squares = 0;
        foreach (int row in rows)
        {
            loss += Slopes(w, row, slopes);
            squares += TensorPrimitives.SumOfSquares<double>(slopes) * samples.SquaredNorm(row);
            Spread(row, slopes, gradient);
        }

        double scale = 1.0 / rows.Length;
        TensorPrimitives.Multiply(gradient, scale, gradient);
        double variance = squares * scale - TensorPrimitives.SumOfSquares<double>(gradient);
        TensorPrimitives.MultiplyAdd(w, l2, gradient, gradient);
        return new LossMoments(
            loss * scale + l2 / 2 * TensorPrimitives.SumOfSquares(w), variance, TensorPrimitives.SumOfSquares<double>(gradient));
    }

    /// <summary>One sample's loss; its derivatives by the logits, softmax minus one-hot, and 0 for the padding.</summary>
    private double Slopes(ReadOnlySpan<double> w, int row, Span<double> slopes)
    {
        Logits(w, row, slopes);
        byte label = samples.Labels[row];
        var logits = slopes[..classes];
        double max = TensorPrimitives.Max<double>(logits);
        double margin = logits[label] - max;
        TensorPrimitives.Subtract(logits, max, logits);
        TensorPrimitives.Exp<double>(logits, logits);
        double sum = TensorPrimitives.Sum<double>(logits);
        TensorPrimitives.Divide(logits, sum, logits);
        logits[label] -= 1;
        return Math.Log(sum) - margin;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Logits(ReadOnlySpan<double> w, int row, Span<double> logits)
    {
        var columns = samples.Columns(row);
        var values = samples.Values(row);
        ref double w0 = ref MemoryMarshal.GetReference(w);
        for (int block = 0; block < _stride; block += Lanes)
        {
            // Two sums, because a fused multiply-add takes longer than the next one can wait.
            Vector512<double> even = default, odd = default;
            int j = 0;
            for (; j + 2 <= columns.Length; j += 2)
            {
                even = MultiplyAdd(values[j], ref w0, columns[j] * _stride + block, even);
                odd = MultiplyAdd(values[j + 1], ref w0, columns[j + 1] * _stride + block, odd);
            }

            if (j < columns.Length)
            {
                even = MultiplyAdd(values[j], ref w0, columns[j] * _stride + block, even);
            }

            (even + odd).CopyTo(logits[block..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(int row, ReadOnlySpan<double> slopes, Span<double> gradient)
    {
        var columns = samples.Columns(row);
        var values = samples.Values(row);
        ref double g0 = ref MemoryMarshal.GetReference(gradient);
        for (int block = 0; block < _stride; block += Lanes)
        {
            var slope = Vector512.Create(slopes[block..]);
            for (int j = 0; j < columns.Length; j++)
            {
                ref double g = ref Unsafe.Add(ref g0, columns[j] * _stride + block);
                Vector512.FusedMultiplyAdd(Vector512.Create((double)values[j]), slope, Vector512.LoadUnsafe(ref g)).StoreUnsafe(ref g);
            }
        }
    }

    private static Vector512<double> MultiplyAdd(float value, ref double w0, int at, Vector512<double> sum) =>
        Vector512.FusedMultiplyAdd(Vector512.Create((double)value), Vector512.LoadUnsafe(ref w0, (nuint)at), sum);
}

/// <summary>A loss F_i at some w.</summary>
/// <param name="Loss">F_i(w), with regularisation.</param>
/// <param name="GradientVariance">E |grad f(w, xi) - grad F_i(w)|^2 over the samples xi.</param>
/// <param name="SquaredGradient">|grad F_i(w)|^2.</param>
internal readonly record struct LossMoments(double Loss, double GradientVariance, double SquaredGradient);
