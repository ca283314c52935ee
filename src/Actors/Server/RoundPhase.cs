using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>Where the rounds of an episode are. Rounds count on through the replays, as in <see cref="GlobalModel"/>.</summary>
internal abstract record RoundPhase
{
    /// <summary>A round is being trained.</summary>
    /// <param name="Round">The round t.</param>
    /// <param name="Global">w_{t-1}.</param>
    /// <param name="Previous">w_{t-2}; null in the first round of an episode or replay.</param>
    public sealed record Training(int Round, ModelVector Global, ModelVector? Previous) : RoundPhase;

    /// <summary>A round is over; the next one waits for tests, or for the mechanism's look at rounds.</summary>
    /// <param name="Round">The round t; 0: none was trained yet.</param>
    /// <param name="Model">w_t.</param>
    /// <param name="Previous">w_{t-1}; null where there is none.</param>
    public sealed record Waiting(int Round, ModelVector Model, ModelVector? Previous) : RoundPhase;

    /// <summary>All rounds are over; pay waits for the open tests, and for the mechanism's look at rounds.</summary>
    public sealed record Over : RoundPhase;
}
