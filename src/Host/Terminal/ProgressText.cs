using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Reports;

namespace FLCrowd.Host.Terminal;

/// <summary>Progress in words.</summary>
internal static class ProgressText
{
    public static string Of(ExperimentProgress progress, ExperimentPlan plan, TimeSpan elapsed)
    {
        double share = (double)progress.RoundsDone / plan.Rounds;
        var remaining = share > 0 ? $", {Numbers.Duration(elapsed.TotalSeconds * (1 - share) / share)} left" : "";
        return $"{Numbers.Count(progress.RoundsDone)} of {Numbers.Count(plan.Rounds)} rounds, "
            + $"{Numbers.Count(progress.EpisodesRecorded)} of {Numbers.Count(plan.Episodes)} episodes, "
            + $"{Numbers.Rate(progress.ClientUpdates / Math.Max(elapsed.TotalSeconds, 1e-3))} updates/s{remaining}";
    }
}
