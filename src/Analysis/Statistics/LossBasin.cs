using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Analysis.Statistics;

/// <summary>A minimum of the mean loss over several parameters, and how sure it is: what <see cref="LossValley"/> is for one.</summary>
/// <param name="At">Where the loss is least, one number per parameter.</param>
/// <param name="Errors">Their standard errors: a jackknife over seeds, which share their draws over all points.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="Curvatures">The second derivative by each parameter alone.</param>
/// <param name="IsInside">Whether the surface has its minimum within the design's radius; otherwise it is the least loss on the ball of
/// that radius, towards which one goes on.</param>
public sealed record LossBasin(
    IReadOnlyList<double> At, IReadOnlyList<double> Errors, double Loss, IReadOnlyList<double> Curvatures, bool IsInside)
{
    private const int Halvings = 100;

    /// <summary>The points of a central composite design (G. Box and K. Wilson, JRSS B 13, 1951), which determine a quadratic surface: the
    /// centre, two on each axis, and the corners of a cube.</summary>
    /// <param name="centre">d numbers, d in 1 .. 6.</param>
    /// <param name="radius">Half the width of the design along each axis, above 0.</param>
    /// <returns>1 + 2 d + 2^d points; those on the axes at the radius, the corners at .7 of it.</returns>
    public static IReadOnlyList<double[]> Design(IReadOnlyList<double> centre, double radius)
    {
        ArgumentNullException.ThrowIfNull(centre);
        int d = centre.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(d, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(d, 6);
        const double Corner = 0.7;
        return
        [
            [.. centre],
            .. Enumerable.Range(0, 2 * d).Select(k => (double[])
                [.. centre.Select((value, axis) => axis == k / 2 ? value + (k % 2 == 0 ? -radius : radius) : value)]),
            .. Enumerable.Range(0, 1 << d).Select(corner => (double[])
                [.. centre.Select((value, axis) => value + ((corner >> axis & 1) == 0 ? -Corner : Corner) * radius)]),
        ];
    }

    /// <summary>Fits a quadratic surface to paired losses by least squares.</summary>
    /// <param name="points">A <see cref="Design"/>.</param>
    /// <param name="radius">Its radius.</param>
    /// <param name="losses">One row per point, with one loss per seed; at least two seeds.</param>
    /// <returns>The least loss of the surface within the radius of the design's centre; null where a loss is not finite.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static LossBasin? Of(IReadOnlyList<double[]> points, double radius, IReadOnlyList<IReadOnlyList<double>> losses)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.Count != points.Count || losses[0].Count < 2 || losses.Any(row => row.Count != losses[0].Count))
        {
            throw new ArgumentException("Losses are one row per point, of at least two seeds, the same in every row.", nameof(losses));
        }

        int seeds = losses[0].Count, d = points[0].Length;
        if (losses.Any(row => row.Any(loss => !double.IsFinite(loss))))
        {
            return null;
        }

        // In units of the radius about the centre, for the sake of the fit's condition. It is linear in the losses.
        var terms = DenseMatrix.OfRows(points.Select(point => Terms([.. point.Zip(points[0], (x, centre) => (x - centre) / radius)])));
        var means = DenseVector.OfEnumerable(losses.Select(row => row.Mean()));
        var solver = terms.QR();
        var all = Minimum(solver.Solve(means), d);
        var without = Enumerable.Range(0, seeds)
            .Select(seed => Minimum(solver.Solve(means * ((double)seeds / (seeds - 1)) - Loss(seed) / (seeds - 1)), d).At)
            .ToList();
        return new LossBasin(
            [.. all.At.Select((x, axis) => points[0][axis] + radius * x)],
            [.. Enumerable.Range(0, d).Select(axis =>
                radius * (seeds - 1) * without.Select(rest => rest[axis]).StandardDeviation() / Math.Sqrt(seeds))],
            all.Loss,
            [.. all.Hessian.Diagonal().Select(second => second / (radius * radius))],
            all.IsInside);

        Vector<double> Loss(int seed) => DenseVector.OfEnumerable(losses.Select(row => row[seed]));
    }

    /// <summary>1, x_k, and x_k x_m for k up to m.</summary>
    private static double[] Terms(double[] x) =>
        [1, .. x, .. Enumerable.Range(0, x.Length).SelectMany(k => Enumerable.Range(k, x.Length - k).Select(m => x[k] * x[m]))];

    /// <summary>The least value within the unit ball: -(H + m)^-1 g for the least m of at least 0 with which that is in it (J. Moré and
    /// D. Sorensen, SIAM J. Sci. Stat. Comput. 4, 1983).</summary>
    private static (Vector<double> At, double Loss, Matrix<double> Hessian, bool IsInside) Minimum(Vector<double> c, int d)
    {
        var slope = c.SubVector(1, d);
        var hessian = DenseMatrix.Create(d, d, 0);
        int next = 1 + d;
        for (int k = 0; k < d; k++)
        {
            for (int m = k; m < d; m++, next++)
            {
                hessian[k, m] = hessian[m, k] = k == m ? 2 * c[next] : c[next];
            }
        }

        var axes = hessian.Evd(Symmetricity.Symmetric);
        double[] curvatures = [.. axes.EigenValues.Select(value => value.Real)];
        var along = axes.EigenVectors.TransposeThisAndMultiply(slope);
        bool isInside = curvatures.Min() > 0 && At(0).L2Norm() <= 1;
        double least = Math.Max(0, -curvatures.Min()), most = least + along.L2Norm() + double.Epsilon;
        for (int halving = 0; halving < Halvings && !isInside; halving++)
        {
            double middle = (least + most) / 2;
            (least, most) = At(middle).L2Norm() > 1 ? (middle, most) : (least, middle);
        }

        var at = At(isInside ? 0 : most);
        return (at, c[0] + slope * at + at * hessian * at / 2, hessian, isInside);

        Vector<double> At(double shift) =>
            axes.EigenVectors * DenseVector.OfEnumerable(along.Select((value, k) => -value / (curvatures[k] + shift)));
    }
}
