using System.Globalization;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using Spectre.Console;

namespace FLCrowd.Host.Terminal;

/// <summary>Progress where there is no terminal: a line every tenth of the way, or every five seconds.</summary>
internal static class ProgressLines
{
    private const double Step = 0.1;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static Task<ExperimentResult> FollowAsync(
        IAnsiConsole console, ExperimentPlan plan, TimeProvider clock, Func<string> place, Func<Action<ExperimentProgress>, Task<ExperimentResult>> work)
    {
        var gate = new Lock();
        long start = clock.GetTimestamp(), last = start;
        double shown = 0;
        return work(progress =>
        {
            lock (gate)
            {
                double share = (double)progress.RoundsDone / plan.Rounds;
                if (share < shown + Step && clock.GetElapsedTime(last) < Pause)
                {
                    return;
                }

                (shown, last) = (share, clock.GetTimestamp());
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100 * share,3:0} %  {ProgressText.Of(progress, plan, clock.GetElapsedTime(start), place())}"));
            }
        });
    }
}
