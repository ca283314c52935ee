using FLCrowd.Experiments.Results;
using ScottPlot;

namespace FLCrowd.Host.Rendering;

/// <summary>How all plots look.</summary>
internal static class PlotStyle
{
    /// <summary>Not dashes: the SVG canvas cannot draw them.</summary>
    private static readonly MarkerShape[] Markers =
        [MarkerShape.None, MarkerShape.FilledCircle, MarkerShape.OpenSquare, MarkerShape.FilledTriangleUp, MarkerShape.OpenCircle];

    /// <summary>0: none; the others come again and again.</summary>
    public static MarkerShape Marker(int index) =>
        index < Markers.Length ? Markers[index] : Markers[1 + (index - 1) % (Markers.Length - 1)];

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
        plot.Axes.Color(ReportColours.Ink);
        plot.Axes.Right.IsVisible = plot.Axes.Top.IsVisible = false;
        if (title.Length == 0)
        {
            LeaveRoom(plot.Axes.Top);
        }

        plot.Grid.MajorLineColor = Color.FromHex("#E6E6E6");
        plot.Legend.FontSize = 13;
        plot.Legend.SymbolWidth = 34; // enough to show line and marker
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot;
    }

    /// <summary>Puts the legend where a panel has it.</summary>
    public static void PlaceLegend(Plot plot, LegendPlace place)
    {
        // A legend of nothing takes all the room that there is.
        switch (plot.Legend.GetItems().Length == 0 ? LegendPlace.None : place)
        {
            case LegendPlace.Right:
                plot.ShowLegend(Edge.Right);
                break;
            case LegendPlace.Below:
                plot.ShowLegend(Edge.Bottom);
                plot.Legend.Orientation = Orientation.Horizontal;
                LeaveRoom(plot.Axes.Right);
                break;
            default:
                plot.HideLegend();
                LeaveRoom(plot.Axes.Right);
                break;
        }
    }

    /// <summary>Half of the last tick's label stands beyond the axis's end: an axis across it, without a line or ticks, makes
    /// room.</summary>
    private static void LeaveRoom(IAxis across)
    {
        across.IsVisible = true;
        across.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        across.FrameLineStyle.Width = 0;
        across.MinimumSize = across.MaximumSize = 18;
    }

    /// <summary>Names instead of numbers along the vertical axis.</summary>
    public static void NameRows(Plot plot, IEnumerable<Tick> ticks)
    {
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. ticks]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
    }

    /// <summary>A text of the plot's font.</summary>
    public static void Write(Plot plot, string text, Coordinates at, Alignment alignment, Color colour, float size = 13, float right = 0)
    {
        var label = plot.Add.Text(text, at);
        label.LabelFontName = PlotFont.Name;
        label.LabelFontSize = size;
        label.LabelAlignment = alignment;
        label.LabelFontColor = colour;
        label.OffsetX = right;
    }
}
