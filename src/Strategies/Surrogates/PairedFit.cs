using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearRegression;

namespace FLCrowd.Strategies.Surrogates;

/// <summary>An estimated number and its standard error.</summary>
internal readonly record struct Estimate(double Value, double Error)
{
    /// <summary>The mean of a sample.</summary>
    public static Estimate Of(IReadOnlyList<double> sample)
    {
        double mean = sample.Average();
        double squares = sample.Sum(value => (value - mean) * (value - mean));
        return new Estimate(mean, Math.Sqrt(squares / (sample.Count - 1) / sample.Count));
    }
}

/// <summary>
/// Weighted least squares through the origin on paired differences. Differences of one seed share its draws and are correlated;
/// seeds are independent. Standard errors are therefore a jackknife over seeds, which counts the weights as estimated, too.
/// </summary>
internal static class PairedFit
{
    /// <param name="design">One row per variation, one column per coefficient.</param>
    /// <param name="differences">One row per variation, one column per seed: loss of the variation less loss of the assignment.</param>
    /// <returns>The coefficients, in column order.</returns>
    public static Estimate[] Solve(double[,] design, double[,] differences)
    {
        var x = Matrix<double>.Build.DenseOfArray(design);
        var y = Matrix<double>.Build.DenseOfArray(differences);
        int seeds = y.ColumnCount;
        var all = Fit(x, y);
        var without = Enumerable.Range(0, seeds).Select(seed => Fit(x, y.RemoveColumn(seed))).ToArray();
        return [.. all.Select((value, coefficient) =>
        {
            var spread = Estimate.Of([.. without.Select(fit => fit[coefficient])]);
            return new Estimate(value, (seeds - 1) * spread.Error);
        })];
    }

    private static Vector<double> Fit(Matrix<double> x, Matrix<double> y)
    {
        Estimate[] rows = [.. y.EnumerateRows().Select(row => Estimate.Of(row.ToArray()))];

        // One over the variance. A variation that looks free of noise must not outweigh all others; without any noise all are equal.
        double floor = 1e-4 * rows.Max(row => row.Error * row.Error);
        var weights = Vector<double>.Build.DenseOfEnumerable(
            rows.Select(row => floor > 0 ? floor / Math.Max(row.Error * row.Error, floor) : 1));
        var means = Vector<double>.Build.DenseOfEnumerable(rows.Select(row => row.Value));
        return WeightedRegression.Weighted(x, means, Matrix<double>.Build.DenseOfDiagonalVector(weights));
    }
}
