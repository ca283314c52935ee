using System.Globalization;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Preparation;

namespace FLCrowd.Experiments.Runs;

/// <summary>
/// Finds out how long a run would take: plays a few rounds of one of its games, with clients that do as they are told, through the same
/// actors and in memory. Other games of the run count by the samples that they train on.
/// </summary>
internal static class Rehearsal
{
    /// <summary>Long enough to be measured on a machine that does other things, too.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(0.5);

    /// <summary>Who asks what a run would take does not wait for longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The program before it holds a game: .NET, the actors and libtorch.</summary>
    private const double Program = 200e6;

    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public static async Task<RunForecast> OfAsync(PreparedRun run, PluginCatalog catalog, CancellationToken cancel)
    {
        int threads = run.Process.Threads ?? Environment.ProcessorCount;
        var plays = run.Course.Plays.ToList();
        var first = plays[0].Game;
        int parallel = (int)Math.Min(run.Process.ParallelGames ?? threads, Math.Max(1, plays.Sum(play => play.Count)));
        double? seconds = null;
        string basis;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            var (start, episode, round, rounds, hasSamples) = await MeasureAsync(first, catalog, threads, parallel, patience.Token);
            double work = Work(first, hasSamples);
            seconds = plays.Sum(play => play.Count * (start + play.Game.Episodes
                * (episode * GameMemory.Evaluated(play.Game)
                    + round * play.Game.Learning.Protocol.Rounds * Work(play.Game, hasSamples) / work))) / parallel;
            basis = string.Create(
                CultureInfo.InvariantCulture,
                $"as {rounds} rounds of the first game took, {parallel} at a time; others by the samples that they train on");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            basis = $"a few rounds of the first game take more than {Patience.TotalSeconds:0} s";
        }
        catch (InvalidOperationException e)
        {
            basis = e.Message.ReplaceLineEndings(" ");
        }

        var memory = Memory(plays.Select(play => play.Game), catalog, parallel);
        return new RunForecast(
            run.Plan.Name,
            plays.Sum(play => play.Count),
            plays.Sum(play => play.Count * play.Game.Episodes),
            plays.Sum(play => play.Count * play.Game.Episodes * (long)play.Game.Learning.Protocol.Rounds * play.Game.Crowd.Clients),
            run.Course.MayPlayMore,
            Before(run, catalog),
            seconds,
            basis,
            threads,
            memory.Values.Sum(),
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            memory);
    }

    /// <summary>Samples that a round trains on; where there are none, local steps.</summary>
    private static double Work(GameDefinition game, bool hasSamples) => game.Crowd.Clients * (double)game.Learning.Protocol.LocalSteps
        * (hasSamples ? game.Crowd.BatchSizes.DefaultIfEmpty(GameParts.StartingBatchSize).Average() : 1);

    /// <summary>Seconds of the start of a game, of an episode without its rounds (labels and a test), and of a round, when so many games
    /// are played at once.</summary>
    private static async Task<(double Start, double Episode, double Round, int Rounds, bool HasSamples)> MeasureAsync(
        GameDefinition game, PluginCatalog catalog, int threads, int parallel, CancellationToken cancel)
    {
        await using var node = await LocalNode.StartAsync(catalog, threads);
        ClientAction[] actions;
        bool hasSamples;
        using (var parts = GameParts.Of(game, catalog))
        {
            hasSamples = parts.ClassCount > 0;
            actions = [.. parts.StartingBatchSizes().Select(size => new ClientAction(Effort: 1, size, Gamma: 1))];
        }

        // What the first one takes longer is that all of it is done for the first time.
        _ = await PlayAsync(1, 1);
        double one = await PlayAsync(1, 1);
        double five = await PlayAsync(5, 1);
        int more = 1;
        double longer;
        do
        {
            more *= 4;
            longer = await PlayAsync(1, 1 + more);
        }
        while (longer - one < Enough.TotalSeconds && more < game.Learning.Protocol.Rounds);
        double round = Math.Max(0, (longer - one) / more);
        double episode = Math.Max(0, (five - one) / 4 - round);
        return (Math.Max(0, one - episode - round), episode, round, 1 + more, hasSamples);

        async Task<double> PlayAsync(int episodes, int rounds)
        {
            var plan = new ExperimentPlan("rehearsal", [], [.. Enumerable.Range(0, parallel).Select(number =>
                PilotPlay.Cooperative(game, new PilotEpisode(new Seed(game.Seed).For("rehearsal", number), actions)) with
                {
                    Game = number,
                    FirstEpisode = number * episodes,
                    Episodes = episodes,
                    Learning = game.Learning with { Protocol = game.Learning.Protocol with { Rounds = rounds } },
                })]);
            long start = TimeProvider.System.GetTimestamp();
            var result = await ExperimentRunner.RunAsync(node.System, plan, directory: null, parallel, null, cancel);
            return result.Status switch
            {
                ExperimentStatus.Completed => TimeProvider.System.GetElapsedTime(start).TotalSeconds,
                ExperimentStatus.Interrupted => throw new OperationCanceledException(cancel),
                _ => throw new InvalidOperationException($"the rehearsal failed: {result.Failure}"),
            };
        }
    }

    private static Dictionary<string, double> Memory(IEnumerable<GameDefinition> games, PluginCatalog catalog, int parallel)
    {
        var largest = games
            .DistinctBy(game => (game.Learning.Model, game.Learning.DataSet, game.Learning.Partition, game.Crowd.Clients))
            .Select(game =>
            {
                using var parts = GameParts.Of(game, catalog);
                return GameMemory.Of(game, parts, catalog.CreateAggregator(game.Learning.Aggregator) is ILinearAggregator);
            })
            .MaxBy(memory => memory.OwnTotal)!;
        return new()
        {
            ["program"] = Program,
            ["data"] = largest.Data,
            ["clients"] = parallel * largest.Clients,
            ["samples and labels"] = parallel * largest.Samples,
            ["models"] = parallel * (largest.Models + largest.Batches),
            ["tests"] = parallel * largest.Evaluations,
        };
    }

    private static string? Before(PreparedRun run, PluginCatalog catalog)
    {
        bool tuned = run.Course.Tunings.Any(tuning => tuning is not null);
        bool fitted = run.Plan.Games.DistinctBy(game => game.Incentive.Mechanism).Any(
            game => catalog.CreateMechanism(game.Incentive.Mechanism) is ISurrogateMechanism);
        return (tuned, fitted) switch
        {
            (true, true) => "the step size is tuned and the mechanism's surrogate is made, by games that are not counted here",
            (true, false) => "the step size is tuned, by games that are not counted here",
            (false, true) => "the mechanism's surrogate is made; where it is measured, by games that are not counted here",
            _ => null,
        };
    }
}
