using System.Globalization;
using System.Text.Json;
using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Games;

namespace FLCrowd.Experiments.Preparation;

/// <summary>
/// Plays pilot episodes of a game through the same actors as the game: its data, initial model and training, clients that do exactly
/// as they are told, and draws of their own.
/// </summary>
internal static class PilotPlay
{
    /// <remarks><c>played</c> is told how many episodes are played.</remarks>
    /// <returns>How each episode's final model tested, in order; the test loss is with what training adds, where that pays.</returns>
    /// <exception cref="PilotException">An episode failed.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public static async Task<IReadOnlyList<Evaluation>> PlayAsync(
        ActorSystem system, GameDefinition game, IReadOnlyList<PilotEpisode> episodes, int parallelGames,
        Action<int>? played, CancellationToken cancel)
    {
        var (evaluations, failure) = await TryPlayAsync(system, game, episodes, parallelGames, played, cancel);
        return evaluations ?? throw new PilotException(episodes.Count == 1 ? failure! : $"its {failure}");
    }

    /// <remarks><c>otherwise</c>: who reports otherwise than it is told, and how.</remarks>
    /// <returns>The same, or why an episode failed.</returns>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public static async Task<(IReadOnlyList<Evaluation>? Evaluations, string? Failure)> TryPlayAsync(
        ActorSystem system, GameDefinition game, IReadOnlyList<PilotEpisode> episodes, int parallelGames,
        Action<int>? played, CancellationToken cancel, (int Client, string Report)? otherwise = null)
    {
        var plan = new ExperimentPlan("pilot", [], [.. episodes.Select((episode, number) => Cooperative(game, episode, otherwise) with
        {
            Game = number,
            FirstEpisode = number,
        })]);
        using var finals = new FinalEvaluations(episodes.Count);
        var result = await ExperimentRunner.RunAsync(
            system, plan, finals, parallelGames, progress => played?.Invoke(progress.EpisodesRecorded), cancel);
        if (result.Status == ExperimentStatus.Completed)
        {
            // The last round is told of before the last episode is recorded.
            played?.Invoke(episodes.Count);
        }

        return result.Status switch
        {
            ExperimentStatus.Completed => (finals.Values, null),
            ExperimentStatus.Interrupted => throw new OperationCanceledException(cancel),
            _ => (null, result.Failure),
        };
    }

    /// <summary>An episode of a game, in which clients do as they are told.</summary>
    /// <param name="game">The game.</param>
    /// <param name="episode">Its draws and actions.</param>
    /// <param name="otherwise">Who reports otherwise, and how; null: nobody.</param>
    public static GameDefinition Cooperative(
        GameDefinition game, PilotEpisode episode, (int Client, string Report)? otherwise = null)
    {
        return game with
        {
            Game = 0,
            FirstEpisode = 0,
            Episodes = 1,
            Swept = [],
            DrawSeed = episode.Seed.Value,
            Incentive = new IncentiveDefinition(
                new PluginChoice("flat"),
                game.Incentive.MoneyPerLoss,
                PayoffBasis: game.Incentive.PayoffBasis == PayoffBasis.Objective ? PayoffBasis.Objective : PayoffBasis.Expected),
            Crowd = Cooperative(game.Crowd, episode.Actions, otherwise),
            Execution = game.Execution with { EvaluateEvery = 0, OnClientFailure = FailurePolicy.Fail },
            Wanted = null,
        };
    }

    /// <summary>The same clients, with the actions of the episode; clients of equal action and weight form one group.</summary>
    private static CrowdDefinition Cooperative(
        CrowdDefinition crowd, IReadOnlyList<ClientAction> actions, (int Client, string Report)? otherwise)
    {
        var weights = new double[crowd.Clients];
        foreach (var group in crowd.Groups)
        {
            foreach (var range in group.Members)
            {
                weights.AsSpan(range.First, range.Count).Fill(group.Weight);
            }
        }

        var groups = Enumerable.Range(0, crowd.Clients)
            .GroupBy(client => (
                Action: actions[client], Weight: weights[client], Report: client == otherwise?.Client ? otherwise?.Report : null))
            .Select(group => new ClientGroup(Play(group.Key.Action, group.Key.Report), [.. Ranges(group)], null, null, group.Key.Weight));

        // Below a mechanism that pays no attention to it, any batch size can be assigned.
        return crowd with { Groups = [.. groups], BatchSizes = [1] };
    }

    private static PluginChoice Play(ClientAction action, string? report)
    {
        var options = new Dictionary<string, string>
        {
            ["effort"] = action.Effort.ToString("R", CultureInfo.InvariantCulture),
            ["batch-size"] = action.BatchSize.ToString(CultureInfo.InvariantCulture),
            ["gamma"] = action.Gamma.ToString("R", CultureInfo.InvariantCulture),
        };
        if (report is not null)
        {
            options["report"] = report;
        }

        if (action.Attendance != 1)
        {
            options["attendance"] = action.Attendance.ToString("R", CultureInfo.InvariantCulture);
        }

        return new PluginChoice("fixed", JsonSerializer.Serialize(options), "pilot");
    }

    private static IEnumerable<ClientRange> Ranges(IEnumerable<int> ascending)
    {
        ClientRange? open = null;
        foreach (int client in ascending)
        {
            if (open is { } range && range.First + range.Count == client)
            {
                open = range with { Count = range.Count + 1 };
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = new ClientRange(client, 1);
        }

        yield return open!.Value;
    }

    private sealed class FinalEvaluations(int episodes) : IEpisodeSink
    {
        public Evaluation[] Values { get; } = new Evaluation[episodes];

        public void Write(RecordedEpisode episode) => Values[episode.Number] = episode.Result.Rounds[^1].Evaluation with
        {
            TestLoss = episode.Result.PaidLoss!.Value,
        };

        public void Dispose()
        {
        }
    }
}
