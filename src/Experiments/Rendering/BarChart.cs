using System.Globalization;
using FLCrowd.Analysis.Statistics;
using ScottPlot;
using ScottPlot.TickGenerators;
using PlotStyle = FLCrowd.Experiments.Rendering.PlotStyle;

namespace FLCrowd.Experiments.Rendering;

/// <summary>One bar per name, with its interval as a whisker and its number beside it.</summary>
internal static class BarChart
{
    public static Plot Create(string title, string xTitle, IReadOnlyList<(string Name, Moments Value)> bars)
    {
        var plot = PlotStyle.Create(title, xTitle, "");
        var plotted = plot.Add.Bars(bars.Select((bar, index) => new Bar
        {
            Position = -index,
            Value = double.IsNaN(bar.Value.Mean) ? 0 : bar.Value.Mean,
            Error = Interval.HalfWidth(bar.Value),
            Size = 0.7,
            FillColor = PlotStyle.Colour(index),
            LineWidth = 0,
            Orientation = Orientation.Horizontal,
            Label = bar.Value.Mean.ToString("0.000", CultureInfo.InvariantCulture),
        }).ToList());
        plotted.Horizontal = true;
        plotted.ValueLabelStyle.FontSize = 13;
        plot.Axes.Left.TickGenerator = new NumericManual([.. bars.Select((bar, index) => new Tick(-index, bar.Name))]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        // Bars say how much only where they start at 0; there is room for their numbers at the other end.
        double[] values = [.. bars.Select(bar => bar.Value.Mean).Where(double.IsFinite).Append(0)];
        double room = 0.2 * Math.Max(values.Max() - values.Min(), 1e-9);
        plot.Axes.SetLimits(
            values.Min() < 0 ? values.Min() - room : 0, values.Max() > 0 ? values.Max() + room : 0.1 * room, -bars.Count + 0.4, 0.6);
        plot.Add.VerticalLine(0, 1, Color.FromHex("#333333"));
        plot.HideLegend();
        return plot;
    }
}
