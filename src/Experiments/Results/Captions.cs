namespace FLCrowd.Experiments.Results;

/// <summary>What captions say of intervals: only what is drawn.</summary>
internal static class Captions
{
    /// <summary>Begins with a space; empty where a single game is shown.</summary>
    /// <param name="panel">What is drawn.</param>
    /// <param name="mean">What its values are, such as <c>Mean over seeds</c>.</param>
    /// <param name="interval">What its bands or whiskers are, as a sentence's end.</param>
    /// <param name="isMean">Whether any value is a mean of several.</param>
    public static string Of(PlotPanel panel, string mean, string interval, bool isMean) =>
        panel.Series.Any(HasIntervals) ? $" {mean}; {interval}."
        : isMean ? $" {mean}."
        : "";

    /// <summary>Whether anything around its values is drawn.</summary>
    private static bool HasIntervals(PlotSeries series) => series switch
    {
        LineSeries line => (line.HasWhiskers || line.Points.Count > 1) && line.Points.Any(point => point.Low < point.High),
        BarSeries bars => bars.Groups.Any(group => group.Bars.Any(bar => bar.Low < bar.High)),
        _ => false,
    };
}
