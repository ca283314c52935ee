using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;

namespace FLCrowd.Experiments.Preparation;

/// <summary>
/// Finds the step sizes that a run leaves to the program (<c>learning.step-size = tuned</c>), before its surrogates and games. With
/// symmetric clients dF/dgamma_i = p_i dF/dlog(eta), so at the step size with the least loss that pays, no client gains by a small
/// misreport.
/// </summary>
internal sealed class StepSizePreparation(
    PluginCatalog catalog, ActorSystem system, int parallelGames, TimeProvider clock, CancellationToken cancel)
{
    /// <summary>Gives every game whose step size is to be tuned the best one; games that train alike share it.</summary>
    /// <param name="plan">The games.</param>
    /// <param name="tunings">For every game: how its step size is tuned; null where it is given.</param>
    /// <returns>
    /// The games, and what was found for them; of a sweep, those for which nothing was found are among the failed ones, as long as others
    /// are left.
    /// </returns>
    /// <exception cref="SettingException">The loss has no minimum within the range.</exception>
    public async Task<(ExperimentPlan Plan, IReadOnlyList<TunedStepSize> Tuned)> PrepareAsync(
        ExperimentPlan plan, IReadOnlyList<StepSizeTuning?> tunings)
    {
        GameDefinition[] games = [.. plan.Games];
        var tuned = new List<TunedStepSize>();
        var alike = Enumerable.Range(0, games.Length)
            .Where(game => tunings[game] is not null)
            .GroupBy(game => (tunings[game]!, GameKey.OfTraining(games[game])));
        var failures = new PreparationFailures(plan);
        foreach (var same in alike)
        {
            var first = games[same.First()];
            await failures.TryAsync([.. same.Select(game => games[game])], async () =>
            {
                long start = clock.GetTimestamp();
                var optimum = await TuneAsync(first, same.Key.Item1);
                foreach (int game in same)
                {
                    games[game] = WithStepSize(games[game], optimum.Value);
                }

                tuned.Add(new TunedStepSize(first.Seed, [.. same], optimum, Math.Round(clock.GetElapsedTime(start).TotalSeconds, 3)));
            });
        }

        return (plan.Prepared(games, failures.Failed), tuned);
    }

    private async Task<StepSizeOptimum> TuneAsync(GameDefinition game, StepSizeTuning tuning)
    {
        ClientAction[] actions;
        using (var parts = GameParts.Of(game, catalog))
        {
            actions = [.. parts.StartingBatchSizes().Select(size => new ClientAction(Effort: 1, size, Gamma: 1))];
        }

        var draws = new Seed(game.Seed).For("step-size");
        return await new StepSizeSearch(tuning, async (stepSize, seeds) =>
        {
            PilotEpisode[] episodes =
                [.. Enumerable.Range(0, seeds).Select(replicate => new PilotEpisode(draws.For("tuning", replicate), actions))];
            var (evaluations, failure) = await PilotPlay.TryPlayAsync(
                system, WithStepSize(game, stepSize), episodes, parallelGames, cancel);
            return (evaluations?.Select(tuning.Of).ToArray(), failure);
        }).RunAsync();
    }

    private static GameDefinition WithStepSize(GameDefinition game, double stepSize) =>
        game with { Learning = game.Learning with { Protocol = game.Learning.Protocol with { StepSize = stepSize } } };
}
