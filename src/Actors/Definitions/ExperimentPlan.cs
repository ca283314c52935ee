namespace FLCrowd.Actors.Definitions;

/// <summary>What a run does: games, independent of each other, in the order of their results.</summary>
/// <param name="Name">The experiment's name.</param>
/// <param name="SweptPaths">The names of the swept columns, in the order of <see cref="GameDefinition.Swept"/>.</param>
/// <param name="Games">The games. <see cref="GameDefinition.Game"/> counts on from the first one's, which is 0 but for a plan that goes on
/// where another one of the same run ended; <see cref="GameDefinition.FirstEpisode"/> likewise.</param>
public sealed record ExperimentPlan(string Name, IReadOnlyList<string> SweptPaths, IReadOnlyList<GameDefinition> Games)
{
    /// <summary>The games, numbered as they stand, their episodes one after the other.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public IReadOnlyList<GameDefinition> Games { get; } = Numbered(Games);

    /// <summary>
    /// Whether each game is a result by itself, so that the others are played where one fails; if not, the first failure ends the run.
    /// </summary>
    public bool GoesOn { get; init; }

    /// <summary>Games that are not played, since it is known that they fail; episodes that were recorded before they did stay.</summary>
    public IReadOnlyList<FailedGame> Failed { get; init; } = [];

    /// <summary>Episodes of all games.</summary>
    public int Episodes => Games.Sum(game => game.Episodes);

    /// <summary>Training rounds of all games, replays apart.</summary>
    public long Rounds => Games.Sum(game => (long)game.Episodes * game.Learning.Protocol.Rounds);

    /// <summary>The settings by which its run asks for columns and tables that not every run has: the same in all games.</summary>
    public IReadOnlyList<string> Wanted => Games.Count == 0 ? [] : Games[0].Wanted ?? [];

    /// <summary>Number of the first episode.</summary>
    internal int FirstEpisode => Games.Count == 0 ? 0 : Games[0].FirstEpisode;

    /// <summary>The same games, ready to be played, but for those that cannot be.</summary>
    public ExperimentPlan Prepared(IReadOnlyList<GameDefinition> games, IReadOnlyList<FailedGame> failed) =>
        new(Name, SweptPaths, games) { GoesOn = GoesOn, Failed = failed };

    /// <summary>A game's name for the user.</summary>
    public string NameOf(GameDefinition game) => NameOf(game.Game, game.Seed, game.Swept);

    /// <summary>Why not all games were played, in one sentence.</summary>
    public string Describe(IReadOnlyList<FailedGame> failed)
    {
        var first = failed[0];
        return $"{failed.Count} of {Games.Count} games failed, first {NameOf(first.Game, first.Seed, first.Swept)}: {first.Reason}";
    }

    private string NameOf(int game, ulong seed, IEnumerable<string> swept)
    {
        var values = SweptPaths.Zip(swept, (path, value) => value.Length > 0 ? $"{path} = {value}" : null).OfType<string>();
        return $"game {game} ({string.Join(", ", [$"seed {seed}", .. values])})";
    }

    /// <summary>The game of a number.</summary>
    internal GameDefinition Game(int number) => Games[number - Games[0].Game];

    private static IReadOnlyList<GameDefinition> Numbered(IReadOnlyList<GameDefinition> games)
    {
        int episode = games.Count == 0 ? 0 : games[0].FirstEpisode;
        for (int index = 0; index < games.Count; index++)
        {
            int number = games[0].Game + index;
            if (games[index].Game != number || games[index].FirstEpisode != episode)
            {
                throw new ArgumentException(
                    $"game {index} must have number {number} and first episode {episode}, "
                        + $"not {games[index].Game} and {games[index].FirstEpisode}",
                    nameof(games));
            }

            episode += games[index].Episodes;
        }

        return games;
    }
}
