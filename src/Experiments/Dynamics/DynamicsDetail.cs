using System.Text.Json.Serialization;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>Where the clients of one cell ended, for programs: see <see cref="DynamicsBlock"/>; how stable that is says its
/// regret.</summary>
internal sealed record DynamicsDetail(
    IReadOnlyDictionary<string, string> Swept,
    string Ending,
    string Reached,
    int Revisions,
    double Effort,
    double BatchFactor,
    double Gamma,
    MeanDetail TestLoss,
    MeanDetail Accuracy,
    MeanDetail TotalReward,
    MeanDetail ServerPayoff,
    MeanDetail? AccuracyAsAsked,
    MeanDetail? TestLossAsAsked,
    double? Epsilon,
    Interval? EpsilonLimits)
{
    /// <summary>E f(w_T) of what was reached, in closed form; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeanDetail? ExpectedLoss { get; init; }

    /// <summary>The same where everybody does as asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeanDetail? ExpectedLossAsAsked { get; init; }

    /// <summary>The expected total reward of what was reached, in money.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeanDetail? ExpectedReward { get; init; }

    public static FindingDetail Of(DynamicsReport report) =>
        FindingDetail.Of("dynamics", report.Blocks.Select(block => Of(block, report.Swept)).ToArray());

    private static DynamicsDetail Of(DynamicsBlock block, IReadOnlyList<string> columns) => new(
        columns.Zip(block.Cell).ToDictionary(pair => pair.First, pair => pair.Second),
        block.Last.Ending,
        block.Last.Reached,
        block.Revisions.Count - 1,
        block.Reached.Effort,
        block.Reached.BatchFactor,
        block.Reached.Gamma,
        MeanDetail.Of(block.Reached.TestLoss),
        MeanDetail.Of(block.Reached.Accuracy),
        MeanDetail.Of(block.Reached.TotalReward),
        MeanDetail.Of(block.Reached.ServerPayoff),
        block.Asked is { } accurate ? MeanDetail.Of(accurate.Accuracy) : null,
        block.Asked is { } lossy ? MeanDetail.Of(lossy.TestLoss) : null,
        block.Epsilon,
        block.EpsilonLimits)
    {
        ExpectedLoss = Exact(block.Reached.ExpectedLoss),
        ExpectedLossAsAsked = Exact(block.Asked?.ExpectedLoss),
        ExpectedReward = Exact(block.Reached.ExpectedReward),
    };

    private static MeanDetail? Exact(Moments? moments) => moments is { } exact ? MeanDetail.Of(exact) : null;
}
