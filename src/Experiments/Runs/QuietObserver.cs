using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Runs;

/// <summary>Shows nothing and draws nothing; a start for observers that want to know some of it.</summary>
public class QuietObserver : IRunObserver
{
    /// <inheritdoc/>
    public Func<string> Place { get; set; } = () => "";

    /// <inheritdoc/>
    public virtual void Say(string line)
    {
    }

    /// <inheritdoc/>
    public virtual void Warn(string warning)
    {
    }

    /// <inheritdoc/>
    public virtual Task<ExperimentResult> FollowAsync(
        ExperimentPlan plan, TimeProvider clock, Func<Action<ExperimentProgress>, Task<ExperimentResult>> work) => work(_ => { });

    /// <inheritdoc/>
    public virtual void Begin(RunRecord record, string folder)
    {
    }

    /// <inheritdoc/>
    public virtual void Render(RunDirectory directory, RunRecord record, Findings findings)
    {
    }

    /// <inheritdoc/>
    public virtual void End(RunOutcome outcome)
    {
    }
}
