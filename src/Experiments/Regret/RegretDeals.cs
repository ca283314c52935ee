using FLCrowd.Actors.Definitions;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Regret;

/// <summary>Deals: a profile is measured on the data and terms of every seed, as a run of that seed alone would.</summary>
internal static class RegretDeals
{
    /// <summary>The setting that says which they are.</summary>
    public const string SeedsKey = "experiment.seeds";

    /// <summary>Whether a section <c>experiment</c> asks for several.</summary>
    public static bool Read(Section experiment) => experiment.IsList("seeds")
        ? experiment.List("seeds").Count > 1
        : experiment.Whole("seeds", 1) > 1;

    /// <summary>The design with what tells deals apart.</summary>
    /// <param name="design">A block for every game.</param>
    /// <param name="games">The profiles' games, seeds fastest.</param>
    public static RegretDesign Of(RegretDesign design, IReadOnlyList<GameDefinition> games) => design with
    {
        Blocks = [.. design.Blocks.Zip(games, (block, game) => block with
        {
            Name = string.Join(", ", new[] { block.Name, $"seed {game.Seed}" }.Where(part => part.Length > 0)),
            Deal = game.Seed,
        })],
    };
}
