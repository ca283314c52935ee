using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Progress;

namespace FLCrowd.Experiments.Kinds;

/// <summary>What a run is played with.</summary>
public sealed record RunContext
{
    /// <summary>All plug-ins.</summary>
    public required PluginCatalog Catalog { get; init; }

    /// <summary>The actors.</summary>
    public required ActorSystem System { get; init; }

    /// <summary>The games of <see cref="RunCourse.Plan"/>, ready to be played.</summary>
    public required ExperimentPlan Plan { get; init; }

    /// <summary>Games played side by side, at least 1.</summary>
    public required int ParallelGames { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Told how it goes.</summary>
    public required IRunProgress Progress { get; init; }

    /// <summary>For the rate of progress.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The run's journal; null: none.</summary>
    public required RunJournal? Journal { get; init; }

    /// <summary>Keeps something in run.json that the report needs, under a name.</summary>
    public required Action<string, object> Keep { get; init; }

    /// <summary>Interrupts; what was recorded stays.</summary>
    public required CancellationToken Cancel { get; init; }

    /// <summary>Takes down what episodes lead to in expectation; null: nobody does.</summary>
    internal Expectations? Expectations { get; init; }

    /// <summary>Plays games side by side into the run's tables.</summary>
    public Task<ExperimentResult> PlayAsync(ExperimentPlan plan, IEpisodeSink tables, RunJournal? journal) => Progress.FollowAsync(
        plan, Clock,
        report => ExperimentRunner.RunAsync(
            System, plan, Expectations?.Beside(tables) ?? tables, ParallelGames, report, Cancel, journal));
}
