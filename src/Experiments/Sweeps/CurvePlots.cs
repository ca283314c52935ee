using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>How training went, a line per cell, and what a client of each strategy earns.</summary>
internal static class CurvePlots
{
    /// <summary>Evaluations after training began that a line has at least, to say where it settles.</summary>
    private const int Settled = 4;

    public static IEnumerable<FindingPlot> All(RunSummary summary)
    {
        if (Curve(summary, "Training loss", "training loss", isLoss: true, point => point.TrainingLoss) is { } training)
        {
            yield return new FindingPlot(
                "training-loss", $"Loss on the clients' true labels, with regularisation.{Means(summary, training)}", training);
        }

        if (Curve(summary, "Test loss", "test loss", isLoss: true, point => point.TestLoss) is { } test)
        {
            yield return new FindingPlot("test-loss", $"Loss on test data, the one that pay may be based on.{Means(summary, test)}", test);
        }

        if (Curve(summary, "Test accuracy", "accuracy", isLoss: false, point => point.Accuracy) is { } accuracy)
        {
            yield return new FindingPlot(
                "accuracy",
                $"Share of test data classified correctly{(accuracy.Y.From is null ? "" : ", without the first part of its rise")}."
                    + Means(summary, accuracy),
                accuracy);
        }
    }

    /// <summary>A group of bars per cell, the numbers at their ends; null where nobody played.</summary>
    public static FindingPlot? Payoffs(RunSummary summary)
    {
        if (!summary.Cells.Any(cell => cell.Strategies.Count > 0))
        {
            return null;
        }

        var hues = new CellHues(summary);
        var panel = new PlotPanel(
            "Payoff of a client, by strategy",
            new PlotAxis("payoff per episode: reward less cost", "money") { MarksZero = true },
            PlotAxis.None,
            [
                new BarSeries([.. summary.Cells.Select(cell => new BarGroup(
                    summary.Columns.Count == 0 ? "" : $"{cell.Label(summary.Columns)}:",
                    [.. cell.Strategies.Select(strategy => Bar(strategy, hues.Hue(cell)))]))]),
            ])
        { Legend = LegendPlace.None };
        bool isOverSeeds = summary.Cells.Any(cell => cell.Seeds > 1);
        return new FindingPlot(
            "payoffs",
            Captions.Of(
                panel, isOverSeeds ? "Mean over clients and seeds" : "Mean over clients", "the whisker is one standard error over seeds",
                isMean: true).TrimStart(),
            panel);
    }

    private static PlotBar Bar(StrategySummary strategy, Hue hue) => new(
        strategy.Strategy, hue, strategy.Payoff.Mean, strategy.Payoff.Mean - strategy.Payoff.Band,
        strategy.Payoff.Mean + strategy.Payoff.Band,
        Numbers.Money(strategy.Payoff.Mean));

    private static string Means(RunSummary summary, PlotPanel panel) => Captions.Of(
        panel, "Mean over seeds", "the band is one standard error", summary.Cells.Any(cell => cell.Seeds > 1));

    /// <summary>Null where no line has two points: tables have the final model.</summary>
    private static PlotPanel? Curve(RunSummary summary, string title, string axis, bool isLoss, Func<CurvePoint, Moments> quantity)
    {
        var hues = new CellHues(summary);
        var lines = summary.Cells.Select(cell => new LineSeries(
            summary.Columns.Count == 0 ? "" : cell.Label(summary.Columns),
            hues.Hue(cell),
            [.. cell.Curve
                .Select(point => (point.Round, Y: quantity(point)))
                .Where(point => double.IsFinite(point.Y.Mean))
                .Select(point => new PlotPoint(point.Round, point.Y.Mean, point.Y.Mean - point.Y.Band, point.Y.Mean + point.Y.Band))])
        {
            Marker = hues.Marker(cell),
        }).Where(line => line.Points.Count > 0).ToList();
        if (!lines.Exists(line => line.Points.Count > 1))
        {
            return null;
        }

        var y = new PlotAxis(axis)
        {
            Scale = isLoss ? PlotAxis.ScaleOf(lines.SelectMany(line => line.Points).Select(point => point.Y)) : AxisScale.Linear,
        };
        return new PlotPanel(title, new PlotAxis("communication round") { IsWhole = true }, isLoss ? y : WhereItSettles(y, lines), lines)
        {
            Legend = summary.Cells.Count > 1 ? LegendPlace.Right : LegendPlace.None,
        };
    }

    /// <summary>The untrained model's accuracy is chance: it would take most of the plot, and what is asked about a small rest.</summary>
    private static PlotAxis WhereItSettles(PlotAxis axis, IReadOnlyList<LineSeries> lines)
    {
        var trained = lines.SelectMany(line => line.Points).Where(point => point.X > 0).ToList();
        if (trained.DistinctBy(point => point.X).Count() < Settled)
        {
            return axis;
        }

        double low = trained.Min(point => point.Low), high = trained.Max(point => point.High);
        double margin = Math.Max(0.06 * (high - low), 0.005);
        return axis with { From = low - margin, To = high + margin };
    }
}
