using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Progress;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments.Runs;

/// <summary>Whom a run tells how it begins, goes and ends.</summary>
internal interface IRunObserver : IRunProgress
{
    /// <summary>A run begins, or goes on.</summary>
    void Begin(RunRecord record, string folder);

    /// <summary>It ended, in whatever way.</summary>
    /// <exception cref="IOException">What is asked of the observer cannot be written.</exception>
    void End(RunOutcome outcome);
}
