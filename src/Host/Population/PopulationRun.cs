using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Population;

/// <summary>
/// Plays the games of a population experiment into one set of tables. Games that the cache knows are written as they were; between them, runs of
/// games that it does not know are played as plans that count on. Numbers are those of the whole plan, so tables do not depend on what the cache
/// holds. Where there is a cache, it is the journal of games, too: what is in it is not played again when the run is resumed.
/// </summary>
/// <param name="system">The actors.</param>
/// <param name="plan">All games, ready to be played.</param>
/// <param name="cache">Games that were played before.</param>
/// <param name="parallelGames">Games played side by side.</param>
/// <param name="terminal">Shows progress.</param>
/// <param name="clock">For the rate of progress.</param>
/// <param name="journal">The run's journal; null: none.</param>
/// <param name="cancel">Interrupts; what was recorded stays.</param>
internal sealed class PopulationRun(
    ActorSystem system,
    ExperimentPlan plan,
    GameCache cache,
    int parallelGames,
    RunTerminal terminal,
    TimeProvider clock,
    RunJournal? journal,
    CancellationToken cancel)
{
    /// <exception cref="IOException">The tables cannot be written.</exception>
    public async Task<ExperimentResult> PlayAsync(string directory)
    {
        var known = plan.Games.Select(cache.Find).ToList();
        var unknown = plan.Games.Where((_, index) => known[index] is null).ToList();
        if (unknown.Count < plan.Games.Count)
        {
            terminal.Say($"{RunTerminal.Plural(plan.Games.Count - unknown.Count, "game")} known from before, {RunTerminal.Plural(unknown.Count, "game")} to play");
        }

        using var tables = new CsvSink(directory, plan.SweptPaths);
        return unknown.Count == 0
            ? await PlayAsync(tables, known, _ => { })
            : await terminal.FollowAsync(
                new ExperimentPlan(plan.Name, plan.SweptPaths, PopulationPlan.Numbered(unknown)), clock, progress => PlayAsync(tables, known, progress));
    }

    private async Task<ExperimentResult> PlayAsync(
        CsvSink tables, List<IReadOnlyList<RecordedEpisode>?> known, Action<ExperimentProgress> progress)
    {
        var result = new ExperimentResult(ExperimentStatus.Completed, null, false, 0, 0, 0);
        var before = new ExperimentProgress(0, 0, 0);
        int next = 0;
        while (next < plan.Games.Count && result.Status == ExperimentStatus.Completed)
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

            var stretch = new ExperimentPlan(plan.Name, plan.SweptPaths, [.. plan.Games.Skip(next).TakeWhile(game => known[game.Game] is null)]);
            var done = before;
            var part = await ExperimentRunner.RunAsync(
                system, stretch, new KeepingSink(tables, cache), parallelGames,
                now => progress(new ExperimentProgress(
                    done.RoundsDone + now.RoundsDone, done.EpisodesRecorded + now.EpisodesRecorded, done.ClientUpdates + now.ClientUpdates)),
                cancel, cache.IsOn ? null : journal);
            before = new ExperimentProgress(
                before.RoundsDone + stretch.Rounds, before.EpisodesRecorded + part.EpisodesRecorded, before.ClientUpdates + part.ClientUpdates);
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

    /// <summary>Keeps episodes on their way into the tables, which stay open.</summary>
    private sealed class KeepingSink(CsvSink tables, GameCache cache) : IEpisodeSink
    {
        public void Write(RecordedEpisode episode)
        {
            var whole = episode with { Clients = episode.Clients.ToList() };
            tables.Write(whole);
            cache.Add(whole);
        }

        public void Dispose()
        {
        }
    }
}
