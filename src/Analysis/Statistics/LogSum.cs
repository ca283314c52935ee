namespace FLCrowd.Analysis.Statistics;

/// <summary>Logarithms of sums of exponentials.</summary>
public static class LogSum
{
    /// <summary>ln(sum of exp(term)), without overflow.</summary>
    /// <param name="terms">Logarithms; minus infinity is that of 0, and the sum of none.</param>
    public static double Of(IReadOnlyCollection<double> terms)
    {
        double largest = terms.DefaultIfEmpty(double.NegativeInfinity).Max();
        return double.IsInfinity(largest) ? largest : largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)));
    }
}
