using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Kinds;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>Plays games as they turn out to be needed, stage by stage, into one set of tables; games and episodes are numbered
/// through.</summary>
/// <param name="context">What it is played with, and the run's name and columns.</param>
/// <param name="tables">The run's tables, which stay open.</param>
internal sealed class DynamicsStages(RunContext context, IEpisodeSink tables)
{
    private readonly ExperimentPlan _plan = context.Plan;
    private ExperimentResult _result = new(ExperimentStatus.Completed, null, false, 0, 0, 0);
    private int _planned;

    /// <summary>What came of all stages so far.</summary>
    public ExperimentResult Result => _result with { EpisodesPlanned = _planned };

    /// <summary>Whether all stages so far were played to their end.</summary>
    public bool AreComplete => _result.Status == ExperimentStatus.Completed;

    /// <summary>Plays games side by side; a block takes down the episodes of its game.</summary>
    public async Task PlayAsync(IEnumerable<(GameDefinition Game, BlockDynamics? Block)> games)
    {
        var numbered = new List<GameDefinition>();
        var blocks = new Dictionary<int, BlockDynamics?>();
        int next = _planned;
        foreach (var (game, block) in games)
        {
            int number = _planned + numbered.Count;
            numbered.Add(game with { Game = number, FirstEpisode = next });
            blocks[number] = block;
            next += game.Episodes;
        }

        var stage = new ExperimentPlan(_plan.Name, _plan.SweptPaths, numbered);
        var listening = new Listening(tables, episode => blocks[episode.Game.Game]?.Add(episode));
        var result = await context.PlayAsync(stage, listening, context.Journal);
        Count(result with { EpisodesPlanned = next - _planned });
    }

    /// <summary>Plays a regret experiment.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="games">The profile of each of its blocks.</param>
    /// <param name="draws">What the draws of replicates are for.</param>
    /// <returns>What was found, block by block.</returns>
    public async Task<IReadOnlyList<RegretResult>> MeasureAsync(RegretDesign question, IReadOnlyList<GameDefinition> games, string draws)
    {
        var run = new RegretRun(context, question, RegretPlan.Numbered(_plan.Name, _plan.SweptPaths, games, 0), draws);
        Count(await run.PlayAsync(tables, _planned));
        return [.. run.Results];
    }

    private void Count(ExperimentResult stage)
    {
        _planned += stage.EpisodesPlanned ?? 0;
        _result = stage with
        {
            EpisodesRecorded = _result.EpisodesRecorded + stage.EpisodesRecorded,
            ClientUpdates = _result.ClientUpdates + stage.ClientUpdates,
            DroppedMessages = _result.DroppedMessages + stage.DroppedMessages,
        };
    }

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
