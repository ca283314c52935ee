using FLCrowd.Experiments.Tables;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Experiments.Regret;

/// <summary>
/// Limits for the mean of independent draws of an unknown distribution: Student's, and where the draws are skewed, on the side where
/// Student's is too close, those of Hall's transformation (P. Hall, On the Removal of Skewness by Transformation, JRSS B 54, 1992), which
/// removes the skewness of the studentised mean. Never closer than Student's. They say nothing of events so rare that no draw shows them.
/// </summary>
internal static class MeanLimits
{
    /// <summary>What draws that are all the same may differ by, relatively.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Two one-sided limits, each of which misses the mean with the probability given.</summary>
    /// <param name="values">At least two draws.</param>
    /// <param name="tail">In (0, 1/2).</param>
    public static Interval Of(IReadOnlyCollection<double> values, double tail)
    {
        double mean = values.Mean(), error = StandardError(values);
        if (values.Max() - values.Min() <= Rounding * values.Max(Math.Abs))
        {
            return new Interval(mean, mean);
        }

        double student = StudentT.InvCDF(0, 1, values.Count - 1, 1 - tail);
        double skewness = values.Count > 2 && values.Skewness() is var measured && double.IsFinite(measured) ? measured : 0; // not where cubes underflow
        return new Interval(
            mean - error * Math.Max(student, Untransformed(student, skewness, values.Count)),
            mean + error * Math.Max(student, -Untransformed(-student, skewness, values.Count)));
    }

    public static double StandardError(IReadOnlyCollection<double> values) => values.StandardDeviation() / Math.Sqrt(values.Count);

    /// <summary>The share of successes: Clopper and Pearson's interval, whose ends miss the true one with at most the probability given.</summary>
    public static Interval OfShare(int successes, int draws, double tail) => new(
        successes == 0 ? 0 : Beta.InvCDF(successes, draws - successes + 1, tail),
        successes == draws ? 1 : Beta.InvCDF(successes + 1, draws - successes, 1 - tail));

    /// <summary>The studentised mean that Hall's transformation maps to x: the inverse of g(t) = t + s (t^2 / 3 + 1/6) + s^2 t^3 / 27, s = skewness / sqrt(n).</summary>
    private static double Untransformed(double x, double skewness, int count)
    {
        double s = skewness / Math.Sqrt(count);
        return Math.Abs(s) < 1e-9 ? x : 3 / s * (Math.Cbrt(1 + s * (x - s / 6)) - 1);
    }
}
