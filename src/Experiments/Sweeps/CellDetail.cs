using System.Text.Json.Serialization;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>One cell of a sweep, for programs.</summary>
internal sealed record CellDetail(
    IReadOnlyDictionary<string, string> Swept,
    int Seeds,
    MeanDetail TrainingLoss,
    MeanDetail TestLoss,
    MeanDetail Accuracy,
    MeanDetail TotalReward,
    MeanDetail Rent,
    MeanDetail ServerPayoff,
    IReadOnlyList<StrategyDetail> Strategies)
{
    public const string Name = "cells";

    /// <summary>Null where the run did not ask for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeanDetail? MacroF1 { get; init; }

    /// <summary>E f(w_T) in closed form; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeanDetail? ExpectedLoss { get; init; }

    /// <summary>The expected total reward likewise, in money.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeanDetail? ExpectedReward { get; init; }

    /// <summary>Null where the run did not ask for them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ClassDetail>? Classes { get; init; }

    public static FindingDetail Of(RunSummary summary) =>
        FindingDetail.Of(Name, summary.Cells.Select(cell => Of(cell, summary.Columns)).ToArray());

    private static CellDetail Of(CellSummary cell, IReadOnlyList<string> columns) => new(
        columns.Zip(cell.Values).ToDictionary(pair => pair.First, pair => pair.Second),
        cell.Seeds,
        MeanDetail.Of(cell.TrainingLoss),
        MeanDetail.Of(cell.TestLoss),
        MeanDetail.Of(cell.Accuracy),
        MeanDetail.Of(cell.TotalReward),
        MeanDetail.Of(cell.Rent),
        MeanDetail.Of(cell.ServerPayoff),
        [.. cell.Strategies.Select(strategy => new StrategyDetail(
            strategy.Strategy,
            strategy.Clients,
            MeanDetail.Of(strategy.Effort),
            MeanDetail.Of(strategy.BatchSize),
            MeanDetail.Of(strategy.Gamma),
            MeanDetail.Of(strategy.Reward),
            MeanDetail.Of(strategy.Cost),
            MeanDetail.Of(strategy.Payoff),
            MeanDetail.Of(strategy.Losing)))])
    {
        MacroF1 = cell.MacroF1 is { } macro ? MeanDetail.Of(macro) : null,
        ExpectedLoss = cell.ExpectedLoss is { } loss ? MeanDetail.Of(loss) : null,
        ExpectedReward = cell.ExpectedReward is { } reward ? MeanDetail.Of(reward) : null,
        Classes = cell.Classes.Count == 0
            ? null
            : [.. cell.Classes.Select(known => new ClassDetail(
                known.Class, known.Name, known.Samples, MeanDetail.Of(known.Predicted), MeanDetail.Of(known.Recall),
                MeanDetail.Of(known.F1)))],
    };
}

/// <summary>How well a class is known.</summary>
internal sealed record ClassDetail(int Class, string Name, double Samples, MeanDetail Predicted, MeanDetail Recall, MeanDetail F1);

/// <summary>The clients of one strategy.</summary>
internal sealed record StrategyDetail(
    string Strategy,
    double Clients,
    MeanDetail Effort,
    MeanDetail BatchSize,
    MeanDetail Gamma,
    MeanDetail Reward,
    MeanDetail Cost,
    MeanDetail Payoff,
    MeanDetail Losing);
