using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Recording;

namespace FLCrowd.Actors.Experiments;

/// <summary>Where a process meets the actors: runs one experiment and waits for its end.</summary>
public static class ExperimentRunner
{
    /// <summary>Runs an experiment.</summary>
    /// <param name="system">A system set up with <see cref="FLCrowdActors"/>.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="directory">An existing directory; takes the CSV tables. Null: nothing is written.</param>
    /// <param name="parallelGames">How many games are played side by side, at least 1; results do not depend on it.</param>
    /// <param name="progress">Told after every round, from an actor's thread; may be null.</param>
    /// <param name="cancel">Interrupts the run: what is recorded stays, the task ends with
    /// <see cref="ExperimentStatus.Interrupted"/>.</param>
    /// <param name="journal">Keeps every episode that is played to its end, and what it holds already is not played again; null:
    /// none.</param>
    /// <exception cref="IOException">The tables cannot be written.</exception>
    public static Task<ExperimentResult> RunAsync(
        ActorSystem system,
        ExperimentPlan plan,
        string? directory,
        int parallelGames,
        Action<ExperimentProgress>? progress,
        CancellationToken cancel,
        RunJournal? journal = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelGames, 1);
        var node = FLCrowdNode.Of(system);
        IEpisodeSink sink = directory is null ? new NullSink() : new CsvSink(directory, plan);
        return RunAsync(system, node, plan, sink, parallelGames, progress, cancel, journal);
    }

    /// <summary>Runs an experiment into a sink, which is disposed at the end.</summary>
    /// <inheritdoc cref="RunAsync(ActorSystem, ExperimentPlan, string, int, Action{ExperimentProgress}, CancellationToken, RunJournal)"/>
    public static Task<ExperimentResult> RunAsync(
        ActorSystem system,
        ExperimentPlan plan,
        IEpisodeSink sink,
        int parallelGames,
        Action<ExperimentProgress>? progress,
        CancellationToken cancel,
        RunJournal? journal = null) => RunAsync(system, FLCrowdNode.Of(system), plan, sink, parallelGames, progress, cancel, journal);

    /// <summary>Runs an experiment on the actors of a node, into a sink that is disposed at the end.</summary>
    internal static async Task<ExperimentResult> RunAsync(
        ActorSystem system,
        FLCrowdNode node,
        ExperimentPlan plan,
        IEpisodeSink sink,
        int parallelGames,
        Action<ExperimentProgress>? progress,
        CancellationToken cancel,
        RunJournal? journal = null)
    {
        var done = new TaskCompletionSource<ExperimentResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var experiment = system.ActorOf(Props.Create(() => new ExperimentActor(plan, node, sink, parallelGames, progress, done, journal)));
        await using var registration = cancel.Register(() => experiment.Tell(new Interrupt()));
        return await done.Task;
    }
}
