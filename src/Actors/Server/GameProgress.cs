using FLCrowd.Actors.Recording;

namespace FLCrowd.Actors.Server;

/// <summary>Where a game begins, and where its checkpoints are.</summary>
/// <param name="FirstEpisode">The first episode, within the game, that is not recorded.</param>
/// <param name="Journal">The run's journal; null where there is none.</param>
internal sealed record GameProgress(int FirstEpisode, RunJournal? Journal)
{
    /// <summary>The beginning of a game without a journal.</summary>
    public static readonly GameProgress None = new(0, null);
}
