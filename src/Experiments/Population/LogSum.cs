namespace FLCrowd.Experiments.Population;

/// <summary>Logarithms of sums of exponentials.</summary>
internal static class LogSum
{
    /// <summary>ln(sum of exp(term)), without overflow.</summary>
    public static double Of(IReadOnlyCollection<double> terms)
    {
        double largest = terms.DefaultIfEmpty(double.NegativeInfinity).Max();
        return double.IsInfinity(largest) ? largest : largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)));
    }
}
