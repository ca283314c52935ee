using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace FLCrowd.Model.Estimation;

/// <summary>The greatest eigenvalue of X'X / n by power iteration, without X'X.</summary>
internal static class Spectrum
{
    // For an eigenvector v up to a residual r, |X'X v / n - lambda v| = r, an eigenvalue lies within r of lambda; once the other
    // eigenvectors have died out, within r^2 / gap.
    private const double RelativeResidual = 1e-4;
    private const int MostSteps = 2000;

    /// <summary>
    /// lambda_max(X'X / n) of some rows, from above: the Rayleigh quotient plus the residual's bound on its error.
    /// </summary>
    /// <param name="samples">The samples.</param>
    /// <param name="rows">Which of them are the rows of X, n of them; at least one.</param>
    /// <param name="seed">Draws of the first vector.</param>
    public static double Greatest(SparseSamples samples, ReadOnlySpan<int> rows, Seed seed)
    {
        var vector = new double[samples.FeatureCount];
        for (int k = 0; k < vector.Length; k++)
        {
            vector[k] = seed.Normal(k);
        }

        var image = new double[vector.Length];
        for (int step = 1; ; step++)
        {
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<double>(vector), vector);
            Apply(samples, rows, vector, image);
            double quotient = TensorPrimitives.Dot<double>(vector, image);
            double squaredResidual = TensorPrimitives.SumOfSquares<double>(image) - quotient * quotient;
            double residual = Math.Sqrt(Math.Max(0, squaredResidual));
            if (residual <= RelativeResidual * quotient || step == MostSteps)
            {
                return quotient + residual;
            }

            (vector, image) = (image, vector);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply(SparseSamples samples, ReadOnlySpan<int> rows, double[] vector, double[] image)
    {
        Array.Clear(image);
        foreach (int row in rows)
        {
            var columns = samples.Columns(row);
            var values = samples.Values(row);
            double dot = 0;
            for (int j = 0; j < columns.Length; j++)
            {
                dot += values[j] * vector[columns[j]];
            }

            dot /= rows.Length;
            for (int j = 0; j < columns.Length; j++)
            {
                image[columns[j]] += values[j] * dot;
            }
        }
    }
}
