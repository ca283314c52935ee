using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Runs;

namespace FLCrowd.Host.Tests.TableFiles;

/// <summary>Shows nothing.</summary>
internal sealed class Silent : IRunObserver
{
    public Func<string> Place { get; set; } = () => "";

    public void Say(string line)
    {
    }

    public void Warn(string warning)
    {
    }

    public Task<ExperimentResult> FollowAsync(
        ExperimentPlan plan, TimeProvider clock, Func<Action<ExperimentProgress>, Task<ExperimentResult>> work) => work(_ => { });

    public void Begin(RunRecord record, string folder)
    {
    }

    public void Render(RunDirectory directory, RunRecord record, Findings findings)
    {
    }

    public void End(RunOutcome outcome)
    {
    }
}
