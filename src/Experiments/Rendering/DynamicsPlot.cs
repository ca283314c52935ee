using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Dynamics;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Sweeps;
using MathNet.Numerics.Statistics;
using ScottPlot;
using PlotStyle = FLCrowd.Experiments.Rendering.PlotStyle;

namespace FLCrowd.Experiments.Rendering;

/// <summary>What clients do, and what comes of it, over revisions: a line per cell.</summary>
internal static class DynamicsPlot
{
    private const float Left = 80;
    private const float Legend = 210;
    private const float Bottom = 60;
    private const float Margin = 20;

    /// <summary>A line is the median over the last revisions, this share of all; what each revision did is drawn faintly behind it.</summary>
    private const double Smoothed = 1.0 / 12;

    private static readonly (string Name, string Caption, string Axis, Func<RevisionRow, double> Value)[] Quantities =
    [
        ("effort", "How well clients label: mean over clients.", "mean labeling effort e", row => row.Effort),
        ("batch-size", "How much of the batch that they are asked for clients use: mean over clients.", "mean D / D'", row => row.BatchFactor),
        ("gamma", "By how much clients stretch what they report: mean over clients.", "mean gamma", row => row.Gamma),
        ("accuracy", "Share of test data that the final model of each revision classifies correctly.", "test accuracy", row => row.Accuracy),
        ("test-loss", "Loss of the final model of each revision on test data.", "test loss", row => row.TestLoss),
        ("total-reward", "What the server pays in all after each revision.", "total reward (money)", row => row.TotalReward),
    ];

    /// <summary>What clients do to the labels, and what the model becomes by it: to be drawn one below the other.</summary>
    public static IReadOnlyList<Plot> Story(DynamicsReport report)
    {
        var quality = Quantities.First(quantity => quantity.Name is "accuracy" or "test-loss" && IsDrawn(report, quantity.Value));
        Plot[] panels = [Create(report, Quantities[0].Axis, Quantities[0].Value), Create(report, quality.Axis, quality.Value, hasLegend: false)];
        panels[0].XLabel("");
        foreach (var panel in panels)
        {
            // The same scale of revisions in both, beside one legend.
            panel.Layout.Fixed(new PixelPadding(Left, report.Blocks.Count > 1 ? Legend : Margin, panel == panels[0] ? Bottom / 2 : Bottom, Margin));
        }

        return panels;
    }

    public static IEnumerable<FigurePlot> All(DynamicsReport report) => Quantities
        .Where(quantity => IsDrawn(report, quantity.Value))
        .Select(quantity => new FigurePlot(quantity.Name, quantity.Caption, Create(report, quantity.Axis, quantity.Value)));

    private static bool IsDrawn(DynamicsReport report, Func<RevisionRow, double> value) =>
        report.Blocks.SelectMany(block => block.Revisions).Any(row => double.IsFinite(value(row)));

    private static Plot Create(DynamicsReport report, string axis, Func<RevisionRow, double> value, bool hasLegend = true)
    {
        var plot = PlotStyle.Create("", "revision", axis);
        for (int index = 0; index < report.Blocks.Count; index++)
        {
            var block = report.Blocks[index];
            var points = block.Revisions.Where(row => double.IsFinite(value(row))).ToArray();
            if (points.Length == 0)
            {
                continue;
            }

            double[] revisions = [.. points.Select(row => (double)row.Number)], values = [.. points.Select(value)];
            var trace = plot.Add.Scatter(revisions, values, PlotStyle.Colour(index).WithAlpha(.25));
            trace.LineWidth = 1;
            trace.MarkerShape = MarkerShape.None;
            var line = plot.Add.Scatter(revisions, Smooth(values), PlotStyle.Colour(index));

            // Equal lines lie on each other: the first ones look out.
            line.LineWidth = 2 + 1.5f * (report.Blocks.Count - 1 - index);
            line.MarkerShape = points.Length == 1 ? MarkerShape.FilledCircle : MarkerShape.None;
            line.LegendText = report.Swept.Count == 0 ? "" : Sweep.Label(report.Swept, block.Cell);
        }

        plot.Axes.Margins(0.01, 0.06);
        if (hasLegend && report.Blocks.Count > 1)
        {
            plot.ShowLegend(Edge.Right);
        }
        else
        {
            plot.HideLegend();
        }

        return plot;
    }

    private static double[] Smooth(double[] values)
    {
        int window = Math.Max(1, (int)(values.Length * Smoothed));
        return [.. values.Select((_, at) => values.Take(at + 1).TakeLast(window).Median())];
    }
}
