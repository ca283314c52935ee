using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Figures;

/// <summary>One line of a chart: a mean with its interval per value of the axis.</summary>
/// <param name="Legend">What it is.</param>
/// <param name="Points">One per value; a mean of NaN is left out.</param>
internal sealed record ChartLine(string Legend, IReadOnlyList<Moments> Points);

/// <summary>Lines with confidence bands over a swept axis, as the paper's figures have them.</summary>
internal static class FigureCharts
{
    /// <summary>The axis of swept values, with a tick at each.</summary>
    public static PlotAxis Axis(string title, IReadOnlyList<double> values, bool isLogarithmic) =>
        new(title) { Ticks = values, Scale = isLogarithmic ? AxisScale.Log : AxisScale.Linear };

    /// <summary>A chart of a model's property, whose vertical axis turns logarithmic where losses differ by factors.</summary>
    public static PlotPanel Lines(string title, PlotAxis x, Outcome outcome, IReadOnlyList<ChartLine> lines, string? yTitle = null) =>
        Lines(
        title,
        x,
        new PlotAxis(yTitle ?? outcome.Title)
        {
            Scale = outcome.IsLoss ? PlotAxis.ScaleOf(lines.SelectMany(line => line.Points).Select(point => point.Mean)) : AxisScale.Linear,
        },
        lines);

    /// <summary>A chart of lines that are named by their legends.</summary>
    public static PlotPanel Lines(string title, PlotAxis x, PlotAxis y, IReadOnlyList<ChartLine> lines) => new(
        title,
        x,
        y,
        [.. lines.Select((line, index) => new LineSeries(
            line.Legend,
            Hue.Of("line", line.Legend),
            [.. line.Points.Zip(x.Ticks!).Where(point => double.IsFinite(point.First.Mean))
                .Select(point => Point(point.Second, point.First))])
        {
            Marker = 1 + index,
        }).Where(line => line.Points.Count > 0)])
    {
        Legend = LegendPlace.Below,
    };

    private static PlotPoint Point(double x, Moments y) => new(x, y.Mean, y.Mean - Interval.HalfWidth(y), y.Mean + Interval.HalfWidth(y));
}
