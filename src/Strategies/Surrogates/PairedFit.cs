using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearRegression;

namespace FLCrowd.Strategies.Surrogates;

/// <summary>An estimated coefficient.</summary>
internal readonly record struct Estimate(double Value, double Error)
{
    public static Estimate Of(IReadOnlyList<double> sample)
    {
        double mean = sample.Average();
        double squares = sample.Sum(value => (value - mean) * (value - mean));
        return new Estimate(mean, Math.Sqrt(squares / (sample.Count - 1) / sample.Count));
    }

    public override string ToString() => $"{Value:G3} +- {Error:G2}";
}

/// <summary>
/// Weighted least squares through the origin on paired differences. Differences of one seed share its draws and are correlated;
/// seeds are independent. So every seed gets its own fit, all with the same weights, and their spread is the standard error.
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
        var fits = WeightedRegression.Weighted(x, y, Matrix<double>.Build.DenseOfDiagonalVector(Weights(y)));
        return [.. fits.EnumerateRows().Select(row => Estimate.Of(row.ToArray()))];
    }

    /// <summary>One over the variance of each variation's differences; equal where there is none to tell.</summary>
    private static Vector<double> Weights(Matrix<double> differences)
    {
        double[] variances = [.. differences.EnumerateRows().Select(row => Math.Pow(Estimate.Of(row.ToArray()).Error, 2))];

        // A variation that looks free of noise must not outweigh all others.
        double floor = 1e-4 * variances.Max();
        return Vector<double>.Build.DenseOfEnumerable(variances.Select(variance => floor > 0 ? floor / Math.Max(variance, floor) : 1));
    }
}
