using System.Text.Json.Nodes;
using Akka.Actor;
using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// The journal of one run: its plan, every episode that was played to its end, and checkpoints of those that were not. Whoever goes on with
/// the run, in another process or on another node, reads it first and plays what is missing.
/// </summary>
public sealed class RunJournal
{
    private readonly ActorSystem _system;
    private readonly string _run;
    private readonly Hello _program;
    private RunPlanned? _planned;

    private RunJournal(ActorSystem system, string run, Hello program, RunPlanned? planned) =>
        (_system, _run, _program, _planned, IsResumed) = (system, run, program, planned, planned is not null);

    /// <summary>How often a game keeps a checkpoint of the episode that it is in; null: never.</summary>
    public TimeSpan? CheckpointEvery { get; init; }

    /// <summary>Whether somebody worked on the run before.</summary>
    public bool IsResumed { get; }

    /// <summary>The games; null where the run did not get as far.</summary>
    public ExperimentPlan? Plan =>
        _planned is null ? null : new ExperimentPlan(_planned.Name, _planned.SweptPaths, _planned.Games);

    /// <summary>Why this program may not go on with the run; empty where it may.</summary>
    public IReadOnlyList<string> Differences => _planned is null ? [] : NodeIdentity.Differences(_program, _planned.Program);

    /// <summary>Opens the journal of a run, which may be empty.</summary>
    /// <param name="system">A system with a <see cref="JournalStore"/>.</param>
    /// <param name="run">The run's id; no two runs share one.</param>
    /// <param name="build">The program that opens it.</param>
    /// <param name="data">Names and checksums of the data that come with the program.</param>
    /// <param name="checkpointEvery">As in <see cref="CheckpointEvery"/>.</param>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    public static async Task<RunJournal> OpenAsync(
        ActorSystem system, string run, ProgramBuild build, IEnumerable<string> data, TimeSpan? checkpointEvery)
    {
        var planned = await AskAsync(system, run, null);
        return new RunJournal(system, run, NodeIdentity.Of(build, FLCrowdNode.Of(system).Catalog, data), planned) { CheckpointEvery = checkpointEvery };
    }

    /// <summary>Whether the run's games came from a configuration.</summary>
    public bool CameFrom(JsonObject settings) => _planned is null || JsonNode.DeepEquals(JsonNode.Parse(_planned.Settings), settings);

    /// <summary>Journals the plan; to be called once in a run's life.</summary>
    /// <exception cref="IOException">The journal cannot be written.</exception>
    public async Task KeepAsync(ExperimentPlan plan, JsonObject settings) => _planned = await AskAsync(
        _system, _run, new RunPlanned(_program, settings.ToJsonString(), plan.Name, [.. plan.SweptPaths], [.. plan.Games]));

    /// <summary>The journal of the episodes of a plan: a run of several stages has one for each.</summary>
    internal Props Episodes(int firstEpisode)
    {
        var id = Id($"episodes-{firstEpisode}");
        return Props.Create(() => new EpisodeJournal(id));
    }

    /// <summary>The checkpoints of a game.</summary>
    internal Props Checkpoints(int game)
    {
        var id = Id($"game-{game}");
        return Props.Create(() => new CheckpointStore(id));
    }

    private string Id(string part) => Id(_run, part);

    internal static string Id(string run, string part) => $"{run}/{part}";

    private static Task<RunPlanned?> AskAsync(ActorSystem system, string run, RunPlanned? plan)
    {
        var id = Id(run, "plan");
        var done = new TaskCompletionSource<RunPlanned?>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new PlanJournal(id, plan, done)));
        return done.Task;
    }
}
