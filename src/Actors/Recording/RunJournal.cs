using System.Text.Json.Nodes;
using Akka.Actor;
using Akka.Event;
using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Definitions;
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
    private KeptPlan? _kept;
    private int _failedCheckpoints;

    private RunJournal(ActorSystem system, string run, Hello program, KeptPlan? kept) =>
        (_system, _run, _program, _kept, IsResumed) = (system, run, program, kept, kept is not null);

    /// <summary>How often a game keeps a checkpoint of the episode that it is in; null: never.</summary>
    public TimeSpan? CheckpointEvery { get; init; }

    /// <summary>Whether somebody worked on the run before.</summary>
    public bool IsResumed { get; }

    /// <summary>The games; null where the run did not get as far.</summary>
    public ExperimentPlan? Plan =>
        _kept is { Plan: var planned } ? new ExperimentPlan(planned.Name, planned.SweptPaths, planned.Games) : null;

    /// <summary>Why this program may not go on with the run; empty where it may.</summary>
    public IReadOnlyList<string> Differences => _kept is null ? [] : NodeIdentity.Differences(_program, _kept.Plan.Program);

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
        var kept = await AskAsync(system, run, null);
        var program = NodeIdentity.Of(build, FLCrowdNode.Of(system).Catalog, data);
        return new RunJournal(system, run, program, kept) { CheckpointEvery = checkpointEvery };
    }

    /// <summary>Whether the run's games came from a configuration.</summary>
    public bool CameFrom(JsonObject settings) => _kept is null || JsonNode.DeepEquals(JsonNode.Parse(_kept.Plan.Settings), settings);

    /// <summary>Journals the plan; to be called once in a run's life.</summary>
    /// <exception cref="IOException">The journal cannot be written.</exception>
    public async Task KeepAsync(ExperimentPlan plan, JsonObject settings) => _kept = await AskAsync(
        _system, _run, new RunPlanned(_program, settings.ToJsonString(), plan.Name, [.. plan.SweptPaths], [.. plan.Games]));

    /// <summary>The journal of the episodes of a plan: a run of several stages has one for each.</summary>
    internal Props Episodes(int firstEpisode)
    {
        var seal = SealOf(JournalName.Episodes(firstEpisode));
        return Props.Create(() => new EpisodeJournal(seal));
    }

    /// <summary>The checkpoints of a game.</summary>
    internal Props Checkpoints(int game)
    {
        var seal = SealOf(JournalName.Checkpoints(game));
        return Props.Create(() => new CheckpointStore(seal, CheckpointFailed));
    }

    private Seal SealOf(string part) => new(_system, JournalName.Of(_run, part), _kept!.Checksum);

    /// <summary>The run goes on without checkpoints, as long as none can be written: that is said once.</summary>
    private void CheckpointFailed(Exception cause)
    {
        if (Interlocked.Increment(ref _failedCheckpoints) == 1)
        {
            Logging.GetLogger(_system, typeof(RunJournal)).Warning(
                "A checkpoint cannot be written, and of others this is not said again: {0}", cause.GetBaseException().Message);
        }
    }

    private static Task<KeptPlan?> AskAsync(ActorSystem system, string run, RunPlanned? plan)
    {
        var seal = new Seal(system, JournalName.Of(run, JournalName.Plan), []);
        var done = new TaskCompletionSource<KeptPlan?>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new PlanJournal(seal, plan, done)));
        return done.Task;
    }
}
