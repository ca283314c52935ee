using FLCrowd.Host.Configuration;
using FLCrowd.Host.Figures;
using ScottPlot;
using PlotStyle = FLCrowd.Host.Reports.PlotStyle;

namespace FLCrowd.Host.Dynamics;

/// <summary>What clients do, and what comes of it, over revisions: a line per cell.</summary>
internal static class DynamicsPlot
{
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
        var (_, _, effortAxis, effort) = Quantities[0];
        var quality = Quantities.First(quantity => quantity.Name is "accuracy" or "test-loss" && IsDrawn(report, quantity.Value));
        Plot[] panels = [Create(report, effortAxis, effort), Create(report, quality.Axis, quality.Value)];
        panels[0].XLabel("");
        panels[1].HideLegend();
        if (report.Blocks.Count > 1)
        {
            panels[0].ShowLegend(Edge.Top);
            panels[0].Legend.Orientation = Orientation.Horizontal;
        }

        return panels;
    }

    public static IEnumerable<FigurePlot> All(DynamicsReport report) => Quantities
        .Where(quantity => IsDrawn(report, quantity.Value))
        .Select(quantity => new FigurePlot(quantity.Name, quantity.Caption, Create(report, quantity.Axis, quantity.Value)));

    private static bool IsDrawn(DynamicsReport report, Func<RevisionRow, double> value) =>
        report.Blocks.SelectMany(block => block.Revisions).Any(row => double.IsFinite(value(row)));

    private static Plot Create(DynamicsReport report, string axis, Func<RevisionRow, double> value)
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

            var line = plot.Add.Scatter(
                points.Select(row => (double)row.Number).ToArray(), points.Select(value).ToArray(), PlotStyle.Colour(index));
            line.LineWidth = 2 + 2 * (report.Blocks.Count - 1 - index); // equal lines lie on each other: the first ones look out
            line.MarkerShape = points.Length == 1 ? MarkerShape.FilledCircle : MarkerShape.None;
            line.LegendText = report.Swept.Count == 0 ? "" : Sweep.Label(report.Swept, block.Cell);
        }

        plot.Axes.Margins(0.01, 0.06);
        if (report.Blocks.Count > 1)
        {
            plot.ShowLegend(Edge.Right);
        }
        else
        {
            plot.HideLegend();
        }

        return plot;
    }
}
