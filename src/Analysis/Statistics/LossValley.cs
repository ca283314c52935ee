using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Analysis.Statistics;

/// <summary>A minimum of the mean loss over x, and how sure it is.</summary>
/// <param name="At">The x of the least loss.</param>
/// <param name="Error">Its standard error, in the unit of x: a jackknife over seeds, which share their draws over all x.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="Curvature">The second derivative of the loss there, above 0.</param>
public readonly record struct LossValley(double At, double Error, double Loss, double Curvature)
{
    /// <summary>Fits a cubic, which unlike a parabola need not be equally steep on both sides, to paired losses.</summary>
    /// <param name="x">At least four points in ascending order.</param>
    /// <param name="losses">One row per point, with one loss per seed; at least two seeds. May be infinite.</param>
    /// <returns>The minimum; null where there is none between the first and the last point, for all seeds or without one of them, or
    /// where a
    /// loss is not finite.</returns>
    /// <exception cref="ArgumentException">There are too few points or seeds, or the shapes do not fit.</exception>
    public static LossValley? Of(IReadOnlyList<double> x, IReadOnlyList<IReadOnlyList<double>> losses)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(losses);
        if (x.Count < 4 || x.Zip(x.Skip(1)).Any(pair => !(pair.First < pair.Second)))
        {
            throw new ArgumentException("A cubic needs at least four points in ascending order.", nameof(x));
        }

        if (losses.Count != x.Count || losses[0].Count < 2 || losses.Any(row => row.Count != losses[0].Count))
        {
            throw new ArgumentException("Losses are one row per point, of at least two seeds, the same in every row.", nameof(losses));
        }

        return Of([.. x], Matrix<double>.Build.Dense(x.Count, losses[0].Count, (point, seed) => losses[point][seed]));
    }

    private static LossValley? Of(double[] x, Matrix<double> losses)
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
