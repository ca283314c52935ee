using System.Globalization;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>A table of texts: the first columns are words, the others numbers.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Words">How many columns are words.</param>
/// <param name="Headers">One per column.</param>
/// <param name="Rows">The rows.</param>
internal sealed record SummaryTable(string Title, int Words, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A summary as tables, the same on the terminal and in the report.</summary>
internal static class SummaryTables
{
    private const string Loss = "0.0000";

    public static SummaryTable Outcomes(RunSummary summary) => new(
        "Outcomes",
        Math.Max(1, summary.Columns.Count),
        [.. Names(summary), "seeds", "training loss", "test loss", "accuracy", "total reward", "rent", "server payoff"],
        [.. summary.Cells.Select(cell => (IReadOnlyList<string>)[
            .. Values(cell),
            Numbers.Count(cell.Seeds),
            Numbers.Text(cell.TrainingLoss, Loss),
            Numbers.Text(cell.TestLoss, Loss),
            Numbers.Text(cell.Accuracy, Loss),
            Numbers.Text(cell.TotalReward, "0.00"),
            Numbers.Text(cell.Rent, "0.00"),
            Numbers.Text(cell.ServerPayoff, "0.00"),
        ])]);

    public static SummaryTable Strategies(RunSummary summary) => new(
        "What the clients did and got",
        Math.Max(1, summary.Columns.Count) + 1,
        [.. Names(summary), "strategy", "clients", "effort", "batch size", "gamma", "reward", "cost", "payoff", "P(payoff < 0)"],
        [.. summary.Cells.SelectMany(cell => cell.Strategies.Select(strategy => (IReadOnlyList<string>)[
            .. Values(cell),
            strategy.Strategy,
            Numbers.Count(strategy.Clients),
            Numbers.Mean(strategy.Effort),
            Numbers.Mean(strategy.BatchSize),
            Numbers.Mean(strategy.Gamma),
            Numbers.Text(strategy.Reward, "0.00"),
            Numbers.Text(strategy.Cost, "0.00"),
            Numbers.Text(strategy.Payoff, "0.00"),
            Numbers.Text(strategy.Losing, "0.00"),
        ]))]);

    /// <summary>Games that could not be played.</summary>
    public static SummaryTable Failed(RunRecord record) => new(
        "Games that failed",
        record.Swept.Count + 3,
        ["game", "seed", .. record.Swept, "why"],
        [.. record.FailedGames.Select(failed => (IReadOnlyList<string>)[
            failed.Game.ToString(CultureInfo.InvariantCulture), failed.Seed.ToString(CultureInfo.InvariantCulture), .. failed.Swept, failed.Reason])]);

    private static IEnumerable<string> Names(RunSummary summary) => summary.Columns.Count == 0 ? ["game"] : summary.Columns;

    private static IEnumerable<string> Values(CellSummary cell) => cell.Values.Count == 0 ? ["all"] : cell.Values;
}
