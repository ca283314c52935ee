using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>What clients do, and what comes of it: over revisions, a line per cell, and where they end over what is swept.</summary>
internal static class DynamicsPlots
{
    /// <summary>A line is the median over the last revisions, this share of all; what each revision did is drawn faintly behind
    /// it.</summary>
    private const double Smoothed = 1.0 / 12;

    private const string Lines = "Faintly every revision; the line is a median over the last twelfth of all.";

    private static readonly (string Name, string Caption, string Axis, string Unit, Func<RevisionRow, double> Value)[] Quantities =
    [
        ("effort", "How well clients label: mean over clients.", "mean labeling effort e", "", row => row.Effort),
        ("batch-size", "How much of the batch that they are asked for clients use: mean over clients.", "mean D / D'", "",
            row => row.BatchFactor),
        ("gamma", "By how much clients stretch what they report: mean over clients.", "mean gamma", "", row => row.Gamma),
        ("accuracy", "Share of test data that the final model of each revision classifies correctly.", "test accuracy", "",
            row => row.Accuracy),
        ("test-loss", "Loss of the final model of each revision on test data.", "test loss", "", row => row.TestLoss),
        ("total-reward", "What the server pays in all after each revision.", "total reward", "money", row => row.TotalReward),
    ];

    private static readonly (string Name, string Axis, Func<PlayedQuality, Moments> Value)[] Ends =
    [
        ("effort", "mean labeling effort e", end => end.PlayedEffort),
        ("accuracy", "test accuracy", end => end.Accuracy),
        ("test-loss", "test loss", end => end.TestLoss),
    ];

    /// <summary>What clients do to the labels, and what the model becomes by it.</summary>
    public static FindingPlot Story(DynamicsReport report) => new(
        "dynamics",
        "What clients do to the labels, revision by revision (mean effort: 1 is to label, 0 is not to), and what the model becomes by it. "
            + Lines,
        [.. Told(report).Select((quantity, index) => Panel(report, Quantities[quantity], hasLegend: index == 0))]);

    /// <summary>Every quantity by itself; those of the story have files only.</summary>
    public static IEnumerable<FindingPlot> All(DynamicsReport report)
    {
        var told = Told(report);
        return Enumerable.Range(0, Quantities.Length)
            .Where(quantity => IsDrawn(report, Quantities[quantity].Value))
            .Select(quantity => new FindingPlot(
                Quantities[quantity].Name, $"{Quantities[quantity].Caption} {Lines}", Panel(report, Quantities[quantity], hasLegend: true))
            {
                Shown = told.Contains(quantity) ? Shown.InFiles : Shown.Everywhere,
            })
            .Concat(OverSwept(report));
    }

    private static IReadOnlyList<int> Told(DynamicsReport report) =>
        [0, Array.FindIndex(Quantities, quantity => quantity.Name is "accuracy" or "test-loss" && IsDrawn(report, quantity.Value))];

    private static bool IsDrawn(DynamicsReport report, Func<RevisionRow, double> value) =>
        report.Blocks.SelectMany(block => block.Revisions).Any(row => double.IsFinite(value(row)));

    private static PlotPanel Panel(
        DynamicsReport report, (string Name, string Caption, string Axis, string Unit, Func<RevisionRow, double> Value) quantity,
        bool hasLegend) => new(
        "",
        new PlotAxis("revision") { IsWhole = true },
        new PlotAxis(quantity.Axis, quantity.Unit),
        [.. report.Blocks.SelectMany((block, index) => Line(report, block, index, quantity.Value))])
        {
            Legend = hasLegend && report.Blocks.Count > 1 ? LegendPlace.Right : LegendPlace.None,
        };

    private static IEnumerable<LineSeries> Line(DynamicsReport report, DynamicsBlock block, int index, Func<RevisionRow, double> value)
    {
        var points = block.Revisions.Where(row => double.IsFinite(value(row))).ToArray();
        if (points.Length == 0)
        {
            yield break;
        }

        var hue = Hue.Of(string.Join(',', report.Swept), string.Join(',', block.Cell));
        double[] values = [.. points.Select(value)];
        yield return new LineSeries("", hue, [.. points.Select(row => new PlotPoint(row.Number, value(row)))]) { IsFaint = true };

        // Equal lines lie on each other: the first ones look out.
        yield return new LineSeries(
            report.Swept.Count == 0 ? "" : Sweep.Label(report.Swept, block.Cell),
            hue,
            [.. points.Zip(Smooth(values), (row, height) => new PlotPoint(row.Number, height))])
        {
            Weight = 1 + 0.75 * (report.Blocks.Count - 1 - index),
        };
    }

    /// <summary>Where they ended, over every swept number.</summary>
    private static IEnumerable<FindingPlot> OverSwept(DynamicsReport report) =>
        from column in Enumerable.Range(0, report.Swept.Count)
        where SweptPlots.IsAxis(report.Blocks.Select(block => block.Cell[column]))
        from quantity in Ends
        where report.Blocks.Any(block => double.IsFinite(quantity.Value(block.Reached).Mean))
        select Over(report, column, quantity.Name, quantity.Axis, quantity.Value);

    private static FindingPlot Over(DynamicsReport report, int column, string name, string axis, Func<PlayedQuality, Moments> value)
    {
        string path = report.Swept[column];
        IReadOnlyList<string> others = [.. report.Swept.Where((_, index) => index != column)];
        var lines = report.Blocks.GroupBy(block => string.Join(',', Others(block))).Select((line, index) => new LineSeries(
            others.Count == 0 ? "" : Sweep.Label(others, Others(line.First())),
            others.Count == 0 ? Hue.Ink : Hue.Of(string.Join(',', others), line.Key),
            [.. line.Select(block => (X: SweptPlots.Number(block.Cell[column]), Y: value(block.Reached)))
                .Where(point => double.IsFinite(point.Y.Mean))
                .OrderBy(point => point.X)
                .Select(point => new PlotPoint(
                    point.X, point.Y.Mean, point.Y.Mean - Interval.HalfWidth(point.Y), point.Y.Mean + Interval.HalfWidth(point.Y)))])
        {
            Marker = 1 + index,
            HasWhiskers = true,
        }).ToList();
        var panel = new PlotPanel(
            "", SweptPlots.Axis(path, report.Blocks.Select(block => SweptPlots.Number(block.Cell[column]))), new PlotAxis(axis), lines)
        {
            Legend = lines.Count > 1 ? LegendPlace.Below : LegendPlace.None,
        };
        var means = Captions.Of(
            panel, "Mean over plays", "whiskers are its 95 % confidence interval (Student), where it was measured",
            report.Blocks.Any(block => value(block.Reached).Count > 1));
        return new FindingPlot(
            $"{name}-over-{SweptPlots.FileName(path)}", $"Where the clients ended: {axis} over {path}.{means}", panel)
        { IsHalf = true };

        IReadOnlyList<string> Others(DynamicsBlock block) => [.. block.Cell.Where((_, index) => index != column)];
    }

    private static double[] Smooth(double[] values)
    {
        int window = Math.Max(1, (int)(values.Length * Smoothed));
        return [.. values.Select((_, at) => values.Take(at + 1).TakeLast(window).Median())];
    }
}
