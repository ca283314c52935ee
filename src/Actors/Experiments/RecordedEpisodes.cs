namespace FLCrowd.Actors.Experiments;

/// <summary>What of a game need not be played, because an earlier process of the same run recorded it.</summary>
internal static class RecordedEpisodes
{
    /// <summary>How many of the game's first episodes are recorded; a game's episodes end in order.</summary>
    public static int Of(GameDefinition game, IReadOnlySet<int> recorded) =>
        Enumerable.Range(game.FirstEpisode, game.Episodes).TakeWhile(recorded.Contains).Count();

    /// <summary>
    /// How many of the game's episodes are left out. Where clients learn from episode to episode none is: they are played for the clients'
    /// memories, and not written twice.
    /// </summary>
    public static int ToSkip(GameDefinition game, IReadOnlySet<int> recorded, PluginCatalog catalog) =>
        Of(game, recorded) is var done && done > 0 && game.Crowd.Groups.Any(group => Learns(group, catalog)) ? 0 : done;

    private static bool Learns(ClientGroup group, PluginCatalog catalog) =>
        catalog.CreateStrategy(group.Strategy, group.Members[0].First) is IStrategyMemory;
}
