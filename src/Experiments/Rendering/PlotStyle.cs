using FLCrowd.Experiments.Sweeps;
using ScottPlot;

namespace FLCrowd.Experiments.Rendering;

/// <summary>How all plots look.</summary>
internal static class PlotStyle
{
    /// <summary>Okabe and Ito's colours, which people of every kind of colour vision tell apart; yellow, too faint on white, left out.</summary>
    private static readonly Color[] Palette =
    [
        Color.FromHex("#0072B2"), Color.FromHex("#D55E00"), Color.FromHex("#009E73"), Color.FromHex("#CC79A7"),
        Color.FromHex("#E69F00"), Color.FromHex("#56B4E9"), Color.FromHex("#000000"),
    ];

    /// <summary>Not dashes: the SVG canvas cannot draw them.</summary>
    private static readonly MarkerShape[] Markers = [MarkerShape.None, MarkerShape.FilledCircle, MarkerShape.OpenSquare, MarkerShape.FilledTriangleUp];

    private static readonly Color Ink = Color.FromHex("#333333");

    public static Color Colour(int index) => Palette[index % Palette.Length];

    public static MarkerShape Marker(int index) => Markers[index % Markers.Length];

    /// <summary>Which colours and markers tell cells apart: the first swept column has the colour, the others the marker.</summary>
    public static IReadOnlyList<(Color Colour, MarkerShape Marker)> Lines(RunSummary summary)
    {
        var first = summary.Cells.Select(cell => cell.Values.FirstOrDefault("")).Distinct().ToList();
        var rest = summary.Cells.Select(cell => string.Join(',', cell.Values.Skip(1))).Distinct().ToList();

        // Many values of the first column, few of the others: colours where there are more values to tell apart.
        bool swap = rest.Count > first.Count;
        return [.. summary.Cells.Select(cell =>
        {
            int a = first.IndexOf(cell.Values.FirstOrDefault("")), b = rest.IndexOf(string.Join(',', cell.Values.Skip(1)));
            var (colour, marker) = swap ? (b, a) : (a, b);
            return (Colour(colour), Marker(marker + colour / Palette.Length));
        })];
    }

    public static Plot Create(string title, string xLabel, string yLabel)
    {
        var plot = new Plot();
        PlotFont.Use(plot);
        plot.Axes.Title.Label.Bold = false;
        plot.Title(title, 17);
        plot.XLabel(xLabel, 15);
        plot.YLabel(yLabel, 15);
        plot.Axes.Left.Label.Bold = plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = 13;
        plot.Axes.Left.MinimumSize = 76; // room between the label and four digits
        plot.Axes.Color(Ink);
        plot.Axes.Right.IsVisible = plot.Axes.Top.IsVisible = false;
        plot.Grid.MajorLineColor = Color.FromHex("#E6E6E6");
        plot.Legend.FontSize = 13;
        plot.Legend.SymbolWidth = 34; // enough to show line and marker
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot;
    }
}
