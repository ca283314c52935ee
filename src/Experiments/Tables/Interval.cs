using MathNet.Numerics.Distributions;

namespace FLCrowd.Experiments.Tables;

/// <summary>A confidence interval.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>The confidence of all bands and claims.</summary>
    public const double Confidence = 0.95;

    /// <summary>
    /// The interval of a mean over seeds, by Student's distribution; infinite where fewer than two seeds were measured. For a number of
    /// means at once each is wider, so that all hold together (Bonferroni).
    /// </summary>
    public static Interval Of(Moments moments, int means = 1)
    {
        double half = moments.Count < 2
            ? double.PositiveInfinity
            : moments.StandardError * StudentT.InvCDF(0, 1, moments.Count - 1, 1 - (1 - Confidence) / means / 2);
        return new Interval(moments.Mean - half, moments.Mean + half);
    }

    /// <summary>Half the width of a band in a plot or a table; 0 where there is no interval.</summary>
    public static double HalfWidth(Moments moments) => moments.Count < 2 ? 0 : Of(moments).High - moments.Mean;
}
