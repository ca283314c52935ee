using System.Text.Json.Serialization;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Population;

/// <summary>The population of one cell, for programs: its payoff table, and where populations tend to; only the table where it is not
/// complete.</summary>
internal sealed record PopulationDetail(
    IReadOnlyDictionary<string, string> Swept,
    IReadOnlyList<string> Strategies,
    IReadOnlyList<ProfileDetail> Profiles,
    IReadOnlyList<RestPointDetail>? RestPoints,
    IReadOnlyList<EvolutionDetail>? Evolution)
{
    public static FindingDetail Of(PopulationReport report) =>
        FindingDetail.Of("population", report.Blocks.Select(block => Of(block, report.Design)).ToArray());

    private static PopulationDetail Of(PopulationBlock block, PopulationDesign design) => new(
        design.Swept.Zip(block.Cell).ToDictionary(pair => pair.First, pair => pair.Second),
        design.Strategies,
        [.. block.Profiles.Select(profile => ProfileDetail.Of(block, profile, design))],
        block.Analysis is { } analysis
            ? [.. analysis.RestPoints.Select(
                (rest, index) => new RestPointDetail([.. rest.Mixture], rest.Payoff, rest.Stability, analysis.Basin(index)))]
            : null,
        block.Analysis is null ? null : [.. block.Analysis.Evolution.Select(evolution => new EvolutionDetail(
            evolution.Intensity,
            [.. evolution.Rank],
            [.. evolution.Fixation.Select(row => row.Select(value => double.IsNaN(value) ? (double?)null : value).ToArray())]))]);
}

/// <summary>A profile: what each strategy is paid (null where nobody plays it), and the switch of one client that gains the most.</summary>
internal sealed record ProfileDetail(
    int[] Counts,
    IReadOnlyList<MeanDetail?> Payoffs,
    MeanDetail TestLoss,
    MeanDetail Accuracy,
    MeanDetail TotalReward,
    MeanDetail ServerPayoff,
    GainVerdict? Verdict,
    string? From,
    string? To,
    double? Gain,
    double? Low,
    double? High)
{
    /// <summary>What each strategy is paid in closed form, in money; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double?>? ExactPayoffs { get; init; }

    public static ProfileDetail Of(PopulationBlock block, ProfilePayoffs profile, PopulationDesign design) => Of(
        profile, block.Analysis?.Profiles.Single(stability => stability.Profile.SequenceEqual(profile.Counts)), design) with
    {
        ExactPayoffs = block.Exact is { } exact
            ? [.. profile.Counts.Select((_, strategy) => exact.Payoff(profile.Counts, strategy))]
            : null,
    };

    private static ProfileDetail Of(ProfilePayoffs profile, ProfileStability? stability, PopulationDesign design) => new(
        [.. profile.Counts],
        [.. profile.Counts.Select((count, strategy) => count > 0 ? MeanDetail.Of(profile.Payoff(strategy)) : null)],
        MeanDetail.Of(profile.Of(play => play.TestLoss)),
        MeanDetail.Of(profile.Of(play => play.Accuracy)),
        MeanDetail.Of(profile.Of(play => play.TotalReward)),
        MeanDetail.Of(profile.Of(play => play.ServerPayoff)),
        stability?.Verdict,
        stability is null ? null : design.Strategies[stability.Best.From],
        stability is null ? null : design.Strategies[stability.Best.To],
        stability?.Best.Gain,
        stability?.Best.Limits.Low is { } low && double.IsFinite(low) ? low : null,
        stability?.Best.Limits.High is { } high && double.IsFinite(high) ? high : null);
}

/// <summary>A rest point of the replicator equation, and the share of starts that end in it.</summary>
internal sealed record RestPointDetail(double[] Shares, double Payoff, Stability Stability, double Basin);

/// <summary>Alpha-rank, and fixation probabilities: of a mutant (row) among residents (column).</summary>
internal sealed record EvolutionDetail(double Intensity, double[] AlphaRank, double?[][] Fixation);
