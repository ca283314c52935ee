using Akka.Actor;
using FLCrowd.Actors.Clients;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Recording;
using FLCrowd.Host.Configuration;
using FLCrowd.Host.Regret;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Dynamics;

/// <summary>
/// Plays a dynamics experiment into one set of tables: clients learn, or get best responses, until nothing changes or the budget is used up.
/// Then the profile that is asked for is played, and the regret of the one reached is measured. What decides is a function of recorded payoffs, so
/// the run has the same bits on any number of threads and nodes, and a resumed run goes the same way again.
/// </summary>
/// <param name="catalog">All plug-ins.</param>
/// <param name="system">The actors.</param>
/// <param name="design">How it is carried out.</param>
/// <param name="plan">One game per cell of variants and grid, ready to be played.</param>
/// <param name="parallelGames">Games played side by side.</param>
/// <param name="terminal">Shows progress.</param>
/// <param name="clock">For the rate of progress.</param>
/// <param name="measured">Told what regret is measured, before it is.</param>
/// <param name="journal">The run's journal; null: none.</param>
/// <param name="cancel">Interrupts; what was recorded stays.</param>
internal sealed class DynamicsRun(
    PluginCatalog catalog,
    ActorSystem system,
    DynamicsDesign design,
    ExperimentPlan plan,
    int parallelGames,
    RunTerminal terminal,
    TimeProvider clock,
    Action<RegretDesign> measured,
    RunJournal? journal,
    CancellationToken cancel)
{
    /// <summary>What draws of the measurement are for.</summary>
    private const string Draws = "replicate";

    private readonly List<BlockDynamics> _blocks =
        [.. plan.Games.Select(game => new BlockDynamics(game, [.. game.Swept.Take(design.Swept.Count)]))];

    private ExperimentResult _result = new(ExperimentStatus.Completed, null, false, 0, 0, 0);
    private int _planned;

    /// <exception cref="IOException">The tables cannot be written.</exception>
    /// <exception cref="SettingException">A game has no payoffs of the kind asked for.</exception>
    public async Task<ExperimentResult> PlayAsync(string directory)
    {
        using (var tables = new CsvSink(directory, plan.SweptPaths))
        {
            try
            {
                await (design.Settings.Method == DynamicsMethod.Learning ? LearnAsync(tables) : RespondAsync(tables));
            }
            finally
            {
                RevisionTable.Write(directory, design.Swept, _blocks.SelectMany(block => block.Rows));
            }

            if (_result.Status == ExperimentStatus.Completed)
            {
                await MeasureAsync(tables);
            }
        }

        return _result with { EpisodesPlanned = _planned };
    }

    /// <summary>All games side by side; every episode is a revision.</summary>
    private async Task LearnAsync(CsvSink tables)
    {
        await PlayAsync(tables, [.. _blocks.Select(block => (block.Game, block))]);
        foreach (var block in _blocks.Where(block => block.Rows.Count == block.Game.Episodes))
        {
            block.End(Settling.Of(block.Profiles, design.Settings.Settled));
            Say(block, $"after {RunTerminal.Plural(block.Rows.Count, "episode")}: {block.Ending!.Text}, {block.Ending.Reached.Text}");
        }
    }

    private async Task RespondAsync(CsvSink tables)
    {
        if (design.Settings.Payoffs == DynamicsPayoffs.Exact)
        {
            // What one game lacks must not be found out when others have been played.
            _blocks.ForEach(block => ExactPayoffs.Of(block.Game, catalog).Dispose());
        }

        foreach (var block in _blocks)
        {
            await RespondAsync(tables, block);
        }
    }

    private async Task RespondAsync(CsvSink tables, BlockDynamics block)
    {
        using var exact = design.Settings.Payoffs == DynamicsPayoffs.Exact ? ExactPayoffs.Of(block.Game, catalog) : null;
        int clients = block.Game.Crowd.Clients;
        var turns = design.Turns;
        RevisionSchedule[] schedules =
            [.. Enumerable.Range(0, clients).Select(client => new RevisionSchedule(turns, new Seed(block.Game.Seed), client, clients))];
        bool repeats = turns.Order != RevisionOrder.Random && turns.Inertia == 0;
        var content = new HashSet<int>(); // asked since the last change, and stayed
        var seen = new Dictionary<(Profile, int), int>(); // at which change
        await PlayAsync(tables, [(block.Game, block)]);
        for (int revision = 1; revision <= design.Settings.Revisions && _result.Status == ExperimentStatus.Completed; revision++)
        {
            var profile = block.Profiles[^1];
            int position = turns.Order == RevisionOrder.RoundRobin ? revision / turns.Turn % clients : 0;
            int changed = block.Profiles.Count - 1;
            if (repeats && !seen.TryAdd((profile, position), changed) && seen[(profile, position)] < changed)
            {
                block.End(new Ending(EndingKind.Cycle, profile, changed - seen[(profile, position)]));
                break;
            }

            int[] asked = [.. Enumerable.Range(0, clients).Where(client => schedules[client].MayRevise(revision))];
            var responses = exact is not null ? Respond(exact, profile, asked) : await RespondAsync(tables, block, profile, asked, revision);
            if (_result.Status != ExperimentStatus.Completed)
            {
                break;
            }

            var changes = responses.Where(response => response.Gain > 0).ToList();
            if (changes.Count == 0)
            {
                content.UnionWith(asked);
                if (content.Count == clients)
                {
                    block.End(new Ending(EndingKind.FixedPoint, profile));
                    break;
                }

                continue;
            }

            content.Clear();
            var next = changes.Aggregate(profile, (changed, response) => changed.With(response.Client, response.Action));
            block.Gain = changes.Max(response => response.Gain);
            Say(block, $"revision {revision}: " + string.Join(", ", changes.Select(response =>
                $"client {response.Client} to {Profile.Describe(response.Action)} for {Reports.Numbers.Money(response.Gain)}")));
            await PlayAsync(tables, [(Fixed(block, next, DynamicsPhase.Play, revision), block)]);
        }

        if (block.Ending is null && _result.Status == ExperimentStatus.Completed)
        {
            block.End(new Ending(EndingKind.Moving, block.Profiles[^1], 0, clients - content.Count));
        }

        if (block.Ending is { } ending)
        {
            Say(block, $"{ending.Text}: {ending.Reached.Text}");
        }
    }

    private IReadOnlyList<Response> Respond(ExactPayoffs exact, Profile profile, int[] asked)
    {
        var search = new ExactResponse(
            exact, design.Deviations.Efforts, design.Deviations.BatchFactors, design.Deviations.Gammas,
            design.Settings.Search == ResponseSearch.Continuous);
        return [.. asked.Select(client =>
        {
            var (action, gain) = search.Of(client, profile);
            return new Response(client, action, gain);
        })];
    }

    /// <summary>The best of the deviations that gain more than what counts for certain; none where no deviation does.</summary>
    private async Task<IReadOnlyList<Response>> RespondAsync(CsvSink tables, BlockDynamics block, Profile profile, int[] asked, int revision)
    {
        if (asked.Length == 0)
        {
            return [];
        }

        var question = design.Search(block.Cell, revision, asked);
        var found = await MeasureAsync(tables, question, [Fixed(block, profile, DynamicsPhase.Search, revision)], "search");
        return [.. found.Single().Clients
            .Select(client => found.Single().Gains
                .Where(gain => gain.Deviation.Client == client.Client.Client && gain.Verdict == GainVerdict.Above)
                .MaxBy(gain => gain.Mean))
            .OfType<DeviationGain>()
            .Select(gain => new Response(gain.Deviation.Client, Action(gain.Deviation, block), gain.Mean))];
    }

    private static ClientAction Action(Deviation deviation, BlockDynamics block)
    {
        var learning = block.Game.Learning;
        int max = Crowd.MaxBatchSize(learning.Partition.SamplesPerClient, learning.Protocol);
        double size = Math.Round(deviation.BatchFactor * block.AssignedBatchSizes[deviation.Client]);
        return new ClientAction(deviation.Effort, (int)Math.Clamp(size, 1, max), deviation.Gamma);
    }

    private async Task MeasureAsync(CsvSink tables)
    {
        var ended = _blocks.Where(block => block.Ending is not null).ToList();
        var games = ended.Select(block => Fixed(block, block.Ending!.Reached, DynamicsPhase.Regret, 0)).ToList();
        var question = design.Measurement(ended.Zip(games, (block, game) => (block.Cell, game.Crowd)));
        measured(question);
        await ObeyAsync(tables, ended, question);
        if (_result.Status == ExperimentStatus.Completed)
        {
            await MeasureAsync(tables, question, games, Draws);
        }
    }

    /// <summary>Plays what everybody is asked to do, in the first replicates of the measurement: with the same draws.</summary>
    private async Task ObeyAsync(CsvSink tables, IReadOnlyList<BlockDynamics> blocks, RegretDesign question)
    {
        var games = blocks.SelectMany((block, index) => RegretPlan.Games(
            block.Game with { Crowd = Profile.AsAsked(block.Game.Crowd) },
            question.Blocks[index] with { Values = DynamicsDesign.Values(block.Cell, DynamicsPhase.Asked, "") },
            new RegretQuestions([], []), 0, question.Replicates, Draws)).ToList();
        terminal.Say($"as asked: {RunTerminal.Plural(games.Count, "game")}");
        var stage = RegretPlan.Numbered(plan.Name, plan.SweptPaths, games, _planned);
        var result = await terminal.FollowAsync(
            stage, clock, progress => ExperimentRunner.RunAsync(system, stage, new Listening(tables, _ => { }), parallelGames, progress, cancel, journal));
        Count(result with { EpisodesPlanned = games.Count });
    }

    private async Task<IReadOnlyList<RegretResult>> MeasureAsync(CsvSink tables, RegretDesign question, IReadOnlyList<GameDefinition> games, string draws)
    {
        var run = new RegretRun(
            system, question, RegretPlan.Numbered(plan.Name, plan.SweptPaths, games, 0), parallelGames, terminal, clock, cancel, draws);
        Count(await run.PlayAsync(tables, journal, _planned));
        return [.. run.Results];
    }

    private async Task PlayAsync(CsvSink tables, IReadOnlyList<(GameDefinition Game, BlockDynamics Block)> games)
    {
        var numbered = new List<GameDefinition>();
        var blocks = new Dictionary<int, BlockDynamics>();
        int next = _planned;
        foreach (var (game, block) in games)
        {
            int number = _planned + numbered.Count;
            numbered.Add(game with { Game = number, FirstEpisode = next });
            blocks[number] = block;
            next += game.Episodes;
        }

        var stage = new ExperimentPlan(plan.Name, plan.SweptPaths, numbered);
        var listening = new Listening(tables, episode => blocks[episode.Game.Game].Add(episode));
        var result = await terminal.FollowAsync(
            stage, clock, progress => ExperimentRunner.RunAsync(system, stage, listening, parallelGames, progress, cancel, journal));
        Count(result with { EpisodesPlanned = next - _planned });
    }

    private void Count(ExperimentResult part)
    {
        _planned += part.EpisodesPlanned ?? 0;
        _result = part with
        {
            EpisodesRecorded = _result.EpisodesRecorded + part.EpisodesRecorded,
            ClientUpdates = _result.ClientUpdates + part.ClientUpdates,
            DroppedMessages = _result.DroppedMessages + part.DroppedMessages,
        };
    }

    /// <summary>A game of a profile, one episode.</summary>
    private static GameDefinition Fixed(BlockDynamics block, Profile profile, DynamicsPhase phase, int revision) => block.Game with
    {
        Episodes = 1,
        Crowd = profile.Fix(block.Game.Crowd),
        Swept = new RegretPlay(DynamicsDesign.Values(block.Cell, phase, DynamicsDesign.Number(revision)), 0, null).Values,
    };

    private void Say(BlockDynamics block, string line) =>
        terminal.Say(block.Cell.Count == 0 ? line : $"{Sweep.Label(design.Swept, block.Cell)}, {line}");

    private sealed record Response(int Client, ClientAction Action, double Gain);

    /// <summary>Takes down episodes on their way into the tables, which stay open.</summary>
    private sealed class Listening(IEpisodeSink tables, Action<RecordedEpisode> add) : IEpisodeSink
    {
        public void Write(RecordedEpisode episode)
        {
            var whole = episode with { Clients = episode.Clients.ToList() };
            tables.Write(whole);
            add(whole);
        }

        public void Dispose()
        {
        }
    }
}
