using FLCrowd.Actors.Definitions;
using FLCrowd.Host.Dynamics;
using FLCrowd.Host.Figures;
using FLCrowd.Host.Regret;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Running;
using FLCrowd.Host.Tuning;

namespace FLCrowd.Host.Terminal;

/// <summary>What <c>--json</c> prints.</summary>
internal sealed record JsonSummary(
    string Experiment,
    RunStatus Status,
    string? Failure,
    ulong Seed,
    string? Directory,
    int EpisodesRecorded,
    long ClientUpdates,
    double UpdatesPerSecond,
    double Seconds,
    IReadOnlyList<JsonCell> Cells,
    IReadOnlyList<JsonRegret>? Regret = null,
    IReadOnlyList<JsonClaim>? Claims = null,
    IReadOnlyList<JsonDynamics>? Dynamics = null,
    IReadOnlyList<TunedStepSize>? TunedStepSizes = null,
    IReadOnlyList<JsonPopulation>? Population = null,
    IReadOnlyList<FailedGame>? FailedGames = null)
{
    public static JsonSummary Of(RunRecord record, RunSummary? summary, RunDirectory directory) => new(
        record.Experiment,
        record.Status,
        record.Failure,
        record.Seed,
        directory.Exists ? Path.GetFullPath(directory.Path) : null,
        record.EpisodesRecorded,
        record.ClientUpdates,
        record.UpdatesPerSecond,
        record.Seconds,
        [.. (summary?.Cells ?? []).Select(cell => JsonCell.Of(cell, summary!.Columns))],
        summary?.Regret is { } regret ? [.. regret.Blocks.Select(JsonRegret.Of)] : null,
        summary?.Figure is { } figure ? [.. figure.Claims.Select(JsonClaim.Of)] : null,
        summary?.Dynamics is { } dynamics ? [.. dynamics.Blocks.Select(block => JsonDynamics.Of(block, dynamics.Swept))] : null,
        record.TunedStepSizes is [_, ..] tuned ? tuned : null,
        summary?.Population is { } population ? [.. population.Blocks.Select(block => JsonPopulation.Of(block, population.Design))] : null,
        record.FailedGames is [_, ..] failed ? failed : null);
}

/// <summary>A claim of the paper in one panel.</summary>
internal sealed record JsonClaim(string Figure, string Claim, string Panel, Verdict Verdict, JsonMoments Margin, double? Low, double? High)
{
    public static JsonClaim Of(JudgedClaim claim) => new(
        claim.Claim.Figure, claim.Claim.Text, claim.Panel, claim.Verdict, JsonMoments.Of(claim.Margin),
        double.IsFinite(claim.Interval.Low) ? claim.Interval.Low : null, double.IsFinite(claim.Interval.High) ? claim.Interval.High : null);
}

/// <summary>One cell of a sweep.</summary>
internal sealed record JsonCell(
    IReadOnlyDictionary<string, string> Swept,
    int Seeds,
    JsonMoments TrainingLoss,
    JsonMoments TestLoss,
    JsonMoments Accuracy,
    JsonMoments TotalReward,
    JsonMoments Rent,
    JsonMoments ServerPayoff,
    IReadOnlyList<JsonStrategy> Strategies)
{
    public static JsonCell Of(CellSummary cell, IReadOnlyList<string> columns) => new(
        columns.Zip(cell.Values).ToDictionary(pair => pair.First, pair => pair.Second),
        cell.Seeds,
        JsonMoments.Of(cell.TrainingLoss),
        JsonMoments.Of(cell.TestLoss),
        JsonMoments.Of(cell.Accuracy),
        JsonMoments.Of(cell.TotalReward),
        JsonMoments.Of(cell.Rent),
        JsonMoments.Of(cell.ServerPayoff),
        [.. cell.Strategies.Select(strategy => new JsonStrategy(
            strategy.Strategy,
            strategy.Clients,
            JsonMoments.Of(strategy.Effort),
            JsonMoments.Of(strategy.BatchSize),
            JsonMoments.Of(strategy.Gamma),
            JsonMoments.Of(strategy.Reward),
            JsonMoments.Of(strategy.Cost),
            JsonMoments.Of(strategy.Payoff),
            JsonMoments.Of(strategy.Losing)))]);
}

/// <summary>Regret of a profile: of its measured clients, and their NashConv.</summary>
internal sealed record JsonRegret(
    string Profile, double NashConv, Interval NashConvLimits, IReadOnlyList<JsonClientRegret> Clients, IReadOnlyList<JsonCoalition> Coalitions)
{
    public static JsonRegret Of(RegretResult block) => new(block.Block.Name, block.NashConv, block.NashConvLimits, [.. block.Clients.Select(client => new JsonClientRegret(
        client.Client.Client,
        client.Client.Members,
        client.Cost,
        JsonMoments.Of(client.Payoff),
        client.PayoffLimits,
        client.Losses,
        client.LossLimits,
        client.Best.Deviation,
        new JsonMoments(client.Best.Mean, client.Best.StandardError),
        client.Fresh is { } fresh ? JsonMoments.Of(fresh) : null,
        client.Limits,
        client.Verdict))],
        [.. block.Coalitions.Select(JsonCoalition.Of)]);
}

/// <summary>A joint deviation: see <see cref="CoalitionGain"/>.</summary>
internal sealed record JsonCoalition(
    Coalition Coalition, int Replicates, JsonGain Total, JsonMoments PerMember, GainVerdict Verdict, GainVerdict Everyone, IReadOnlyList<JsonGain> Members, JsonGain? Others)
{
    public static JsonCoalition Of(CoalitionGain gain) => new(
        gain.Coalition,
        gain.Replicates,
        JsonGain.Of(gain.Total),
        JsonMoments.Of(gain.PerMember),
        gain.Verdict,
        gain.Everyone,
        [.. gain.Members.Select(member => JsonGain.Of(member.Gain, member.Client))],
        gain.Others is { } others ? JsonGain.Of(others) : null);
}

/// <summary>A mean gain, of a client or of several.</summary>
internal sealed record JsonGain(int? Client, JsonMoments Gain, Interval Limits)
{
    public static JsonGain Of(PairedMean gain, int? client = null) => new(client, JsonMoments.Of(gain.Moments), gain.Limits);
}

/// <summary>Where the clients of one cell ended: see <see cref="DynamicsBlock"/>; how stable that is says its regret.</summary>
internal sealed record JsonDynamics(
    IReadOnlyDictionary<string, string> Swept,
    string Ending,
    string Reached,
    int Revisions,
    double Effort,
    double BatchFactor,
    double Gamma,
    JsonMoments TestLoss,
    JsonMoments Accuracy,
    JsonMoments TotalReward,
    JsonMoments ServerPayoff,
    JsonMoments? AccuracyAsAsked,
    JsonMoments? TestLossAsAsked,
    double? Epsilon,
    Interval? EpsilonLimits)
{
    public static JsonDynamics Of(DynamicsBlock block, IReadOnlyList<string> columns) => new(
        columns.Zip(block.Cell).ToDictionary(pair => pair.First, pair => pair.Second),
        block.Last.Ending,
        block.Last.Reached,
        block.Revisions.Count - 1,
        block.Reached.Effort,
        block.Reached.BatchFactor,
        block.Reached.Gamma,
        JsonMoments.Of(block.Reached.TestLoss),
        JsonMoments.Of(block.Reached.Accuracy),
        JsonMoments.Of(block.Reached.TotalReward),
        JsonMoments.Of(block.Reached.ServerPayoff),
        block.Asked is { } accurate ? JsonMoments.Of(accurate.Accuracy) : null,
        block.Asked is { } lossy ? JsonMoments.Of(lossy.TestLoss) : null,
        block.Epsilon,
        block.EpsilonLimits);
}

/// <summary>Regret of one client: see <see cref="ClientRegret"/>.</summary>
internal sealed record JsonClientRegret(
    int Client,
    int Members,
    double Cost,
    JsonMoments Payoff,
    Interval PayoffLimits,
    double Losses,
    Interval LossLimits,
    Deviation Best,
    JsonMoments Gain,
    JsonMoments? FreshGain,
    Interval RegretLimits,
    GainVerdict Verdict);

/// <summary>The clients of one strategy.</summary>
internal sealed record JsonStrategy(
    string Strategy,
    double Clients,
    JsonMoments Effort,
    JsonMoments BatchSize,
    JsonMoments Gamma,
    JsonMoments Reward,
    JsonMoments Cost,
    JsonMoments Payoff,
    JsonMoments Losing);

/// <summary>A mean and its standard error; null where a number does not exist.</summary>
internal sealed record JsonMoments(double? Mean, double? StandardError)
{
    public static JsonMoments Of(Moments moments) => new(Finite(moments.Mean), Finite(moments.StandardError));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
