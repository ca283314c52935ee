using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;

namespace FLCrowd.Experiments.Kinds;

/// <summary>What to run, complete and checked.</summary>
/// <param name="Kind">The kind of experiment.</param>
/// <param name="Course">How it is played.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Configuration">The whole configuration that the games came from.</param>
/// <param name="Process">How much of the machine to use.</param>
internal sealed record PreparedRun(IExperimentKind Kind, RunCourse Course, ulong Seed, JsonObject Configuration, ProcessSettings Process)
{
    public ExperimentPlan Plan => Course.Plan;

    /// <summary>Whether it has a table of who holds what.</summary>
    public bool HasHoldings { get; init; }

    /// <summary>The files that settings were read from.</summary>
    public IReadOnlyList<DataFile> Files { get; init; } = [];

    /// <summary>Games that it begins with; some kinds play more as their questions need.</summary>
    public int FirstGames => checked((int)Course.Plays.Sum(play => play.Count));

    /// <summary>Their episodes.</summary>
    public int FirstEpisodes => checked((int)Course.Plays.Sum(play => play.Count * play.Game.Episodes));
}
