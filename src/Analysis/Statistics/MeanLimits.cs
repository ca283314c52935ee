using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Analysis.Statistics;

/// <summary>
/// Limits for the mean of independent draws of an unknown distribution: Student's, and where the draws are skewed, on the side where
/// Student's is too close, those of Hall's transformation (P. Hall, On the Removal of Skewness by Transformation, JRSS B 54, 1992), which
/// removes the skewness of the studentised mean. Never closer than Student's. They say nothing of events so rare that no draw shows them.
/// </summary>
public static class MeanLimits
{
    /// <summary>What draws that are all the same may differ by, relatively.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Two one-sided limits, each of which misses the mean with the probability given.</summary>
    /// <param name="values">At least two draws.</param>
    /// <param name="tail">In (0, 1/2).</param>
    /// <returns>The limits, in the unit of the draws; the mean itself, twice, where all draws are the same.</returns>
    /// <exception cref="ArgumentException">There are fewer than two draws.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tail"/> is out of its range.</exception>
    public static Interval Of(IReadOnlyCollection<double> values, double tail)
    {
        CheckTail(tail);
        double mean = values.Mean(), error = StandardError(values);
        if (values.Max() - values.Min() <= Rounding * values.Max(Math.Abs))
        {
            return new Interval(mean, mean);
        }

        double student = StudentQuantile.Above(values.Count - 1, tail);

        // Not where cubes underflow.
        double skewness = values.Count > 2 && values.Skewness() is var measured && double.IsFinite(measured) ? measured : 0;
        return new Interval(
            mean - error * Math.Max(student, Untransformed(student, skewness, values.Count)),
            mean + error * Math.Max(student, -Untransformed(-student, skewness, values.Count)));
    }

    /// <summary>The standard error of the mean: the sample standard deviation over the square root of the count.</summary>
    /// <param name="values">At least two draws.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public static double StandardError(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count > 1
            ? values.StandardDeviation() / Math.Sqrt(values.Count)
            : throw new ArgumentException($"A standard error needs at least two draws; there are {values.Count}.", nameof(values));
    }

    /// <summary>The share of successes: C. Clopper and E. Pearson's interval (1934), whose ends miss the true one with at most the
    /// probability
    /// given.</summary>
    /// <param name="successes">At least 0, and at most <paramref name="draws"/>.</param>
    /// <param name="draws">At least 1.</param>
    /// <param name="tail">In (0, 1/2).</param>
    /// <returns>Limits in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Interval OfShare(int successes, int draws, double tail)
    {
        CheckTail(tail);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, draws);
        return new(
            successes == 0 ? 0 : Beta.InvCDF(successes, draws - successes + 1, tail),
            successes == draws ? 1 : Beta.InvCDF(successes + 1, draws - successes, 1 - tail));
    }

    private static void CheckTail(double tail)
    {
        if (!(tail is > 0 and < 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(tail), tail, "must be above 0 and below 1/2");
        }
    }

    /// <summary>The studentised mean that Hall's transformation maps to x: the inverse of g(t) = t + s (t^2 / 3 + 1/6) + s^2 t^3 / 27,
    /// where
    /// s = skewness / sqrt(n).</summary>
    private static double Untransformed(double x, double skewness, int count)
    {
        double s = skewness / Math.Sqrt(count);
        return Math.Abs(s) < 1e-9 ? x : 3 / s * (Math.Cbrt(1 + s * (x - s / 6)) - 1);
    }
}
