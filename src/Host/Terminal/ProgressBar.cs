using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using Spectre.Console;

namespace FLCrowd.Host.Terminal;

/// <summary>Progress on a terminal: a bar, with rate and remaining time beside it.</summary>
internal static class ProgressBar
{
    public static Task<ExperimentResult> FollowAsync(
        IAnsiConsole console, ExperimentPlan plan, TimeProvider clock, Func<string> place, Func<Action<ExperimentProgress>, Task<ExperimentResult>> work) =>
        console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                var bar = context.AddTask("starting", maxValue: plan.Rounds);
                long start = clock.GetTimestamp();
                return await work(progress =>
                {
                    bar.Value = progress.RoundsDone;
                    bar.Description = ProgressText.Of(progress, plan, clock.GetElapsedTime(start), place());
                });
            });
}
