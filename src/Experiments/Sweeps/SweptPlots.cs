using System.Globalization;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>A swept number is an axis: what comes out over it, a line per combination of all else; over two such numbers, a
/// field.</summary>
internal static class SweptPlots
{
    /// <summary>Values that an axis has at least; two are better read in a table.</summary>
    private const int LeastValues = 3;

    private static readonly (
        string Name, string Title, string Unit, bool IsLoss, NumberFormat Format, Func<CellSummary, Moments> Value)[] Quantities =
    [
        ("effort", "mean labeling effort e", "", false, NumberFormat.Money, cell => cell.Effort),
        ("test-loss", "test loss", "", true, NumberFormat.Share, cell => cell.TestLoss),
        ("accuracy", "accuracy", "", false, NumberFormat.Share, cell => cell.Accuracy),
        ("macro-f1", "macro-F1", "", false, NumberFormat.Share, cell => cell.MacroF1 ?? Moments.None),
        ("rent", "rent", "money", false, NumberFormat.Money, cell => cell.Rent),
        ("server-payoff", "server payoff", "money", false, NumberFormat.WholeMoney, cell => cell.ServerPayoff),
    ];

    public static IEnumerable<FindingPlot> All(RunSummary summary)
    {
        var numeric = Enumerable.Range(0, summary.Columns.Count).Where(column => IsAxis(summary.Cells.Select(cell => cell.Values[column])))
            .ToList();
        foreach (int column in numeric)
        {
            foreach (var quantity in Quantities.Where(quantity => Moves(summary, column, quantity.Value)))
            {
                yield return Over(summary, column, quantity.Name, quantity.Title, quantity.Unit, quantity.IsLoss, quantity.Value);
            }
        }

        if (numeric is [var across, var up] && summary.Columns.Count == 2)
        {
            foreach (var quantity in Quantities.Where(quantity => numeric.TrueForAll(column => Moves(summary, column, quantity.Value)))
                .Take(2))
            {
                yield return Field(summary, across, up, quantity.Name, quantity.Title, quantity.Format, quantity.Value);
            }
        }
    }

    /// <summary>Whether all values of a column are numbers, and enough.</summary>
    public static bool IsAxis(IEnumerable<string> values)
    {
        var distinct = values.Distinct().ToList();
        return distinct.Count >= LeastValues && distinct.TrueForAll(value => double.IsFinite(Number(value)));
    }

    /// <summary>The axis of a swept path.</summary>
    public static PlotAxis Axis(string path, IEnumerable<double> values)
    {
        double[] ticks = [.. values.Distinct().Order()];
        return new PlotAxis(path) { Ticks = ticks, Scale = PlotAxis.ScaleOf(ticks) };
    }

    /// <summary>A swept value as a number; NaN where it is none.</summary>
    public static double Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    /// <summary>A path as a part of a file's name.</summary>
    public static string FileName(string path) => string.Concat(path.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    /// <summary>Whether a quantity is known, and changes along a column.</summary>
    private static bool Moves(RunSummary summary, int column, Func<CellSummary, Moments> value) => summary.Cells
        .GroupBy(cell => string.Join(',', cell.Values.Where((_, index) => index != column)))
        .Any(line => line.Select(cell => value(cell).Mean).Where(double.IsFinite).Distinct().Take(2).Count() == 2);

    private static FindingPlot Over(
        RunSummary summary, int column, string name, string title, string unit, bool isLoss, Func<CellSummary, Moments> value)
    {
        string path = summary.Columns[column];
        IReadOnlyList<string> others = [.. summary.Columns.Where((_, index) => index != column)];
        var lines = summary.Cells
            .GroupBy(cell => string.Join(',', Others(cell)))
            .Select((line, index) => new LineSeries(
                others.Count == 0 ? "" : Sweep.Label(others, Others(line.First())),
                others.Count == 0 ? Hue.Ink : Hue.Of(string.Join(',', others), line.Key),
                [.. line.Select(cell => (X: Number(cell.Values[column]), Y: value(cell)))
                    .Where(point => double.IsFinite(point.Y.Mean))
                    .OrderBy(point => point.X)
                    .Select(point => Point(point.X, point.Y))])
            {
                Marker = 1 + index,
                HasWhiskers = true,
            })
            .Where(line => line.Points.Count > 0)
            .ToList();
        var panel = new PlotPanel(
            "",
            Axis(path, summary.Cells.Select(cell => Number(cell.Values[column]))),
            new PlotAxis(title, unit)
            {
                Scale = isLoss ? PlotAxis.ScaleOf(lines.SelectMany(line => line.Points).Select(point => point.Y)) : AxisScale.Linear,
            },
            lines)
        { Legend = lines.Count > 1 ? LegendPlace.Below : LegendPlace.None };
        var means = Captions.Of(
            panel, "Mean over seeds", "whiskers are its 95 % confidence interval (Student)", summary.Cells.Any(cell => cell.Seeds > 1));
        return new FindingPlot(
            $"{name}-over-{FileName(path)}", $"{char.ToUpperInvariant(title[0])}{title[1..]} over {path}.{means}", panel)
        { IsHalf = true };

        IReadOnlyList<string> Others(CellSummary cell) => [.. cell.Values.Where((_, index) => index != column)];
    }

    private static FindingPlot Field(
        RunSummary summary, int across, int up, string name, string title, NumberFormat format, Func<CellSummary, Moments> value)
    {
        var cells = summary.Cells.ToLookup(cell => (X: Number(cell.Values[across]), Y: Number(cell.Values[up])), cell => value(cell).Mean);
        double[] columns = [.. cells.Select(cell => cell.Key.X).Distinct().Order()],
        rows = [.. cells.Select(cell => cell.Key.Y).Distinct().Order()];
        return new FindingPlot(
            $"{name}-field",
            $"{char.ToUpperInvariant(title[0])}{title[1..]} by both swept numbers: the more colour, the more. Means over seeds.",
            new PlotPanel(
                "",
                new PlotAxis(summary.Columns[across]),
                new PlotAxis(summary.Columns[up]),
                [
                    new HeatMapSeries(
                        columns,
                        rows,
                        [.. rows.Select(row => (
                            IReadOnlyList<double>)[.. columns.Select(column => cells[(column, row)].FirstOrDefault(double.NaN))])],
                        format),
                ])
            { Legend = LegendPlace.None })
        { IsHalf = true };
    }

    private static PlotPoint Point(double x, Moments y) => new(x, y.Mean, y.Mean - Interval.HalfWidth(y), y.Mean + Interval.HalfWidth(y));
}
