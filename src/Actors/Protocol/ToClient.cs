using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>Begins an episode for a client: what the server desires and promises.</summary>
[MessagePackObject]
public sealed record Assign(
    [property: Key(0)] int Episode,
    [property: Key(1)] Assignment Assignment) : IToClient;

/// <summary>Begins a round: w_{t-1}. Sent once per cohort, which hands the same object to its clients.</summary>
[MessagePackObject]
public sealed record GlobalModel(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] int Episode,
    [property: Key(3)] int Round,
    [property: Key(4)] ModelVector Model) : IToCohort, IToClient;

/// <summary>Ends an episode for a client: r_i, and the loss f that it is based on (<see cref="PaymentView.TestLoss"/>).</summary>
[MessagePackObject]
public sealed record Reward(
    [property: Key(0)] int Episode,
    [property: Key(1)] double Amount,
    [property: Key(2)] double TestLoss) : IToClient;
