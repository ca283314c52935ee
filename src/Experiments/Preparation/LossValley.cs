using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Experiments.Preparation;

/// <summary>A minimum of the mean loss over x, and how sure it is.</summary>
/// <param name="At">The x of the least loss.</param>
/// <param name="Error">Its standard error: a jackknife over seeds, which share their draws over all x.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="Curvature">The second derivative of the loss there.</param>
internal readonly record struct LossValley(double At, double Error, double Loss, double Curvature)
{
    /// <summary>Fits a cubic, which unlike a parabola need not be equally steep on both sides, to paired losses.</summary>
    /// <param name="x">At least four points in ascending order.</param>
    /// <param name="losses">One row per point, one column per seed.</param>
    /// <returns>The minimum; null where there is none between the first and the last point, for all seeds or without one of them.</returns>
    public static LossValley? Of(double[] x, Matrix<double> losses)
    {
        if (losses.Exists(loss => !double.IsFinite(loss)) || Minimum(x, losses.RowSums() / losses.ColumnCount) is not { } all)
        {
            return null;
        }

        int seeds = losses.ColumnCount;
        var without = new double[seeds];
        for (int seed = 0; seed < seeds; seed++)
        {
            if (Minimum(x, losses.RemoveColumn(seed).RowSums() / (seeds - 1)) is not { } rest)
            {
                return null;
            }

            without[seed] = rest.At;
        }

        return all with { Error = (seeds - 1) * without.StandardDeviation() / Math.Sqrt(seeds) };
    }

    private static LossValley? Minimum(double[] x, Vector<double> means)
    {
        // In units of half the window about its middle, for the sake of the fit's condition.
        double middle = (x[0] + x[^1]) / 2, half = (x[^1] - x[0]) / 2;
        double[] units = [.. x.Select(value => (value - middle) / half)];
        double[] c = Fit.Polynomial(units, [.. means], 3);
        double discriminant = c[2] * c[2] - 3 * c[1] * c[3];
        double root = Math.Sqrt(discriminant);

        // The root of c1 + 2 c2 u + 3 c3 u^2 at which the second derivative is 2 root.
        double u = -c[1] / (c[2] + root);
        return root > 0 && Math.Abs(u) <= 1
            ? new LossValley(middle + half * u, double.NaN, Polynomial.Evaluate(u, c), 2 * root / (half * half))
            : null;
    }
}
