using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Figures;
using ScottPlot;
using ScottPlot.TickGenerators;
using PlotStyle = FLCrowd.Experiments.Rendering.PlotStyle;

namespace FLCrowd.Experiments.Rendering;

/// <summary>The horizontal axis of a chart: the values that were swept, with a tick at each.</summary>
/// <param name="Title">The axis's title.</param>
/// <param name="Values">The values.</param>
/// <param name="IsLogarithmic">Whether equal factors are equally far apart.</param>
internal sealed record SweptAxis(string Title, IReadOnlyList<double> Values, bool IsLogarithmic)
{
    public double At(double value) => IsLogarithmic ? Math.Log10(value) : value;

    public void Label(Plot plot)
    {
        plot.XLabel(Title);
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. Values.Select(value => new Tick(At(value), value.ToString(System.Globalization.CultureInfo.InvariantCulture)))]);
    }
}

/// <summary>One line of a chart: a mean with its band per value of the axis.</summary>
/// <param name="Legend">What it is.</param>
/// <param name="Points">One per value; a mean of NaN is left out.</param>
internal sealed record ChartLine(string Legend, IReadOnlyList<Moments> Points);

/// <summary>Lines with confidence bands over a swept axis.</summary>
internal static class LineChart
{
    private static readonly MarkerShape[] Markers = [MarkerShape.FilledCircle, MarkerShape.OpenSquare, MarkerShape.FilledTriangleUp, MarkerShape.OpenCircle];

    /// <param name="title">The plot's title.</param>
    /// <param name="x">The axis.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="height">Where a value is drawn.</param>
    public static Plot Create(string title, SweptAxis x, IReadOnlyList<ChartLine> lines, Func<double, double> height)
    {
        var plot = PlotStyle.Create(title, "", "");
        x.Label(plot);
        for (int index = 0; index < lines.Count; index++)
        {
            var points = lines[index].Points.Zip(x.Values, (moments, value) => (X: x.At(value), Y: moments)).Where(point => double.IsFinite(point.Y.Mean)).ToArray();
            if (points.Length == 0)
            {
                continue;
            }

            double[] xs = [.. points.Select(point => point.X)];
            var band = plot.Add.FillY(
                xs,
                [.. points.Select(point => height(point.Y.Mean - Interval.HalfWidth(point.Y)))],
                [.. points.Select(point => height(point.Y.Mean + Interval.HalfWidth(point.Y)))]);
            band.FillColor = PlotStyle.Colour(index).WithAlpha(.2);
            band.LineWidth = 0;
            band.MarkerSize = 0;
            var line = plot.Add.Scatter(xs, points.Select(point => height(point.Y.Mean)).ToArray(), PlotStyle.Colour(index));
            line.LineWidth = 2;
            line.MarkerShape = Markers[index % Markers.Length];
            line.MarkerSize = 8;
            line.LegendText = lines[index].Legend;
        }

        plot.Axes.Margins(0.06, 0.08); // the last tick's label needs room
        plot.ShowLegend(Edge.Bottom);
        plot.Legend.Orientation = Orientation.Horizontal;
        return plot;
    }

    /// <summary>A chart of a model's property, whose vertical axis turns logarithmic where losses differ by factors.</summary>
    public static Plot Create(string title, SweptAxis x, Outcome outcome, IReadOnlyList<ChartLine> lines, string? yTitle = null)
    {
        var scale = new ValueScale([.. lines.SelectMany(line => line.Points).Select(point => point.Mean).Where(double.IsFinite)], outcome.IsLoss);
        var plot = Create(title, x, lines, scale.At);
        scale.Label(plot, yTitle ?? outcome.Title);
        return plot;
    }
}
