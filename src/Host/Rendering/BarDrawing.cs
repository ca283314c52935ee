using FLCrowd.Experiments.Results;
using ScottPlot;
using BarSeries = FLCrowd.Experiments.Results.BarSeries;

namespace FLCrowd.Host.Rendering;

/// <summary>Groups of horizontal bars, with their whiskers, and their numbers beyond these.</summary>
internal static class BarDrawing
{
    private const double Row = 0.8;
    private const double Gap = 0.5;
    private const int RowPixels = 26;

    /// <summary>Pixels that bars with names need, so that they are equally thick in all plots; null: they have none.</summary>
    public static int? Height(BarSeries bars) => !bars.Groups.Any(HasNames) ? null
        : 130 + bars.Groups.Sum(group => 12 + RowPixels * (Math.Max(1, group.Bars.Count) + (group.Name.Length > 0 ? 1 : 0)));

    public static Plot Draw(PlotPanel panel, BarSeries bars, ReportColours colours)
    {
        var plot = PlotStyle.Create(panel.Title, panel.X.Title, "");
        var ticks = new List<Tick>();
        double at = 0;
        foreach (var group in bars.Groups)
        {
            if (!HasNames(group))
            {
                ticks.Add(new Tick(at - (group.Bars.Count - 1) / 2.0 * Row, group.Name));
            }
            else if (group.Name.Length > 0)
            {
                ticks.Add(new Tick(at, group.Name));
                at -= Row;
            }

            foreach (var bar in group.Bars)
            {
                Draw(plot, bar, at, colours[bar.Hue].WithAlpha(bar.Strength));
                if (bar.Name.Length > 0)
                {
                    ticks.Add(new Tick(at, bar.Name));
                }

                at -= Row;
            }

            at -= Gap;
        }

        PlotStyle.NameRows(plot, ticks);
        SetLimits(plot, panel.X, bars, at);
        if (panel.X.MarksZero)
        {
            plot.Add.VerticalLine(0, 1, ReportColours.Ink);
        }

        if (new PlacedAxis(panel.X, []).Ticks is { } own)
        {
            plot.Axes.Bottom.TickGenerator = own;
        }

        PlotStyle.PlaceLegend(plot, panel.Legend);
        return plot;
    }

    private static bool HasNames(BarGroup group) => group.Bars.Any(bar => bar.Name.Length > 0);

    /// <summary>Bars say how much only where they start at 0; there is room for their numbers at the other end.</summary>
    private static void SetLimits(Plot plot, PlotAxis axis, BarSeries bars, double bottom)
    {
        double[] ends = [.. bars.Groups.SelectMany(group => group.Bars).SelectMany(bar => (double[])[bar.Value, bar.Low, bar.High])
            .Where(double.IsFinite).Append(0)];
        double room = 0.2 * Math.Max(ends.Max() - ends.Min(), 1e-9);
        plot.Axes.SetLimits(
            axis.From ?? (ends.Min() < 0 ? ends.Min() - room : 0),
            axis.To ?? (ends.Max() > 0 ? ends.Max() + room : 0.1 * room),
            bottom + Gap + Row - 0.6,
            0.6);
    }

    private static void Draw(Plot plot, PlotBar bar, double at, Color colour)
    {
        var drawn = plot.Add.Bar(new Bar
        {
            Position = at,
            Value = bar.Value,
            Size = 0.9 * Row,
            FillColor = colour,
            LineWidth = 0,
            Orientation = Orientation.Horizontal,
        });
        drawn.Horizontal = true;
        if (bar.Low < bar.High)
        {
            Stroke(plot, bar.Low, at, bar.High, at);
            Stroke(plot, bar.Low, at - 0.15, bar.Low, at + 0.15);
            Stroke(plot, bar.High, at - 0.15, bar.High, at + 0.15);
        }

        bool isRight = bar.Value >= 0;
        double end = isRight ? Math.Max(Math.Max(bar.Value, bar.High), 0) : Math.Min(bar.Value, bar.Low);
        PlotStyle.Write(
            plot, bar.Label, new Coordinates(end, at), isRight ? Alignment.MiddleLeft : Alignment.MiddleRight, ReportColours.Ink,
            right: isRight ? 4 : -4);
    }

    private static void Stroke(Plot plot, double fromX, double fromY, double toX, double toY)
    {
        var stroke = plot.Add.Line(fromX, fromY, toX, toY);
        stroke.Color = ReportColours.Ink;
        stroke.LineWidth = 1.5f;
    }
}
