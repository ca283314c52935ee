using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Sweeps;
using ScottPlot;

namespace FLCrowd.Experiments.Rendering;

/// <summary>A quantity over rounds: one line per cell, the mean over seeds, with a band of one standard error around it.</summary>
internal static class CurvePlot
{
    public static Plot? Create(RunSummary summary, string title, string yLabel, bool isLoss, Func<CurvePoint, Moments> quantity)
    {
        var plot = PlotStyle.Create(title, "communication round", yLabel);
        var scale = new ValueScale(
            [.. summary.Cells.SelectMany(cell => cell.Curve).Select(point => quantity(point).Mean).Where(double.IsFinite)], isLoss);
        scale.Label(plot, yLabel);
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
            var (colour, marker) = lines[index];
            var xs = points.Select(point => point.X).ToArray();
            var band = plot.Add.FillY(
                xs,
                [.. points.Select(point => scale.At(point.Y.Mean - point.Y.Band))],
                [.. points.Select(point => scale.At(point.Y.Mean + point.Y.Band))]);
            band.FillColor = colour.WithAlpha(.2);
            band.LineWidth = 0;
            band.MarkerSize = 0;
            var line = plot.Add.Scatter(xs, points.Select(point => scale.At(point.Y.Mean)).ToArray(), colour);
            line.LineWidth = 2;
            line.MarkerShape = marker == MarkerShape.None && points.Length == 1 ? MarkerShape.FilledCircle : marker;
            line.MarkerSize = 8;
            line.LegendText = summary.Columns.Count == 0 ? "" : cell.Label(summary.Columns);
        }

        plot.Axes.Margins(0.01, 0.06);
        if (!isLoss)
        {
            ShowWhereItSettles(plot, [.. summary.Cells.SelectMany(cell => cell.Curve).Where(point => point.Round > 0).Select(quantity)]);
        }

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

    /// <summary>The untrained model's accuracy is chance: it would take most of the plot, and what is asked about a small rest.</summary>
    private static void ShowWhereItSettles(Plot plot, IReadOnlyList<Moments> trained)
    {
        if (trained.Count > 0)
        {
            double low = trained.Min(value => value.Mean - value.Band), high = trained.Max(value => value.Mean + value.Band);
            double margin = Math.Max(0.06 * (high - low), 0.005);
            plot.Axes.SetLimitsY(low - margin, high + margin);
        }
    }
}
