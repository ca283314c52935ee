using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>What a sweep, or a single game, found: outcomes per cell, and what each strategy did and got.</summary>
internal static class SweepFindings
{
    /// <summary>What its means are over.</summary>
    public const string Over = "seeds";

    public static Findings Of(RunSummary summary) => new(summary.Cells.Count == 0 ? [] : [
        Outcomes(summary), .. SweptPlots.All(summary), .. CurvePlots.All(summary), .. ClassFindings.Of(summary),
        .. CurvePlots.Payoffs(summary) is { } payoffs ? [payoffs] : (Finding[])[],
        Strategies(summary)])
    {
        Glossary = summary.Cells.Count == 0
            ? []
            : [Symbols.Effort, Symbols.BatchSize, Symbols.Gamma, Symbols.Payoff, Symbols.Losing, Symbols.Rent, Symbols.ServerPayoff,
                .. IsExact(summary) ? [Symbols.ExactLoss, Symbols.ExactPay] : (Term[])[],
                .. HasClasses(summary) ? [Symbols.Recall, Symbols.MacroF1] : (Term[])[]],
        Details = [CellDetail.Of(summary)],
    };

    public static FindingTable Outcomes(RunSummary summary) => FindingTable.Of(
        "Outcomes",
        summary.Cells,
        [
            .. Names<CellSummary>(summary, cell => cell),
            TableColumn<CellSummary>.Count("seeds", cell => cell.Seeds, "how many games").AsDetail(),
            Mean("training loss", cell => cell.TrainingLoss, NumberFormat.Loss,
                "of the final model on the clients' true labels, regularised").AsDetail(),
            Mean("test loss", cell => cell.TestLoss, NumberFormat.Loss, "of the final model on test data"),
            .. IsExact(summary)
                ? [Mean(Symbols.ExactLoss.Symbol, cell => cell.ExpectedLoss ?? Moments.None, NumberFormat.Loss, Symbols.ExactLoss.Meaning)]
                : (TableColumn<CellSummary>[])[],
            Mean("accuracy", cell => cell.Accuracy, NumberFormat.Loss, "share of test data that the final model classifies correctly"),
            .. HasClasses(summary)
                ? [Mean("macro-F1", cell => cell.MacroF1 ?? Moments.None, NumberFormat.Loss, Symbols.MacroF1.Meaning)]
                : (TableColumn<CellSummary>[])[],
            Mean("total reward", cell => cell.TotalReward, NumberFormat.Money, "what the server pays in an episode", "money"),
            .. IsExact(summary)
                ? [Mean(Symbols.ExactPay.Symbol, cell => cell.ExpectedReward ?? Moments.None, NumberFormat.Money, Symbols.ExactPay.Meaning,
                    "money")]
                : (TableColumn<CellSummary>[])[],
            Mean("rent", cell => cell.Rent, NumberFormat.Money, Symbols.Rent.Meaning, "money").AsDetail(),
            Mean("server payoff", cell => cell.ServerPayoff, NumberFormat.Money, Symbols.ServerPayoff.Meaning, "money"),
        ]) with
    {
        Note = "Losses and accuracy of the final model; money per episode; rent = total reward − what the actions really cost. "
            + "Means over seeds (of means over episodes)."
            + (IsExact(summary) ? $" {Symbols.ExactNote}" : ""),
    };

    public static FindingTable Strategies(RunSummary summary) => FindingTable.Of(
        "What the clients did and got",
        summary.Cells.SelectMany(cell => cell.Strategies.Select(strategy => (Cell: cell, Strategy: strategy))),
        [
            .. Names<(CellSummary Cell, StrategySummary Strategy)>(summary, row => row.Cell),
            TableColumn<(CellSummary Cell, StrategySummary Strategy)>.Name(
                "strategy", row => row.Strategy.Strategy, "what the clients play"),
            TableColumn<(CellSummary Cell, StrategySummary Strategy)>.Count("clients", row => row.Strategy.Clients, "how many play it")
                .AsDetail(),
            Alone("effort", played => played.Effort, Symbols.Effort.Meaning),
            Alone("batch size", played => played.BatchSize, Symbols.BatchSize.Meaning),
            Alone("gamma", played => played.Gamma, Symbols.Gamma.Meaning),
            Played("reward", played => played.Reward, "what a client is paid", "money").AsDetail(),
            Played("cost", played => played.Cost, "what its action costs a client", "money").AsDetail(),
            Played("payoff", played => played.Payoff, Symbols.Payoff.Meaning, "money"),
            Played("P(payoff < 0)", played => played.Losing, Symbols.Losing.Meaning, ""),
        ]) with
    {
        Note = "Per client and episode, as played (hidden from the server). Payoff = reward − cost; P(payoff < 0) is the share of "
            + "clients and episodes that lost money.",
    };

    /// <summary>Games that could not be played.</summary>
    public static FindingTable Failed(RunRecord record) => FindingTable.Of(
        "Games that failed",
        record.FailedGames,
        [
            TableColumn<Actors.Definitions.FailedGame>.Name("game", failed => FormattableString.Invariant($"{failed.Game}")),
            TableColumn<Actors.Definitions.FailedGame>.Name("seed", failed => FormattableString.Invariant($"{failed.Seed}")),
            .. TableColumn<Actors.Definitions.FailedGame>.Swept(record.Swept, failed => failed.Swept),
            TableColumn<Actors.Definitions.FailedGame>.Word("why", failed => failed.Reason),
        ]);

    private static bool IsExact(RunSummary summary) => summary.Cells.Any(cell => cell.ExpectedLoss is not null);

    private static bool HasClasses(RunSummary summary) => summary.Cells.Any(cell => cell.MacroF1 is not null);

    /// <summary>What tells cells apart.</summary>
    public static IEnumerable<TableColumn<T>> Names<T>(RunSummary summary, Func<T, CellSummary> cell) => summary.Columns.Count == 0
        ? [TableColumn<T>.Name("game", _ => "all")]
        : TableColumn<T>.Swept(summary.Columns, row => cell(row).Values);

    private static TableColumn<CellSummary> Mean(
        string name, Func<CellSummary, Moments> mean, NumberFormat format, string meaning, string unit = "") =>
        TableColumn<CellSummary>.Of(name, cell => MeanCell.Of(mean(cell), Over), format, meaning, unit);

    private static TableColumn<(CellSummary Cell, StrategySummary Strategy)> Played(
        string name, Func<StrategySummary, Moments> mean, string meaning, string unit) =>
        TableColumn<(CellSummary Cell, StrategySummary Strategy)>.Of(
            name, row => MeanCell.Of(mean(row.Strategy), Over), NumberFormat.Money, meaning, unit);

    /// <summary>A mean alone.</summary>
    private static TableColumn<(CellSummary Cell, StrategySummary Strategy)> Alone(
        string name, Func<StrategySummary, Moments> mean, string meaning) =>
        TableColumn<(CellSummary Cell, StrategySummary Strategy)>.Number(name, row => mean(row.Strategy).Mean, NumberFormat.Short, meaning);
}
