using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>
/// Plays a regret experiment in stages into one set of tables: after each, deviations whose question is settled are played no more and
/// the others twice as often. At the end the best deviation of every client is played in replicates of its own.
/// </summary>
/// <param name="context">What it is played with.</param>
/// <param name="design">What is asked.</param>
/// <param name="profiles">One game per block, in their order, ready to be played.</param>
/// <param name="draws">What the draws of replicates are for: measurements of different names share none.</param>
internal sealed class RegretRun(RunContext context, RegretDesign design, ExperimentPlan profiles, string draws = "replicate")
{
    private readonly RegretSamples _samples = new(design);
    private ExperimentResult _result = new(ExperimentStatus.Completed, null, false, 0, 0, 0);
    private readonly TriedColumns _tried = TriedColumns.In(profiles.SweptPaths);
    private int _planned;

    /// <summary>What was found, block by block.</summary>
    public IEnumerable<RegretResult> Results => design.Blocks.Select(Result);

    /// <summary>Plays all stages, as far as they are needed. What the journal holds is not played again: it decides as it did
    /// before.</summary>
    /// <exception cref="IOException">The tables cannot be written.</exception>
    public async Task<ExperimentResult> PlayAsync()
    {
        using var tables = new CsvSink(context.Folder, profiles);
        return await PlayAsync(tables, first: 0);
    }

    /// <summary>The same as a part of a run.</summary>
    /// <param name="tables">The run's tables.</param>
    /// <param name="first">The number of the first game, and of its episode.</param>
    public async Task<ExperimentResult> PlayAsync(IEpisodeSink tables, int first)
    {
        _planned = first;
        int done = 0;
        foreach (int replicates in design.Stages())
        {
            int from = done;
            var open = design.Blocks
                .Select(block => from == 0 ? new RegretQuestions(design.Deviations(block), block.Coalitions) : Open(block))
                .ToList();
            if (!await PlayAsync(tables, $"replicates {from + 1} to {replicates}", open, from, replicates))
            {
                break;
            }

            done = replicates;
        }

        var found = await SearchAsync(tables);

        // Numbered behind all that stages could have played, so that tables tell them apart.
        await PlayAsync(
            tables, "fresh replicates", [.. design.Blocks.Select(Best)], design.MaxReplicates, design.MaxReplicates + design.Replicates);
        if (design.Search is { } search)
        {
            await PlayAsync(
                tables, "fresh replicates of what was found", found, design.FirstAttack, design.FirstAttack + search.Replicates);
        }

        return _result with { EpisodesPlanned = _planned - first };
    }

    /// <summary>Searches best responses, of all clients and profiles side by side, in the replicates of the first stage, in which the
    /// profile has been played.</summary>
    private async Task<List<RegretQuestions>> SearchAsync(IEpisodeSink tables)
    {
        if (design.Search is not { } settings)
        {
            return [];
        }

        var searches = design.Blocks
            .Select((block, i) => block.Clients
                .Select(client => new AttackSearch(settings, client.Client, new Seed(profiles.Games[i].Seed).For(draws)))
                .ToList())
            .ToList();
        for (int generation = 0; generation < settings.Generations; generation++)
        {
            var tried = searches.Select(block => Asked(block.Select(search => search.Next()))).ToList();
            if (!await PlayAsync(
                tables, $"search, generation {generation + 1} of {settings.Generations}", tried, 0, settings.Draws, hasProfile: false))
            {
                return [];
            }

            for (int i = 0; i < searches.Count; i++)
            {
                int at = i;
                searches[i].ForEach(search => search.Learn(deviation => Gain(at, deviation, settings.Draws)));
            }
        }

        var finalists = searches.Select(block => Asked(block.Select(search => search.Finalists()))).ToList();
        if (settings.Draws < design.Replicates)
        {
            await PlayAsync(tables, "search, finalists", finalists, settings.Draws, design.Replicates, hasProfile: false);
        }

        return [.. finalists.Select((questions, i) => new RegretQuestions(
            [.. questions.Deviations.GroupBy(deviation => deviation.Client)
                .Select(client => client.MaxBy(deviation => Gain(i, deviation, design.Replicates)))], []))];

        static RegretQuestions Asked(IEnumerable<IReadOnlyList<Deviation>> deviations) =>
            new([.. deviations.SelectMany(client => client)], []);
    }

    private double Gain(int block, Deviation deviation, int replicates) =>
        _samples.Of(design.Blocks[block]).Gains(deviation, 0, replicates) is { Length: > 0 } gains
            ? gains.Average()
            : double.NegativeInfinity;

    private RegretQuestions Open(RegretBlock block)
    {
        var result = Result(block);
        return new RegretQuestions(
            [.. result.Gains.Where(gain => !gain.IsSettled).Select(gain => gain.Deviation)],
            [.. result.Coalitions.Where(gain => !gain.IsSettled).Select(gain => gain.Coalition)]);
    }

    /// <summary>Coalitions are not chosen by what they gain, so nothing has to be played again.</summary>
    private RegretQuestions Best(RegretBlock block) => new([.. Result(block).Clients.Select(client => client.Best.Deviation)], []);

    private RegretResult Result(RegretBlock block) => RegretAnalysis.Of(design, block, _samples.Of(block));

    /// <returns>Whether there was something to play and all of it was played.</returns>
    private async Task<bool> PlayAsync(
        IEpisodeSink tables, string name, List<RegretQuestions> questions, int from, int to, bool hasProfile = true)
    {
        var games = questions.Count == 0 ? [] : design.Blocks
            .SelectMany((block, i) => questions[i].Count == 0
                ? []
                : RegretPlan.Games(profiles.Games[i], block, questions[i], from, to, draws, _tried, hasProfile))
            .ToList();
        if (games.Count == 0 || _result.Status != ExperimentStatus.Completed)
        {
            return false;
        }

        context.Progress.Say(
            $"{name}: {Numbers.Plural(questions.Sum(block => block.Count), "deviation")}, {Numbers.Plural(games.Count, "game")}");
        int first = _planned;
        var plan = RegretPlan.Numbered(profiles.Name, profiles.SweptPaths, games.Select(asked => asked.Game), first);
        _planned += games.Count;
        var stage = await context.PlayAsync(
            plan, new ListeningSink(tables, episode => Learn(episode, games[episode.Game.Game - first].Play)), context.Journal);
        _result = stage with
        {
            EpisodesRecorded = _result.EpisodesRecorded + stage.EpisodesRecorded,
            ClientUpdates = _result.ClientUpdates + stage.ClientUpdates,
            DroppedMessages = _result.DroppedMessages + stage.DroppedMessages,
        };
        return stage.Status == ExperimentStatus.Completed;
    }

    /// <summary>Keeps what the next stage is decided by.</summary>
    private void Learn(RecordedEpisode episode, RegretPlay play)
    {
        foreach (var client in episode.Clients)
        {
            _samples.Add(play, client.Client, client.Reward - client.Cost, client.Cost);
        }
    }
}
