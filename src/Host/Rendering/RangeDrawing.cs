using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;
using ScottPlot;

namespace FLCrowd.Host.Rendering;

/// <summary>A forest plot: a point with its range per row, and what counts per group.</summary>
internal static class RangeDrawing
{
    private const double Gap = 1.6;

    /// <summary>Pixels that the plot needs, so that rows are equally high in all.</summary>
    public static int Height(RangeSeries ranges) => 120 + (int)(19 * ranges.Groups.Sum(group => group.Rows.Count + Gap));

    public static Plot Draw(PlotPanel panel, RangeSeries ranges)
    {
        var plot = PlotStyle.Create(panel.Title, panel.X.Title, "");
        var rows = ranges.Groups.SelectMany(group => group.Rows).ToList();
        double left = panel.X.From ?? rows.Min(row => row.Low), right = panel.X.To ?? rows.Max(row => row.High);
        var ticks = new List<Tick>();
        double at = 0;
        foreach (var group in ranges.Groups)
        {
            ticks.Add(new Tick(at, group.Name));
            double top = at - 0.5;
            foreach (var row in group.Rows)
            {
                at--;
                ticks.Add(new Tick(at, row.Name));
                Draw(plot, row, at, left);
            }

            var threshold = plot.Add.Line(group.Threshold, top, group.Threshold, at - 0.5);
            threshold.Color = ReportColours.Ink;
            threshold.LineWidth = 1;
            at -= Gap;
        }

        if (panel.X.MarksZero)
        {
            plot.MoveToBack(plot.Add.VerticalLine(0, 1, ReportColours.Faint));
        }

        PlotStyle.NameRows(plot, ticks);
        plot.Axes.SetLimits(left - 0.02 * (right - left), right + 0.04 * (right - left), at + 0.8, 0.8);
        foreach (var (side, name) in RangeSeries.Sides)
        {
            plot.Legend.ManualItems.Add(new LegendItem
            {
                LabelText = name,
                MarkerShape = Marker(side),
                MarkerColor = ReportColours.Of(side),
                MarkerSize = 9,
                MarkerLineColor = ReportColours.Of(side),
            });
        }

        plot.Legend.ManualItems.Add(new LegendItem { LabelText = "the threshold", LineColor = ReportColours.Ink, LineWidth = 1 });
        PlotStyle.PlaceLegend(plot, panel.Legend);
        return plot;
    }

    private static MarkerShape Marker(GainSide side) => side switch
    {
        GainSide.Above => MarkerShape.FilledCircle,
        GainSide.Below => MarkerShape.OpenCircle,
        _ => MarkerShape.FilledDiamond,
    };

    private static void Draw(Plot plot, RangeRow row, double at, double left)
    {
        var colour = ReportColours.Of(row.Side);
        var whisker = plot.Add.Line(Math.Max(left, row.Low), at, Math.Max(left, row.High), at);
        whisker.Color = colour;
        whisker.LineWidth = row.Side == GainSide.Above ? 2.5f : 1.5f;
        if (row.Value >= left)
        {
            var marker = plot.Add.Marker(row.Value, at, Marker(row.Side), 8, colour);
            marker.MarkerStyle.LineWidth = 1.5f;
            marker.MarkerStyle.FillColor = row.Side == GainSide.Below ? Colors.White : colour;
            return;
        }

        // An arrow to where it is.
        bool isOutside = row.High < left;
        PlotStyle.Write(plot, isOutside ? $"< {Numbers.Money(row.Value)}" : "<", new Coordinates(left, at), Alignment.MiddleLeft, colour,
            size: 11);
    }
}
