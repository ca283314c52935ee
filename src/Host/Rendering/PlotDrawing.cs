using FLCrowd.Experiments.Results;
using ScottPlot;
using BarSeries = FLCrowd.Experiments.Results.BarSeries;

namespace FLCrowd.Host.Rendering;

/// <summary>Draws panels, whatever they are of.</summary>
internal static class PlotDrawing
{
    private const int Height = 420;
    private const int StackedHeight = 300;

    private const float Left = 80;
    private const float Legend = 210;
    private const float Bottom = 60;
    private const float Margin = 20;

    public static Plot Draw(PlotPanel panel, ReportColours colours) => panel.Series switch
    {
        [BarSeries bars] => BarDrawing.Draw(panel, bars, colours),
        [RangeSeries ranges] => RangeDrawing.Draw(panel, ranges),
        [TernarySeries ternary] => TernaryDrawing.Draw(panel, ternary, colours),
        [HeatMapSeries map] => HeatMapDrawing.Draw(panel, map),
        _ => LineDrawing.Draw(panel, colours),
    };

    /// <summary>Panels that stand below each other: the same scale along them, beside one legend.</summary>
    public static IReadOnlyList<Plot> Stack(IReadOnlyList<PlotPanel> panels, ReportColours colours)
    {
        bool hasLegend = panels.Any(panel => panel.Legend == LegendPlace.Right);
        return [.. panels.Select((panel, index) =>
        {
            var plot = Draw(panel, colours);
            bool isLast = index == panels.Count - 1;
            plot.Layout.Fixed(new PixelPadding(Left, hasLegend ? Legend : Margin, isLast ? Bottom : Bottom / 2, Margin));
            if (!isLast)
            {
                plot.XLabel("");
            }

            return plot;
        })];
    }

    /// <summary>Pixels from top to bottom.</summary>
    public static int HeightOf(FindingPlot plot) => plot.Panels.Count > 1 ? StackedHeight * plot.Panels.Count : plot.Panels[0].Series switch
    {
        [BarSeries bars] when !plot.IsHalf => BarDrawing.Height(bars) ?? Height,
        [RangeSeries ranges] => RangeDrawing.Height(ranges),
        _ => Height,
    };
}
