using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.Dynamics;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>
/// Plays a dynamics experiment into one set of tables: clients learn, or get best responses, until nothing changes or the budget is used
/// up. Then the profile that is asked for is played, and the regret of the one reached is measured. What decides is a function of recorded
/// payoffs, so the run has the same bits on any number of threads and nodes, and a resumed run goes the same way again.
/// </summary>
/// <param name="context">What it is played with: one game per cell of variants and grid.</param>
/// <param name="design">How it is carried out.</param>
internal sealed class DynamicsRun(RunContext context, DynamicsDesign design)
{
    /// <summary>What draws of the measurement are for.</summary>
    private const string Draws = "replicate";

    private readonly List<BlockDynamics> _blocks =
        [.. context.Plan.Games.Select(game => new BlockDynamics(game, [.. game.Swept.Take(design.Swept.Count)], design.Deviations))];

    /// <exception cref="IOException">The tables cannot be written.</exception>
    /// <exception cref="SettingException">A game has no payoffs of the kind asked for.</exception>
    public async Task<ExperimentResult> PlayAsync()
    {
        using var tables = new CsvSink(context.Folder, context.Plan);
        var stages = new DynamicsStages(context, tables);
        try
        {
            await (design.Settings.Method == DynamicsMethod.Learning ? LearnAsync(stages) : RespondAsync(stages));
        }
        finally
        {
            RevisionTable.Write(context.Folder, design.Swept, _blocks.SelectMany(block => block.Rows));
        }

        if (stages.AreComplete)
        {
            await MeasureAsync(stages);
        }

        return stages.Result;
    }

    /// <summary>All games side by side; every episode is a revision.</summary>
    private async Task LearnAsync(DynamicsStages stages)
    {
        await stages.PlayAsync(_blocks.Select(block => (block.Game, (BlockDynamics?)block)));
        foreach (var block in _blocks.Where(block => block.Rows.Count == block.Game.Episodes))
        {
            block.End(Settling.Of(block.Profiles, design.Settings.Settled));
            Say(block, $"after {Numbers.Plural(block.Rows.Count, "episode")}: {block.Ending!.Text}, {block.Ending.Reached.Text}");
        }
    }

    /// <summary>One game after the other.</summary>
    private async Task RespondAsync(DynamicsStages stages)
    {
        var responders = new List<IResponder>();
        try
        {
            // All before anything is played: what one game lacks must not be found out when others have been.
            foreach (var block in _blocks)
            {
                responders.Add(Responder(block, stages));
            }

            foreach (var (block, responder) in _blocks.Zip(responders))
            {
                await new BestResponses(design, block, responder, stages, line => Say(block, line)).PlayAsync();
                if (block.Ending is { } ending)
                {
                    Say(block, $"{ending.Text}: {ending.Reached.Text}");
                }
            }
        }
        finally
        {
            responders.OfType<IDisposable>().ToList().ForEach(responder => responder.Dispose());
        }
    }

    private IResponder Responder(BlockDynamics block, DynamicsStages stages) => design.Settings.Payoffs == DynamicsPayoffs.Exact
        ? new ExactResponse(
            ExactPayoffs.Of(block.Game, context.Catalog), design.Deviations.Efforts, design.Deviations.BatchFactors,
            design.Deviations.Gammas,
            design.Settings.Search == ResponseSearch.Continuous)
        : new PlayedResponder(design, block, stages);

    private async Task MeasureAsync(DynamicsStages stages)
    {
        var ended = _blocks.Where(block => block.Ending is not null).ToList();
        var games = ended.Select(block => block.GameOf(block.Ending!.Reached, DynamicsPhase.Regret, 0)).ToList();
        var question = design.Measurement(ended.Zip(games, (block, game) => (block.Cell, game)));
        context.Keep(RegretKind.Key, question);
        await ObeyAsync(stages, ended, question);
        if (!stages.AreComplete)
        {
            return;
        }

        if (!design.IsExact)
        {
            await stages.MeasureAsync(question, games, Draws);
            return;
        }

        // The profile alone is played, for what comes of it in the draws in which the one that is asked for was played.
        ExactGainsTable.Write(
            context.Folder, design.Swept, ended.Zip(question.Blocks, (block, asked) => (block.Cell, asked, Gains(block, question, asked))));
        var reached = games.SelectMany((game, index) =>
            RegretPlan.Games(game, question.Blocks[index], new RegretQuestions([], []), 0, question.Replicates, Draws,
                design.Deviations.Tried)).ToList();
        context.Progress.Say($"as reached: {Numbers.Plural(reached.Count, "game")}");
        await stages.PlayAsync(reached.Select(play => (play.Game, (BlockDynamics?)null)));
    }

    private ExactGains Gains(BlockDynamics block, RegretDesign question, RegretBlock asked)
    {
        using var payoffs = ExactPayoffs.Of(block.Game, context.Catalog);
        return payoffs.Gains(question, asked, block.Ending!.Reached);
    }

    /// <summary>Plays what everybody is asked to do, in the first replicates of the measurement: with the same draws.</summary>
    private async Task ObeyAsync(DynamicsStages stages, IReadOnlyList<BlockDynamics> blocks, RegretDesign question)
    {
        var games = blocks.SelectMany((block, index) => RegretPlan.Games(
            block.Game with { Crowd = ProfileCrowds.AsAsked(block.Game.Crowd) },
            question.Blocks[index] with { Values = DynamicsDesign.Values(block.Cell, DynamicsPhase.Asked, "") },
            new RegretQuestions([], []), 0, question.Replicates, Draws, design.Deviations.Tried)).ToList();
        context.Progress.Say($"as asked: {Numbers.Plural(games.Count, "game")}");
        await stages.PlayAsync(games.Select(play => (play.Game, (BlockDynamics?)null)));
    }

    private void Say(BlockDynamics block, string line) =>
        context.Progress.Say(block.Cell.Count == 0 ? line : $"{Sweep.Label(design.Swept, block.Cell)}, {line}");
}
