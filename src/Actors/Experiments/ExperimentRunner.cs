using Akka.Actor;

namespace FLCrowd.Actors.Experiments;

/// <summary>Where a process meets the actors: runs one experiment and waits for its end.</summary>
public static class ExperimentRunner
{
    /// <summary>Runs an experiment.</summary>
    /// <param name="system">A system set up with <c>WithFLCrowd</c>.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="directory">An existing directory; takes the CSV tables. Null: nothing is written.</param>
    /// <param name="parallelGames">How many games are played side by side, at least 1; results do not depend on it.</param>
    /// <param name="progress">Told after every round, from an actor's thread; may be null.</param>
    /// <param name="cancel">Interrupts the run: what is recorded stays, the task ends with <see cref="ExperimentStatus.Interrupted"/>.</param>
    public static Task<ExperimentResult> RunAsync(
        ActorSystem system, ExperimentPlan plan, string? directory, int parallelGames, Action<ExperimentProgress>? progress, CancellationToken cancel) =>
        throw new NotSupportedException();
}
