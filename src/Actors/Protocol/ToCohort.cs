using Akka.Actor;
using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>Begins an episode for a cohort: the assignments of its clients, in client order.</summary>
/// <param name="Game">The game.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Assignments">One per client of the cohort.</param>
/// <param name="Experiment">Who describes the game to a node that does not know it yet.</param>
/// <param name="Recorder">Who is told what the clients really did.</param>
/// <param name="Run">The run.</param>
/// <param name="Data">What the game's data set must hold (name and checksum); null: anything.</param>
[MessagePackObject]
public sealed record CohortAssignments(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] int Episode,
    [property: Key(3)] Assignment[] Assignments,
    [property: Key(4)] IActorRef Experiment,
    [property: Key(5)] IActorRef Recorder,
    [property: Key(6)] string Run = "",
    [property: Key(7)] string? Data = null) : IToCohort;

/// <summary>Ends an episode for a cohort: the loss f that pay is based on, and the rewards of its clients, in client order.</summary>
/// <param name="Game">The game.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="TestLoss">f.</param>
/// <param name="Rewards">One per client of the cohort.</param>
/// <param name="Run">The run.</param>
/// <param name="Excluded">As in <see cref="GlobalModel"/>.</param>
[MessagePackObject]
public sealed record CohortRewards(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] int Episode,
    [property: Key(3)] double TestLoss,
    [property: Key(4)] double[] Rewards,
    [property: Key(5)] string Run = "",
    [property: Key(6)] ClientFailure[]? Excluded = null) : IToCohort;

/// <summary>The game is over: the cohort and its clients stop.</summary>
[MessagePackObject]
public sealed record StopCohort(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] string Run = "") : IToCohort;
