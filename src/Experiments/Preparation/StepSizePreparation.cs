using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;

namespace FLCrowd.Experiments.Preparation;

/// <summary>
/// Finds the step sizes, schedules and momentum that a run leaves to the program (<c>tuned</c>), before its surrogates and games. With
/// symmetric clients dF/dgamma_i = p_i dF/dlog(eta), so at the step size with the least loss that pays, no client gains by a small
/// misreport; with a schedule and momentum neither by one that changes as they do.
/// </summary>
internal sealed class StepSizePreparation(
    PluginCatalog catalog, ActorSystem system, int parallelGames, TimeProvider clock, CancellationToken cancel)
{
    /// <summary>Told of tunings; null: nobody.</summary>
    public PreparationProgress? Progress { get; init; }

    /// <summary>Gives every game whose step size is to be tuned the best one; games that train alike share it.</summary>
    /// <param name="plan">The games.</param>
    /// <param name="tunings">For every game: how its step size is tuned; null where it is given.</param>
    /// <returns>
    /// The games, and what was found for them; of a sweep, those for which nothing was found are among the failed ones, as long as others
    /// are left.
    /// </returns>
    /// <exception cref="SettingException">The loss has no minimum within the range.</exception>
    public async Task<(ExperimentPlan Plan, IReadOnlyList<TunedStepSize> Tuned, IReadOnlyList<TunedProtocol> Protocols)> PrepareAsync(
        ExperimentPlan plan, IReadOnlyList<StepSizeTuning?> tunings)
    {
        GameDefinition[] games = [.. plan.Games];
        var (tuned, protocols) = (new List<TunedStepSize>(), new List<TunedProtocol>());
        var alike = Enumerable.Range(0, games.Length)
            .Where(game => tunings[game] is not null)
            .GroupBy(game => (tunings[game]!, GameKey.OfTraining(games[game])))
            .ToList();
        var failures = new PreparationFailures(plan);
        foreach (var (index, same) in alike.Index())
        {
            Progress?.Begin(alike.Count > 1 ? $"tuning {index + 1} of {alike.Count}" : "tuning");
            var first = games[same.First()];
            await failures.TryAsync([.. same.Select(game => games[game])], async () =>
            {
                long start = clock.GetTimestamp();
                var protocol = first.Learning.Protocol;
                if (same.Key.Item1 is var free && free.Free != FreeParameters.None)
                {
                    (protocol, var found) = await new ProtocolSearch(free, protocol, Plays(first, free)).RunAsync(first.Crowd.Clients);
                    protocols.Add(new TunedProtocol(first.Seed, [.. same], found, Seconds(start)));
                }
                else
                {
                    var optimum = await TuneAsync(first, free);
                    protocol = protocol with { StepSize = optimum.Value };
                    tuned.Add(new TunedStepSize(first.Seed, [.. same], optimum, Seconds(start)));
                }

                foreach (int game in same)
                {
                    games[game] = With(games[game], protocol);
                }
            });
        }

        return (plan.Prepared(games, failures.Failed), tuned, protocols);
    }

    private double Seconds(long start) => Math.Round(clock.GetElapsedTime(start).TotalSeconds, 3);

    private async Task<StepSizeOptimum> TuneAsync(GameDefinition game, StepSizeTuning tuning)
    {
        var play = Plays(game, tuning);
        return await new StepSizeSearch(
            tuning, (stepSize, seeds) => play(game.Learning.Protocol with { StepSize = stepSize }, (0, seeds))).RunAsync();
    }

    /// <summary>Plays a game's cooperative episodes under any protocol.</summary>
    private ProtocolSearch.Play Plays(GameDefinition game, StepSizeTuning tuning)
    {
        ClientAction[] actions;
        using (var parts = GameParts.Of(game, catalog))
        {
            actions = [.. parts.StartingBatchSizes().Select(size => new ClientAction(Effort: 1, size, Gamma: 1))];
        }

        var draws = new Seed(game.Seed).For("step-size");
        return async (protocol, seeds, otherwise) =>
        {
            PilotEpisode[] episodes =
            [
                .. Enumerable.Range(seeds.From, seeds.To - seeds.From)
                    .Select(replicate => new PilotEpisode(draws.For("tuning", replicate), actions)),
            ];
            var (evaluations, failure) = await PilotPlay.TryPlayAsync(
                system, With(game, protocol), episodes, parallelGames, Progress?.Follow(), cancel, otherwise);
            return (evaluations?.Select(tuning.Of).ToArray(), failure);
        };
    }

    private static GameDefinition With(GameDefinition game, TrainingProtocol protocol) =>
        game with { Learning = game.Learning with { Protocol = protocol } };
}
