namespace FLCrowd.Analysis.Statistics;

/// <summary>A confidence interval, in the unit of what it is for.</summary>
/// <param name="Low">Its lower end; minus infinity where nothing is known.</param>
/// <param name="High">Its upper end; infinity where nothing is known.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The confidence of <see cref="Of"/>.</summary>
    public const double Confidence = 0.95;

    /// <summary>
    /// The interval of a mean by Student's distribution; infinite where there are fewer than two draws. For a number of means at once
    /// each is
    /// wider, so that all hold together (Bonferroni).
    /// </summary>
    /// <param name="moments">The mean.</param>
    /// <param name="means">How many intervals are to hold together with <see cref="Confidence"/>, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="means"/> is below 1.</exception>
    public static Interval Of(Moments moments, int means = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(means, 1);
        double half = moments.Count < 2
            ? double.PositiveInfinity
            : moments.StandardError * StudentQuantile.Above(moments.Count - 1, (1 - Confidence) / means / 2);
        return new Interval(moments.Mean - half, moments.Mean + half);
    }

    /// <summary>Half the width of <see cref="Of"/> for one mean, for a band in a plot or a table; 0 where there is no interval.</summary>
    /// <param name="moments">The mean.</param>
    public static double HalfWidth(Moments moments) => moments.Count < 2 ? 0 : Of(moments).High - moments.Mean;

    /// <summary>Whether a value is in it; its ends are.</summary>
    /// <param name="value">In the same unit.</param>
    public bool Contains(double value) => Low <= value && value <= High;
}
