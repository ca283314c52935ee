namespace FLCrowd.Experiments.Tables;

/// <summary>A mean over games, and how sure it is.</summary>
/// <param name="Count">How many games.</param>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">Its standard error: the sample standard deviation over the square root of the count; NaN for one game.</param>
internal readonly record struct Moments(int Count, double Mean, double StandardError)
{
    public static Moments Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new Moments(
            values.Count, mean, values.Count > 1 ? Math.Sqrt(squares / (values.Count - 1) / values.Count) : double.NaN);
    }

    /// <summary>Half the height of a band around the mean; 0 where there is one game.</summary>
    public double Band => double.IsNaN(StandardError) ? 0 : StandardError;
}
