using FLCrowd.Actors.Definitions;
using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>What a client really did and what it got for it. For the researcher, never for the server.</summary>
/// <param name="Client">The client.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Strategy">Its strategy's name.</param>
/// <param name="AssignedEffort">e'.</param>
/// <param name="AssignedBatchSize">D'.</param>
/// <param name="Action">e, D, gamma; null where the client failed before it chose.</param>
/// <param name="Reward">r_i, in money.</param>
/// <param name="Cost">What the action cost, in money.</param>
/// <param name="Failure">Why the client was excluded; null where it was not.</param>
/// <param name="SurrogatePayoff">u_hat: the action's payoff by the announced loss surrogate while all others do what they are asked;
/// null where none is announced.</param>
/// <param name="RoundsAttended">In how many rounds it trained; null in messages of older versions.</param>
[MessagePackObject]
public sealed record ClientOutcome(
    [property: Key(0)] int Client,
    [property: Key(1)] int Episode,
    [property: Key(2)] string Strategy,
    [property: Key(3)] double AssignedEffort,
    [property: Key(4)] int AssignedBatchSize,
    [property: Key(5)] ClientAction? Action,
    [property: Key(6)] double Reward,
    [property: Key(7)] double Cost,
    [property: Key(8)] string? Failure,
    [property: Key(9)] double? SurrogatePayoff = null,
    [property: Key(10)] int? RoundsAttended = null) : IToRecorder;

/// <summary>The outcomes of a cohort's clients, in client order.</summary>
/// <param name="Game">The game.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Outcomes">One per client of the cohort.</param>
/// <param name="Dropped">Late, duplicated or foreign messages that the cohort dropped since it last said so.</param>
/// <param name="Memories">What the strategies remember after the episode (<see cref="IStrategyMemory.Save"/>), one per client of the
/// cohort, null for those that remember nothing; null in messages of older versions.</param>
/// <param name="Failures">Clients that failed after they were paid, in client order; null: none.</param>
[MessagePackObject]
public sealed record CohortOutcomes(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] int Episode,
    [property: Key(3)] ClientOutcome[] Outcomes,
    [property: Key(4)] long Dropped,
    [property: Key(5)] byte[]?[]? Memories = null,
    [property: Key(6)] ClientFailure[]? Failures = null) : IToRecorder;

/// <summary>An episode as the server saw it.</summary>
/// <param name="Game">The game.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Cohorts">How many <see cref="CohortOutcomes"/> belong to the episode.</param>
/// <param name="Rounds">The evaluations, by round; the last one is that of the final model.</param>
/// <param name="TotalReward">Sum of all r_i, in money.</param>
/// <param name="ServerPayoff">u_0 = -lambda f - sum of all r_i, in money.</param>
/// <param name="PaidLoss">f, the loss that pay is based on; null in messages of versions that knew the test loss of the final model
/// only.</param>
/// <param name="Classes">How well the final model knows each class; null where the run does not ask (<see cref="TestedClasses"/>).</param>
[MessagePackObject]
public sealed record EpisodeResult(
    [property: Key(0)] int Game,
    [property: Key(1)] int Episode,
    [property: Key(2)] int Cohorts,
    [property: Key(3)] RoundEvaluation[] Rounds,
    [property: Key(4)] double TotalReward,
    [property: Key(5)] double ServerPayoff,
    [property: Key(6)] double? PaidLoss = null,
    [property: Key(7)] TestedClass[]? Classes = null) : IToRecorder;

/// <summary>The global model's quality after a round; round 0 is the initial model.</summary>
[MessagePackObject]
public readonly record struct RoundEvaluation(
    [property: Key(0)] int Round,
    [property: Key(1)] Evaluation Evaluation);
