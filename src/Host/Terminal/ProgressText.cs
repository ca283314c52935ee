using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Reports;

namespace FLCrowd.Host.Terminal;

/// <summary>Progress in words.</summary>
internal static class ProgressText
{
    public static string Of(ExperimentProgress progress, ExperimentPlan plan, TimeSpan elapsed, string place)
    {
        double share = (double)progress.RoundsDone / plan.Rounds;
        var remaining = share > 0 ? $", {Numbers.Duration(elapsed.TotalSeconds * (1 - share) / share)} left" : "";
        return $"{Numbers.Count(progress.RoundsDone)} of {Numbers.Count(plan.Rounds)} rounds, "
            + $"{Numbers.Count(progress.EpisodesRecorded)} of {Numbers.Count(plan.Episodes)} episodes, "
            + $"{Numbers.Rate(progress.ClientUpdates / Math.Max(elapsed.TotalSeconds, 1e-3))} updates/s{remaining}{(place.Length > 0 ? $", {place}, {Numbers.Count(Cohorts(plan))} cohorts a game" : "")}";
    }

    private static int Cohorts(ExperimentPlan plan) => plan.Games.Max(game =>
        (game.Crowd.Clients + game.Execution.CohortSize - 1) / game.Execution.CohortSize);
}
