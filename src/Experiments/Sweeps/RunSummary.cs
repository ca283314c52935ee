using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Kinds;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>What came out of a run: one entry per cell of its sweep.</summary>
/// <param name="Columns">The swept columns.</param>
/// <param name="Cells">The cells, in the order of the run.</param>
public sealed record RunSummary(IReadOnlyList<string> Columns, IReadOnlyList<CellSummary> Cells);

/// <summary>
/// One cell, by its values of the swept columns: means over its seeds (games) of means over episodes; its strategies in the order of
/// their first clients; and how training went, by round.
/// </summary>
public sealed record CellSummary(
    IReadOnlyList<string> Values,
    int Seeds,
    Moments TrainingLoss,
    Moments TestLoss,
    Moments Accuracy,
    Moments TotalReward,
    Moments Rent,
    Moments ServerPayoff,
    IReadOnlyList<StrategySummary> Strategies,
    IReadOnlyList<CurvePoint> Curve)
{
    /// <summary>Mean e over all clients.</summary>
    public Moments Effort { get; init; } = new(0, double.NaN, double.NaN);

    /// <summary>The mean of F1 over classes; null where the run did not ask for it.</summary>
    public Moments? MacroF1 { get; init; }

    /// <summary>E f(w_T) for the actions that were played, in closed form; null where there is none.</summary>
    public Moments? ExpectedLoss { get; init; }

    /// <summary>The expected total reward likewise, in money.</summary>
    public Moments? ExpectedReward { get; init; }

    /// <summary>How well the final models know each class; empty where the run did not ask for it.</summary>
    public IReadOnlyList<ClassSummary> Classes { get; init; } = [];

    /// <summary>The cell's name in tables and legends.</summary>
    public string Label(IReadOnlyList<string> columns) => Values.Count == 0
        ? "all"
        : Sweep.Label(columns, Values);
}

/// <summary>
/// What the clients of one strategy did and got: means over clients and episodes, then over seeds. <paramref name="Losing"/> is
/// P(payoff &lt; 0), the share of clients and episodes for which individual rationality fails.
/// </summary>
public sealed record StrategySummary(
    string Strategy,
    double Clients,
    Moments Effort,
    Moments BatchSize,
    Moments Gamma,
    Moments Reward,
    Moments Cost,
    Moments Payoff,
    Moments Losing);

/// <summary>How well final models know a class: means over episodes, then over seeds.</summary>
/// <param name="Class">Its number.</param>
/// <param name="Name">What it is called; may be empty.</param>
/// <param name="Samples">Test samples of it.</param>
/// <param name="Predicted">Test samples that are taken for it.</param>
/// <param name="Recall">The share of its samples that are taken for it.</param>
/// <param name="F1">The harmonic mean of recall and precision.</param>
public sealed record ClassSummary(int Class, string Name, double Samples, Moments Predicted, Moments Recall, Moments F1)
{
    /// <summary>What people read.</summary>
    public string Label => Name.Length > 0 ? Name : FormattableString.Invariant($"{Class}");
}

/// <summary>The global model after a round.</summary>
public sealed record CurvePoint(int Round, Moments TrainingLoss, Moments TestLoss, Moments Accuracy);
