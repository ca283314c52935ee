using FLCrowd.Actors.Definitions;

namespace FLCrowd.Actors.Experiments;

/// <summary>How a run ended.</summary>
/// <param name="Status">Whether all of it was done.</param>
/// <param name="Failure">Why not, for the user; null where nothing failed.</param>
/// <param name="IsBadInput">Whether what failed is a setting or a file of the user's, found only when it was used.</param>
/// <param name="EpisodesRecorded">Episodes in the tables.</param>
/// <param name="ClientUpdates">Local trainings that were carried out.</param>
/// <param name="DroppedMessages">Late, duplicated or foreign messages that were recognised and dropped.</param>
public sealed record ExperimentResult(
    ExperimentStatus Status, string? Failure, bool IsBadInput, int EpisodesRecorded, long ClientUpdates, long DroppedMessages)
{
    /// <summary>Games that failed while others were played, in their order.</summary>
    public IReadOnlyList<FailedGame> FailedGames { get; init; } = [];

    /// <summary>Episodes in all, of a run that plans its games as it goes; null where they were known before.</summary>
    public int? EpisodesPlanned { get; init; }
}

/// <summary>Whether a run was done to its end.</summary>
public enum ExperimentStatus
{
    /// <summary>All episodes were played and recorded.</summary>
    Completed,

    /// <summary>A game failed; what was recorded before stays.</summary>
    Failed,

    /// <summary>The user stopped the run; what was recorded before stays.</summary>
    Interrupted,
}

/// <summary>How far a run is. Reported after every round.</summary>
/// <param name="RoundsDone">Training rounds done, over all games, replays apart.</param>
/// <param name="EpisodesRecorded">Episodes in the tables.</param>
/// <param name="ClientUpdates">Local trainings carried out so far.</param>
public readonly record struct ExperimentProgress(long RoundsDone, int EpisodesRecorded, long ClientUpdates);
