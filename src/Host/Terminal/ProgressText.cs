using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Host.Terminal;

/// <summary>Progress in words, on one line.</summary>
internal static class ProgressText
{
    /// <param name="progress">How far it is.</param>
    /// <param name="plan">Of what.</param>
    /// <param name="elapsed">Since it began.</param>
    /// <param name="place">Where it is played; empty: here.</param>
    /// <param name="width">How many letters fit: what matters least goes first.</param>
    public static string Of(ExperimentProgress progress, ExperimentPlan plan, TimeSpan elapsed, string place, int width)
    {
        double share = (double)progress.RoundsDone / plan.Rounds;
        (int Rank, string Text)[] parts =
        [
            (2, $"{Numbers.Count(progress.RoundsDone)} of {Numbers.Count(plan.Rounds)} rounds"),
            (1, $"{Numbers.Count(progress.EpisodesRecorded)} of {Numbers.Count(plan.Episodes)} episodes"),
            (3, $"{Numbers.Rate(progress.ClientUpdates / Math.Max(elapsed.TotalSeconds, 1e-3))} updates/s"),
            .. share > 0 ? [(0, $"{Numbers.Duration(elapsed.TotalSeconds * (1 - share) / share)} left")] : ((int, string)[])[],
            .. place.Length > 0 ? [(4, place), (5, $"{Numbers.Count(Cohorts(plan))} cohorts a game")] : ((int, string)[])[],
        ];
        for (int most = parts.Max(part => part.Rank); ; most--)
        {
            var text = string.Join(", ", parts.Where(part => part.Rank <= most).Select(part => part.Text));
            if (text.Length <= width || most == 0)
            {
                return text.Length <= width ? text : "";
            }
        }
    }

    private static int Cohorts(ExperimentPlan plan) => plan.Games.Max(game =>
        (game.Crowd.Clients + game.Execution.CohortSize - 1) / game.Execution.CohortSize);
}
