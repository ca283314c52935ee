using System.Globalization;
using FLCrowd.Experiments.Results;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace FLCrowd.Host.Rendering;

/// <summary>A field of values, each a rectangle with its number.</summary>
internal static class HeatMapDrawing
{
    /// <summary>From this much colour on, text is white.</summary>
    private const double Dark = 0.5;

    public static Plot Draw(PlotPanel panel, HeatMapSeries map)
    {
        var plot = PlotStyle.Create(panel.Title, panel.X.Title, panel.Y.Title);
        var finite = map.Values.SelectMany(row => row).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        double least = finite.Min(), range = Math.Max(finite.Max() - finite.Min(), 1e-300);
        for (int row = 0; row < map.Rows.Count; row++)
        {
            for (int column = 0; column < map.Columns.Count; column++)
            {
                double value = map.Values[row][column];
                if (double.IsFinite(value))
                {
                    double share = (value - least) / range;
                    var field = plot.Add.Rectangle(column - .5, column + .5, row - .5, row + .5);
                    field.FillColor = ReportColours.Of(share);
                    field.LineColor = Colors.White;
                    PlotStyle.Write(
                        plot, map.Format.Text(value), new Coordinates(column, row), Alignment.MiddleCenter,
                        share > Dark ? Colors.White : ReportColours.Ink);
                }
            }
        }

        plot.Axes.Bottom.TickGenerator = Names(map.Columns);
        plot.Axes.Left.TickGenerator = Names(map.Rows);
        plot.HideGrid();
        plot.Axes.SetLimits(-.5, map.Columns.Count - .5, -.5, map.Rows.Count - .5);
        PlotStyle.PlaceLegend(plot, panel.Legend);
        return plot;
    }

    private static NumericManual Names(IReadOnlyList<double> values) =>
        new([.. values.Select((value, index) => new Tick(index, value.ToString(CultureInfo.InvariantCulture)))]);
}
