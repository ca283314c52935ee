using System.Collections.Immutable;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Population;

/// <summary>A row of payoffs.csv.</summary>
internal readonly record struct PayoffRow(PopulationBlock Block, ProfilePayoffs Profile, int Strategy, string Name);

/// <summary>A row of switches.csv.</summary>
internal readonly record struct SwitchRow(PopulationBlock Block, Switch Switch, string From, string To);

/// <summary>A row of rest-points.csv.</summary>
internal readonly record struct RestPointRow(PopulationBlock Block, RestPoint Point, int Number, double Basin);

/// <summary>A row of replicator.csv.</summary>
internal readonly record struct ReplicatorRow(PopulationBlock Block, int Start, double Time, ImmutableArray<double> Mixture, int? End);

/// <summary>A row of moran.csv.</summary>
internal readonly record struct MoranRow(
    PopulationBlock Block, double Intensity, string Mutant, string Resident, double Fixation, double Neutral);

/// <summary>A row of alpharank.csv.</summary>
internal readonly record struct RankRow(PopulationBlock Block, double Intensity, string Strategy, double Mass);

/// <summary>The tables of a population experiment.</summary>
internal static class PopulationSchemas
{
    public static readonly TableSchema<PayoffRow> Payoffs = new(
        "payoffs.csv", "one row per profile and strategy in it",
        SweptColumns.Of<PayoffRow>(row => row.Block.Cell),
        Column.Text<PayoffRow>("profile", "how many clients play each strategy, `7/3/0`", row => Compositions.Text(row.Profile.Counts)),
        Column.Text<PayoffRow>("strategy", "one that is played", row => row.Name),
        Column.Whole<PayoffRow>("count", "how many play it", row => row.Profile.Counts[row.Strategy]),
        Column.Measured<PayoffRow>("payoff", "money", "mean payoff of its clients, over replicates", row => Paid(row).Mean),
        Column.Measured<PayoffRow>("standard_error", "money", "of the mean", row => Paid(row).StandardError),
        Column.Whole<PayoffRow>("replicates", "how often the profile was played", row => Paid(row).Count),
        Column.Measured<PayoffRow>("training_loss", "", "mean of the profile's plays",
        row => row.Profile.Of(play => play.TrainingLoss).Mean),
        Column.Measured<PayoffRow>("test_loss", "", "likewise", row => row.Profile.Of(play => play.TestLoss).Mean),
        Column.Measured<PayoffRow>("accuracy", "", "likewise", row => row.Profile.Of(play => play.Accuracy).Mean),
        Column.Measured<PayoffRow>("total_reward", "money", "likewise", row => row.Profile.Of(play => play.TotalReward).Mean),
        Column.Measured<PayoffRow>("server_payoff", "money", "likewise", row => row.Profile.Of(play => play.ServerPayoff).Mean));

    public static readonly TableSchema<SwitchRow> Switches = new(
        "switches.csv", "one row per switch of one client",
        SweptColumns.Of<SwitchRow>(row => row.Block.Cell),
        Column.Text<SwitchRow>("profile", "the profile that it leaves", row => Compositions.Text(row.Switch.Profile)),
        Column.Text<SwitchRow>("from", "the strategy that the client leaves", row => row.From),
        Column.Text<SwitchRow>("to", "the strategy that it takes", row => row.To),
        Column.Measured<SwitchRow>("gain", "money", "mean over replicates, paired", row => row.Switch.Gain),
        Column.Measured<SwitchRow>("standard_error", "money", "of the mean", row => row.Switch.StandardError),
        Column.Measured<SwitchRow>(
            "low", "money", "lower end of an interval that holds for all switches of a table at once", row => row.Switch.Limits.Low),
        Column.Measured<SwitchRow>("high", "money", "its upper end", row => row.Switch.Limits.High),
        Column.Whole<SwitchRow>("replicates", "how often it was played", row => row.Switch.Replicates),
        Column.Text<SwitchRow>(
            "verdict", "below, above or open: where the interval is, seen from the tolerance",
            row => row.Switch.Verdict.ToString().ToLowerInvariant()));

    public static readonly TableSchema<RestPointRow> RestPoints = new(
        "rest-points.csv", "one row per rest point of the replicator equation",
        SweptColumns.Of<RestPointRow>(row => row.Block.Cell),
        Column.Whole<RestPointRow>("point", "its number, from 1", row => row.Number),
        Shares<RestPointRow>(row => row.Point.Mixture),
        Column.Measured<RestPointRow>("payoff", "money", "what everybody is paid there", row => row.Point.Payoff),
        Column.Text<RestPointRow>("stability", "what becomes of small changes", row => row.Point.Stability.ToString().ToLowerInvariant()),
        Column.Measured<RestPointRow>("basin", "", "the share of starts that end there", row => row.Basin));

    public static readonly TableSchema<ReplicatorRow> Replicator = new(
        "replicator.csv", "one row per point of a trajectory of the replicator equation",
        SweptColumns.Of<ReplicatorRow>(row => row.Block.Cell),
        Column.Whole<ReplicatorRow>("start", "the trajectory's number, from 1", row => row.Start),
        Column.Measured<ReplicatorRow>("time", "", "of the equation", row => row.Time),
        Shares<ReplicatorRow>(row => row.Mixture),
        Column.Whole<ReplicatorRow>("end", "the rest point that the trajectory ends in; empty: none", row => row.End));

    public static readonly TableSchema<MoranRow> Moran = new(
        "moran.csv", "one row per intensity of selection, mutant and resident",
        SweptColumns.Of<MoranRow>(row => row.Block.Cell),
        Column.Measured<MoranRow>("intensity", "", "a multiple of 1 / (the median size of a switch's gain)", row => row.Intensity),
        Column.Text<MoranRow>("mutant", "the strategy that one plays", row => row.Mutant),
        Column.Text<MoranRow>("resident", "the strategy that all others play", row => row.Resident),
        Column.Measured<MoranRow>("fixation", "", "the probability that the mutant takes over", row => row.Fixation),
        Column.Measured<MoranRow>("neutral", "", "1 / N, that of a mutant who is paid alike", row => row.Neutral));

    public static readonly TableSchema<RankRow> AlphaRank = new(
        "alpharank.csv", "one row per intensity of selection and strategy",
        SweptColumns.Of<RankRow>(row => row.Block.Cell),
        Column.Measured<RankRow>("intensity", "", "as in moran.csv", row => row.Intensity),
        Column.Text<RankRow>("strategy", "which", row => row.Strategy),
        Column.Measured<RankRow>("mass", "", "the share of time that all play it, in the long run", row => row.Mass));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TableSchema> All { get; } = [Payoffs, Switches, RestPoints, Replicator, Moran, AlphaRank];

    /// <summary>What its tables have besides.</summary>
    public static RunColumns Columns(IReadOnlyList<string> swept, IReadOnlyList<string> strategies) => new()
    {
        Swept = RunColumns.Texts(swept),
        Play = PopulationDesign.Declared,
        Strategies = [.. strategies.Select(strategy => new Column(strategy, ColumnType.Number))],
    };

    private static RunsColumns<TRow> Shares<TRow>(Func<TRow, ImmutableArray<double>> mixture) =>
        new(
            "(strategies)", "one column per strategy: its share", run => run.Strategies,
            row => mixture(row).Select(share => double.IsNaN(share) ? null : (object)share));

    private static Moments Paid(PayoffRow row) => row.Profile.Payoff(row.Strategy);
}
