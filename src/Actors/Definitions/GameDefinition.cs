using MessagePack;

namespace FLCrowd.Actors.Definitions;

/// <summary>
/// One game, complete: one crowd, one mechanism, one learning problem and one seed, played for a number of episodes in which
/// the clients may learn. Any node can host a part of the game from this message alone.
/// </summary>
/// <param name="Game">The game's number within the run, from 0.</param>
/// <param name="Seed">The game's seed.</param>
/// <param name="Episodes">How many episodes are played, at least 1.</param>
/// <param name="FirstEpisode">The number, within the run, of the game's first episode: what the tables call <c>episode</c>.</param>
/// <param name="Learning">What is learned, and how.</param>
/// <param name="Incentive">How the server pays.</param>
/// <param name="Crowd">Who plays.</param>
/// <param name="Execution">How the game is carried out.</param>
/// <param name="Swept">The values that tell this game from the others of a sweep, one per swept column; empty otherwise.</param>
/// <param name="DrawSeed">The seed of what is drawn in episodes (labels, batches, strategies), where it is not
/// <paramref name="Seed"/>: games that share data and initial model and differ in their draws.</param>
/// <param name="Revision">When clients may choose anew; null: in every episode.</param>
/// <param name="PublishesPayoffs">Whether clients are told what all behaviors of the episode before paid.</param>
/// <param name="Wanted">The settings by which the run asks for more to be recorded of an episode than every run has; null: none.</param>
[MessagePackObject]
public sealed record GameDefinition(
    [property: Key(0)] int Game,
    [property: Key(1)] ulong Seed,
    [property: Key(2)] int Episodes,
    [property: Key(3)] int FirstEpisode,
    [property: Key(4)] LearningDefinition Learning,
    [property: Key(5)] IncentiveDefinition Incentive,
    [property: Key(6)] CrowdDefinition Crowd,
    [property: Key(7)] ExecutionDefinition Execution,
    [property: Key(8)] string[] Swept,
    [property: Key(9)] ulong? DrawSeed = null,
    [property: Key(10)] RevisionSettings? Revision = null,
    [property: Key(11)] bool PublishesPayoffs = false,
    [property: Key(12)] string[]? Wanted = null);

/// <summary>What is learned, and how.</summary>
/// <param name="DataSet">The data set.</param>
/// <param name="Partition">How it is dealt out.</param>
/// <param name="Model">The model.</param>
/// <param name="Aggregator">The aggregator.</param>
/// <param name="Protocol">Rounds, local steps, step size, sampling, cost basis.</param>
/// <param name="Labels">Where labels come from; null: the true ones from full effort, uniform ones from none.</param>
/// <param name="Participation">Who takes part in a round; null: all clients, in all rounds.</param>
[MessagePackObject]
public sealed record LearningDefinition(
    [property: Key(0)] PluginChoice DataSet,
    [property: Key(1)] PartitionSettings Partition,
    [property: Key(2)] PluginChoice Model,
    [property: Key(3)] PluginChoice Aggregator,
    [property: Key(4)] TrainingProtocol Protocol,
    [property: Key(5)] LabelSettings? Labels = null,
    [property: Key(6)] ParticipationSettings? Participation = null);

/// <summary>How the server pays.</summary>
/// <param name="Mechanism">The mechanism.</param>
/// <param name="MoneyPerLoss">lambda: money per unit of test loss in the server's payoff, above 0.</param>
/// <param name="Surrogate">The loss surrogate that the mechanism pays by, made before the game; null where it needs none.</param>
/// <param name="PayoffBasis">The loss that pay is based on.</param>
/// <param name="Floor">The least reward of a client that was not excluded, in money: lower ones are raised to it. Null: there is
/// none.</param>
[MessagePackObject]
public sealed record IncentiveDefinition(
    [property: Key(0)] PluginChoice Mechanism,
    [property: Key(1)] double MoneyPerLoss,
    [property: Key(2)] LossSurrogate? Surrogate = null,
    [property: Key(3)] PayoffBasis PayoffBasis = PayoffBasis.Expected,
    [property: Key(4)] double? Floor = null);

/// <summary>Who plays.</summary>
/// <param name="Clients">The number of clients N, at least 1.</param>
/// <param name="Groups">Disjoint groups that cover all clients.</param>
/// <param name="LabelingCosts">c_l: one value for all, or one per client.</param>
/// <param name="ComputationCosts">c_p: one value for all, or one per client.</param>
/// <param name="BatchSizes">D' as configured: one value for all, one per client, or empty where the mechanism finds it.</param>
/// <param name="Sizes">What counts the clients' samples; null: nothing does.</param>
[MessagePackObject]
public sealed record CrowdDefinition(
    [property: Key(0)] int Clients,
    [property: Key(1)] ClientGroup[] Groups,
    [property: Key(2)] double[] LabelingCosts,
    [property: Key(3)] double[] ComputationCosts,
    [property: Key(4)] int[] BatchSizes,
    [property: Key(5)] CrowdSizes? Sizes = null);

/// <summary>What counts the clients' samples, where something does.</summary>
/// <param name="SampleCounts">n_i: one value for all, or one per client; each at least 1.</param>
/// <param name="InWeights">Whether p_i is proportional to n_i times the weight of the client's group.</param>
/// <param name="InLabelingCosts">Whether costs of labeling are per sample: c_l is n_i times as much.</param>
[MessagePackObject]
public sealed record CrowdSizes(
    [property: Key(0)] int[] SampleCounts,
    [property: Key(1)] bool InWeights,
    [property: Key(2)] bool InLabelingCosts);

/// <summary>Clients that play the same strategy.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Members">Their indices.</param>
/// <param name="LabelingCost">Overrides c_l for these clients; null: as the crowd has it.</param>
/// <param name="ComputationCost">Overrides c_p for these clients; null: as the crowd has it.</param>
/// <param name="Weight">Relative aggregation weight of each of them, above 0; p_i is this (times n_i, where
/// <see cref="CrowdSizes.InWeights"/> says so) over the sum of all.</param>
[MessagePackObject]
public sealed record ClientGroup(
    [property: Key(0)] PluginChoice Strategy,
    [property: Key(1)] ClientRange[] Members,
    [property: Key(2)] double? LabelingCost,
    [property: Key(3)] double? ComputationCost,
    [property: Key(4)] double Weight);

/// <summary>Consecutive clients.</summary>
/// <param name="First">The first one's index.</param>
/// <param name="Count">How many, at least 1.</param>
[MessagePackObject]
public readonly record struct ClientRange([property: Key(0)] int First, [property: Key(1)] int Count);

/// <summary>How a game is carried out. Only <paramref name="CohortSize"/> and <paramref name="EvaluateEvery"/> show in results.</summary>
/// <param name="CohortSize">Clients per cohort, at least 1; sums are formed per cohort, so it may change last bits.</param>
/// <param name="ChunkSize">Clients that are trained in one vectorised call, at most; at least 1.</param>
/// <param name="EvaluateEvery">Rounds between evaluations, at least 1; 0: only the final model. Round 0 and T are in it otherwise.</param>
/// <param name="OnClientFailure">What follows when a client fails.</param>
/// <param name="ResendAfter">Wait for an answer before it is asked for again.</param>
/// <param name="GiveUpAfter">Wait for a round before the run fails.</param>
[MessagePackObject]
public sealed record ExecutionDefinition(
    [property: Key(0)] int CohortSize,
    [property: Key(1)] int ChunkSize,
    [property: Key(2)] int EvaluateEvery,
    [property: Key(3)] FailurePolicy OnClientFailure,
    [property: Key(4)] TimeSpan ResendAfter,
    [property: Key(5)] TimeSpan GiveUpAfter);

/// <summary>What follows when a client fails: a bug in its strategy, an impossible action, a model that is not finite.</summary>
public enum FailurePolicy
{
    /// <summary>The run fails with the client's and the round's name.</summary>
    Fail,

    /// <summary>The client is out for the rest of the episode and is paid nothing; the others' weights are scaled up.</summary>
    Exclude,
}
