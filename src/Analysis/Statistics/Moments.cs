namespace FLCrowd.Analysis.Statistics;

/// <summary>A mean over independent draws, such as games, and how sure it is.</summary>
/// <param name="Count">How many draws; 0 where nothing was measured.</param>
/// <param name="Mean">Their mean, in the unit of the draws; NaN where nothing was measured.</param>
/// <param name="StandardError">Its standard error, in the same unit: the sample standard deviation over the square root of the count; NaN
/// for
/// fewer than two draws.</param>
public readonly record struct Moments(int Count, double Mean, double StandardError)
{
    /// <summary>Half the height of a band of one standard error around the mean; 0 where there is none.</summary>
    public double Band => double.IsNaN(StandardError) ? 0 : StandardError;

    /// <summary>Of no draws: what <c>+</c> leaves everything as it is with.</summary>
    public static Moments None { get; } = new(0, double.NaN, double.NaN);

    /// <summary>Of draws.</summary>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Moments Of(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("A mean needs at least one value.", nameof(values));
        }

        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new Moments(
            values.Count, mean, values.Count > 1 ? Math.Sqrt(squares / (values.Count - 1) / values.Count) : double.NaN);
    }

    /// <summary>Of the draws of both, as if they had been taken together (T. Chan, G. Golub, R. LeVeque, 1983); up to rounding.</summary>
    /// <param name="one">Some draws.</param>
    /// <param name="other">Others, independent of them.</param>
    public static Moments operator +(Moments one, Moments other)
    {
        if (one.Count == 0 || other.Count == 0)
        {
            return one.Count == 0 ? other : one;
        }

        int count = one.Count + other.Count;
        double apart = other.Mean - one.Mean;
        double squares = Squares(one) + Squares(other) + apart * apart * ((double)one.Count * other.Count / count);
        return new Moments(count, one.Mean + apart * ((double)other.Count / count), Math.Sqrt(squares / (count - 1) / count));
    }

    /// <summary>The same as <c>+</c>.</summary>
    /// <param name="one">Some draws.</param>
    /// <param name="other">Others, independent of them.</param>
    public static Moments Add(Moments one, Moments other) => one + other;

    /// <summary>The sum of squared distances from the mean.</summary>
    private static double Squares(Moments moments) => moments.Count < 2
        ? 0
        : moments.StandardError * moments.StandardError * moments.Count * (moments.Count - 1.0);
}
