using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Population;

/// <summary>
/// Plays the games of a population experiment into one set of tables. Games that the cache knows are written as they were; between them,
/// runs of games that it does not know are played as plans that count on. Numbers are those of the whole plan, so tables do not depend on
/// what the cache holds. Where there is a cache, it is the journal of games, too: what is in it is not played again when the run is
/// resumed.
/// </summary>
/// <param name="context">What it is played with, and all games.</param>
/// <param name="cache">Games that were played before.</param>
internal sealed class PopulationRun(RunContext context, GameCache cache)
{
    private readonly ExperimentPlan _plan = context.Plan;

    /// <exception cref="IOException">The tables cannot be written.</exception>
    public async Task<ExperimentResult> PlayAsync()
    {
        var known = _plan.Games.Select(cache.Find).ToList();
        var unknown = _plan.Games.Where((_, index) => known[index] is null).ToList();
        if (unknown.Count < _plan.Games.Count)
        {
            context.Progress.Say(
                $"{Numbers.Plural(_plan.Games.Count - unknown.Count, "game")} known from before, "
                + $"{Numbers.Plural(unknown.Count, "game")} to play");
        }

        using var files = new CsvSink(context.Folder, _plan);
        var tables = context.Expectations?.Beside(files) ?? files;
        return unknown.Count == 0
            ? await PlayAsync(tables, known, _ => { })
            : await context.Progress.FollowAsync(
                new ExperimentPlan(_plan.Name, _plan.SweptPaths, PopulationPlan.Numbered(unknown)), context.Clock,
                report => PlayAsync(tables, known, report));
    }

    private async Task<ExperimentResult> PlayAsync(
        IEpisodeSink tables, List<IReadOnlyList<RecordedEpisode>?> known, Action<ExperimentProgress> report)
    {
        var result = new ExperimentResult(ExperimentStatus.Completed, null, false, 0, 0, 0);
        var before = new ExperimentProgress(0, 0, 0);
        int next = 0;
        while (next < _plan.Games.Count && result.Status == ExperimentStatus.Completed)
        {
            if (known[next] is { } episodes)
            {
                foreach (var episode in episodes)
                {
                    tables.Write(episode);
                }

                result = result with { EpisodesRecorded = result.EpisodesRecorded + episodes.Count };
                next++;
                continue;
            }

            var stretch = new ExperimentPlan(
                _plan.Name, _plan.SweptPaths, [.. _plan.Games.Skip(next).TakeWhile(game => known[game.Game] is null)]);
            var done = before;
            var part = await ExperimentRunner.RunAsync(
                context.System, stretch, new ListeningSink(tables, cache.Add), context.ParallelGames,
                now => report(new ExperimentProgress(
                    done.RoundsDone + now.RoundsDone, done.EpisodesRecorded + now.EpisodesRecorded,
                    done.ClientUpdates + now.ClientUpdates)),
                context.Cancel, cache.IsOn ? null : context.Journal);
            before = new ExperimentProgress(
                before.RoundsDone + stretch.Rounds, before.EpisodesRecorded + part.EpisodesRecorded,
                before.ClientUpdates + part.ClientUpdates);
            result = part with
            {
                EpisodesRecorded = result.EpisodesRecorded + part.EpisodesRecorded,
                ClientUpdates = result.ClientUpdates + part.ClientUpdates,
                DroppedMessages = result.DroppedMessages + part.DroppedMessages,
            };
            next += stretch.Games.Count;
        }

        return result;
    }
}
