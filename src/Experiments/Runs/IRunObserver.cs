using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Progress;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Runs;

/// <summary>Whom a run tells how it begins, goes and ends.</summary>
public interface IRunObserver : IRunProgress
{
    /// <summary>A run begins, or goes on.</summary>
    void Begin(RunRecord record, string folder);

    /// <summary>Makes what people look at in a run's folder: the report and its plots.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="record">What it says of the run.</param>
    /// <param name="findings">What the run found, so far as it went.</param>
    /// <exception cref="Actors.Recording.DiskException">A file cannot be written.</exception>
    void Render(RunDirectory directory, RunRecord record, Findings findings);

    /// <summary>It ended, in whatever way.</summary>
    /// <exception cref="IOException">What is asked of the observer cannot be written.</exception>
    void End(RunOutcome outcome);
}
