using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>Begins an episode for a client: what the server desires and promises.</summary>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Assignment">What is asked, and its terms.</param>
/// <param name="Published">What the experiment publishes of the episode before; null: nothing.</param>
[MessagePackObject]
public sealed record Assign(
    [property: Key(0)] int Episode,
    [property: Key(1)] Assignment Assignment,
    [property: Key(2)] PublishedPayoff[]? Published = null) : IToClient;

/// <summary>Begins a round: w_{t-1}. Sent once per cohort, which hands the same object to its clients.</summary>
/// <param name="Game">The game.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Round">The round t, from 1; round k T + t is round t of the episode's k-th replay.</param>
/// <param name="Model">w_{t-1}.</param>
/// <param name="Without">In a replay, the client that sits out; null in the episode itself.</param>
/// <param name="WantsReports">Whether the server needs the reports beside their sum.</param>
/// <param name="Run">The run.</param>
/// <param name="Excluded">The cohort's clients that failed earlier in the episode, in client order, for a cohort that moved since; null:
/// none.</param>
/// <param name="Previous">w_{t-2}, for clients that report by it; null in the first round of an episode or replay.</param>
[MessagePackObject]
public sealed record GlobalModel(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] int Episode,
    [property: Key(3)] int Round,
    [property: Key(4)] ModelVector Model,
    [property: Key(5)] int? Without = null,
    [property: Key(6)] bool WantsReports = false,
    [property: Key(7)] string Run = "",
    [property: Key(8)] ClientFailure[]? Excluded = null,
    [property: Key(9)] ModelVector? Previous = null) : IToCohort, IToClient;

/// <summary>Ends an episode for a client: r_i, and the loss f that it is based on (<see cref="PaymentView.TestLoss"/>).</summary>
[MessagePackObject]
public sealed record Reward(
    [property: Key(0)] int Episode,
    [property: Key(1)] double Amount,
    [property: Key(2)] double TestLoss) : IToClient;
