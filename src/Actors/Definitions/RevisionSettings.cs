using MessagePack;

namespace FLCrowd.Actors.Definitions;

/// <summary>
/// When a client may revise its action (<c>experiment.revision</c>). In episode 0 every client chooses; after that a client whose turn
/// it is not repeats its last action.
/// </summary>
/// <param name="Order">Whose turn it is.</param>
/// <param name="Turn">Episodes that a turn lasts, at least 1.</param>
/// <param name="Inertia">The probability to sit a turn out, in [0, 1).</param>
[MessagePackObject]
public sealed record RevisionSettings(
    [property: Key(0)] RevisionOrder Order = RevisionOrder.Simultaneous,
    [property: Key(1)] int Turn = 1,
    [property: Key(2)] double Inertia = 0)
{
    /// <summary>Whether every client chooses in every episode.</summary>
    [IgnoreMember]
    public bool IsAlways => Order == RevisionOrder.Simultaneous && Inertia == 0;
}

/// <summary>Whose turn it is to revise.</summary>
public enum RevisionOrder
{
    /// <summary>Every client's.</summary>
    Simultaneous,

    /// <summary>One client's after another, in client order, again and again.</summary>
    RoundRobin,

    /// <summary>One client's after another, in an order that is drawn anew each time that all had their turn.</summary>
    Random,
}
