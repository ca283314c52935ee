namespace FLCrowd.Actors.Experiments;

/// <summary>What a run does: games, independent of each other, in the order of their results.</summary>
/// <param name="Name">The experiment's name.</param>
/// <param name="SweptPaths">The names of the swept columns, in the order of <see cref="GameDefinition.Swept"/>.</param>
/// <param name="Games">The games; <see cref="GameDefinition.Game"/> counts from 0, <see cref="GameDefinition.FirstEpisode"/> on.</param>
public sealed record ExperimentPlan(string Name, IReadOnlyList<string> SweptPaths, IReadOnlyList<GameDefinition> Games)
{
    /// <summary>The games, numbered as they stand, their episodes one after the other.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public IReadOnlyList<GameDefinition> Games { get; } = Numbered(Games);

    /// <summary>Episodes of all games.</summary>
    public int Episodes => Games.Sum(game => game.Episodes);

    /// <summary>Training rounds of all games, replays apart.</summary>
    public long Rounds => Games.Sum(game => (long)game.Episodes * game.Learning.Protocol.Rounds);

    private static IReadOnlyList<GameDefinition> Numbered(IReadOnlyList<GameDefinition> games)
    {
        int episodes = 0;
        for (int game = 0; game < games.Count; game++)
        {
            if (games[game].Game != game || games[game].FirstEpisode != episodes)
            {
                throw new ArgumentException(
                    $"game {game} must have number {game} and first episode {episodes}, not {games[game].Game} and {games[game].FirstEpisode}",
                    nameof(games));
            }

            episodes += games[game].Episodes;
        }

        return games;
    }
}

/// <summary>How a run ended.</summary>
/// <param name="Status">Whether all of it was done.</param>
/// <param name="Failure">Why not, for the user; null where nothing failed.</param>
/// <param name="IsBadInput">Whether what failed is a setting or a file of the user's, found only when it was used.</param>
/// <param name="EpisodesRecorded">Episodes in the tables.</param>
/// <param name="ClientUpdates">Local trainings that were carried out.</param>
/// <param name="DroppedMessages">Late, duplicated or foreign messages that were recognised and dropped.</param>
public sealed record ExperimentResult(
    ExperimentStatus Status, string? Failure, bool IsBadInput, int EpisodesRecorded, long ClientUpdates, long DroppedMessages);

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
