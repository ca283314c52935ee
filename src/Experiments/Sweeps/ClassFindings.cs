using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>How well the final models know each class, for people: a table and a plot, where the run asked for it.</summary>
internal static class ClassFindings
{
    /// <summary>Classes of a cell that the table has room for.</summary>
    private const int MostClasses = 20;

    public static IReadOnlyList<Finding> Of(RunSummary summary) =>
        summary.Cells.Any(cell => cell.Classes.Count > 0) ? [Recalls(summary), Table(summary)] : [];

    private static FindingTable Table(RunSummary summary)
    {
        bool isCut = summary.Cells.Any(cell => cell.Classes.Count > MostClasses);
        return FindingTable.Of(
            "How well each class is known",
            summary.Cells.SelectMany(cell => Shown(cell).Select(known => (Cell: cell, Class: known))),
            [
                .. SweepFindings.Names<(CellSummary Cell, ClassSummary Class)>(summary, row => row.Cell),
                TableColumn<(CellSummary Cell, ClassSummary Class)>.Name("class", row => row.Class.Label),
                TableColumn<(CellSummary Cell, ClassSummary Class)>.Count("samples", row => row.Class.Samples, "test samples of the class"),
                Mean("predicted", known => known.Predicted, NumberFormat.Count, "test samples that the final model takes for the class"),
                Mean("recall", known => known.Recall, NumberFormat.Share, Symbols.Recall.Meaning),
                Mean("F1", known => known.F1, NumberFormat.Share, "harmonic mean of recall and precision"),
            ]) with
        {
            Note = "By the final model, on test data. Means over seeds (of means over episodes)."
                + (isCut ? $" Of each row's classes the {MostClasses} that are recalled least." : ""),
            Shown = Results.Shown.InReport,
        };
    }

    private static FindingPlot Recalls(RunSummary summary)
    {
        var hues = new CellHues(summary);
        var panel = new PlotPanel(
            "Recall by class",
            new PlotAxis("class") { IsWhole = true },
            new PlotAxis("recall"),
            [
                .. summary.Cells.Select(cell => new LineSeries(
                    summary.Columns.Count == 0 ? "" : cell.Label(summary.Columns),
                    hues.Hue(cell),
                    [.. cell.Classes.Where(known => double.IsFinite(known.Recall.Mean)).Select(known => Point(known.Class, known.Recall))])
                {
                    Marker = 1 + hues.Marker(cell),
                    HasWhiskers = true,
                }).Where(line => line.Points.Count > 0),
            ])
        {
            Legend = summary.Cells.Count > 1 ? LegendPlace.Right : LegendPlace.None,
        };
        var means = Captions.Of(
            panel, "Mean over seeds", "whiskers are one standard error", summary.Cells.Any(cell => cell.Seeds > 1));
        return new FindingPlot(
            "recall", $"Share of the test samples of each class that the final model takes for that class.{means}", panel);
    }

    /// <summary>The classes of a cell that the table shows, in their order.</summary>
    private static IEnumerable<ClassSummary> Shown(CellSummary cell) => cell.Classes
        .OrderBy(known => double.IsNaN(known.Recall.Mean) ? double.PositiveInfinity : known.Recall.Mean)
        .Take(MostClasses)
        .OrderBy(known => known.Class);

    private static TableColumn<(CellSummary Cell, ClassSummary Class)> Mean(
        string name, Func<ClassSummary, Moments> mean, NumberFormat format, string meaning) =>
        TableColumn<(CellSummary Cell, ClassSummary Class)>.Of(
            name, row => MeanCell.Of(mean(row.Class), SweepFindings.Over), format, meaning);

    private static PlotPoint Point(double x, Moments y) => new(x, y.Mean, y.Mean - y.Band, y.Mean + y.Band);
}
