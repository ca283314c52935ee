using Akka.Actor;
using FLCrowd.Actors.Recording;

namespace FLCrowd.Actors.Experiments;

/// <summary>Where a process meets the actors: runs one experiment and waits for its end.</summary>
public static class ExperimentRunner
{
    /// <summary>Runs an experiment.</summary>
    /// <param name="system">A system set up with <see cref="FLCrowdActors.WithFLCrowd"/>.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="directory">An existing directory; takes the CSV tables. Null: nothing is written.</param>
    /// <param name="parallelGames">How many games are played side by side, at least 1; results do not depend on it.</param>
    /// <param name="progress">Told after every round, from an actor's thread; may be null.</param>
    /// <param name="cancel">Interrupts the run: what is recorded stays, the task ends with <see cref="ExperimentStatus.Interrupted"/>.</param>
    /// <exception cref="IOException">The tables cannot be written.</exception>
    public static async Task<ExperimentResult> RunAsync(
        ActorSystem system,
        ExperimentPlan plan,
        string? directory,
        int parallelGames,
        Action<ExperimentProgress>? progress,
        CancellationToken cancel)
    {
        IEpisodeSink sink = directory is null ? new NullSink() : new CsvSink(directory, plan.SweptPaths);
        var done = new TaskCompletionSource<ExperimentResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var node = FLCrowdNode.Of(system);
        var experiment = system.ActorOf(Props.Create(() => new ExperimentActor(plan, node, sink, parallelGames, progress, done)));
        await using var registration = cancel.Register(() => experiment.Tell(new Interrupt()));
        return await done.Task;
    }
}
