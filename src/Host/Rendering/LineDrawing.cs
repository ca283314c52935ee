using FLCrowd.Experiments.Results;
using ScottPlot;

namespace FLCrowd.Host.Rendering;

/// <summary>Lines with their bands or whiskers.</summary>
internal static class LineDrawing
{
    /// <summary>Half the width of a whisker's ends, as a share of the axis.</summary>
    private const double Cap = 0.006;

    public static Plot Draw(PlotPanel panel, ReportColours colours)
    {
        var lines = panel.Series.OfType<LineSeries>().ToList();
        var points = lines.SelectMany(line => line.Points).ToList();
        var x = new PlacedAxis(panel.X, points.Select(point => point.X));
        var y = new PlacedAxis(panel.Y, points.Select(point => point.Y));
        var plot = PlotStyle.Create(panel.Title, x.Title, y.Title);
        plot.Axes.Bottom.TickGenerator = x.Ticks ?? plot.Axes.Bottom.TickGenerator;
        plot.Axes.Left.TickGenerator = y.Ticks ?? plot.Axes.Left.TickGenerator;
        double[] xs = [.. points.Select(point => x.At(point.X))];
        double cap = xs.Length == 0 ? 0 : Cap * Math.Max(xs.Max() - xs.Min(), 1e-9);
        foreach (var line in lines.Where(line => line.Points.Count > 0))
        {
            Draw(plot, line, x, y, colours[line.Hue], cap);
        }

        // The label of the last of an axis's own ticks needs room.
        plot.Axes.Margins(panel.X.Ticks is null ? 0.01 : 0.06, panel.X.Ticks is null ? 0.06 : 0.08);
        if (panel.Y is { From: { } from, To: { } to })
        {
            plot.Axes.SetLimitsY(y.At(from), y.At(to));
        }

        if (panel.Y.MarksZero)
        {
            plot.Add.HorizontalLine(0, 1, ReportColours.Ink);
        }

        PlotStyle.PlaceLegend(plot, panel.Legend);
        return plot;
    }

    private static void Draw(Plot plot, LineSeries line, PlacedAxis x, PlacedAxis y, Color colour, double cap)
    {
        double[] xs = [.. line.Points.Select(point => x.At(point.X))];
        bool hasIntervals = line.Points.Any(point => point.Low < point.High);
        if (hasIntervals && !line.HasWhiskers)
        {
            var band = plot.Add.FillY(
                xs, [.. line.Points.Select(point => y.At(point.Low))], [.. line.Points.Select(point => y.At(point.High))]);
            band.FillColor = colour.WithAlpha(.2);
            band.LineWidth = 0;
            band.MarkerSize = 0;
        }

        foreach (var point in line.Points.Where(point => hasIntervals && line.HasWhiskers && point.Low < point.High))
        {
            double at = x.At(point.X), low = y.At(point.Low), high = y.At(point.High);
            Stroke(plot, at, low, at, high, colour);
            if (!y.IsBeyond(point.Low))
            {
                Stroke(plot, at - cap, low, at + cap, low, colour);
            }

            Stroke(plot, at - cap, high, at + cap, high, colour);
        }

        var drawn = plot.Add.Scatter(xs, [.. line.Points.Select(point => y.At(point.Y))], line.IsFaint ? colour.WithAlpha(.25) : colour);
        drawn.LineWidth = line.IsFaint ? 1 : 2 * (float)line.Weight;
        drawn.MarkerShape = line.IsFaint ? MarkerShape.None
            : line.Marker == 0 && line.Points.Count == 1 ? MarkerShape.FilledCircle
            : PlotStyle.Marker(line.Marker);
        drawn.MarkerSize = 8;
        drawn.LegendText = line.Name;
    }

    private static void Stroke(Plot plot, double fromX, double fromY, double toX, double toY, Color colour)
    {
        var stroke = plot.Add.Line(fromX, fromY, toX, toY);
        stroke.Color = colour;
        stroke.LineWidth = 1.5f;
    }
}
