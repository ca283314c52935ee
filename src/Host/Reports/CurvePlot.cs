using ScottPlot;

namespace FLCrowd.Host.Reports;

/// <summary>A quantity over rounds: one line per cell, the mean over seeds, with a band of one standard error around it.</summary>
internal static class CurvePlot
{
    public static Plot? Create(RunSummary summary, string title, string yLabel, Func<CurvePoint, Moments> quantity)
    {
        var plot = PlotStyle.Create(title, "communication round", yLabel);
        var lines = PlotStyle.Lines(summary);
        bool drawn = false;
        for (int index = 0; index < summary.Cells.Count; index++)
        {
            var cell = summary.Cells[index];
            var points = cell.Curve
                .Select(point => (X: (double)point.Round, Y: quantity(point)))
                .Where(point => double.IsFinite(point.Y.Mean))
                .ToArray();
            if (points.Length == 0)
            {
                continue;
            }

            drawn = true;
            var (colour, pattern) = lines[index];
            var xs = points.Select(point => point.X).ToArray();
            var band = plot.Add.FillY(
                xs, [.. points.Select(point => point.Y.Mean - point.Y.Band)], [.. points.Select(point => point.Y.Mean + point.Y.Band)]);
            band.FillColor = colour.WithAlpha(.2);
            band.LineWidth = 0;
            band.MarkerSize = 0;
            var line = plot.Add.Scatter(xs, points.Select(point => point.Y.Mean).ToArray(), colour);
            line.LineWidth = 2;
            line.LinePattern = pattern;
            line.MarkerSize = points.Length == 1 ? 8 : 0;
            line.LegendText = summary.Columns.Count == 0 ? "" : cell.Label(summary.Columns);
        }

        plot.Axes.Margins(0.01, 0.06);
        if (summary.Cells.Count > 1)
        {
            plot.ShowLegend(Edge.Right);
        }
        else
        {
            plot.HideLegend();
        }

        return drawn ? plot : null;
    }
}
