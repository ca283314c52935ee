using FLCrowd.Actors.Definitions;

namespace FLCrowd.Actors.Experiments;

/// <summary>The episodes that an earlier process of the same run recorded: they are not played again.</summary>
/// <param name="numbers">Their numbers within the run.</param>
internal sealed class RecordedEpisodes(IReadOnlySet<int> numbers)
{
    public static readonly RecordedEpisodes None = new(new HashSet<int>());

    /// <summary>How many of a game's first episodes are recorded; a game's episodes end in order.</summary>
    public int Of(GameDefinition game) => Enumerable.Range(game.FirstEpisode, game.Episodes).TakeWhile(numbers.Contains).Count();
}
