using System.Globalization;
using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;
using FLCrowd.Actors.Watching;

namespace FLCrowd.Actors.Clients;

/// <summary>
/// One client: plays its strategy's action, with its own memory. What a plug-in's code does wrong is reported as this client's failure.
/// Messages that do not fit its episode and its round are counted and dropped.
/// </summary>
internal sealed class ClientActor : UntypedActor
{
    private readonly HostedGame _game;
    private readonly GuardedStrategy _strategy;
    private readonly IActorRef _trainer;
    private readonly int _client;
    private readonly ClientCosts _costs;

    /// <summary>The episode; null before the first one.</summary>
    private ClientEpisode? _episode;

    /// <summary>What the trainer was asked for and has not answered; null: nothing.</summary>
    private TrainLocally? _awaited;

    /// <summary>What goes on once the strategy has prepared; null: nothing.</summary>
    private Prepared? _next;
    private long _dropped;

    /// <param name="game">The game.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="client">The client's index.</param>
    /// <param name="trainer">Who trains it.</param>
    /// <param name="memory">What its strategy remembers of earlier episodes, where it played them elsewhere; null: nothing.</param>
    public ClientActor(HostedGame game, PluginCatalog catalog, int client, IActorRef trainer, byte[]? memory = null)
    {
        _game = game;
        _strategy = new GuardedStrategy(game, catalog, client, memory);
        _client = client;
        _trainer = trainer;
        _costs = game.Crowd.CostsOf(client);
    }

    /// <summary>Without the handlers that a <see cref="ReceiveActor"/> would put together for each of a million clients.</summary>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GlobalModel model:
                OnGlobalModel(model);
                break;
            case Trained trained:
                OnTrained(trained);
                break;
            case Assign assign:
                OnAssign(assign);
                break;
            case Reward reward:
                OnReward(reward);
                break;
            case Prepared prepared:
                if (ReferenceEquals(prepared, _next))
                {
                    _next = null;
                    prepared.Go();
                }

                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private TrainingProtocol Protocol => _game.Definition.Learning.Protocol;

    private Seat Cohort => Seat.Cohort(_game.Layout.CohortOf(_client));

    private void OnAssign(Assign assign)
    {
        Saw(Cohort, assign);
        (_awaited, _episode) = (null, null);
        After(_strategy.PrepareChoice(() => View(assign)), () => Choose(assign));
    }

    private void Choose(Assign assign)
    {
        (var action, string? failure) = _strategy.Choose(() => View(assign));
        if (action is { } chosen)
        {
            After(_strategy.PrepareLabels(assign.Episode, chosen.Effort), () => Label(assign, chosen));
        }
        else
        {
            Begin(assign, null, null, failure);
        }
    }

    private void Label(Assign assign, ClientAction chosen)
    {
        var (labels, failure) = _strategy.Label(assign.Episode, chosen.Effort);
        Begin(assign, chosen, labels, failure);
    }

    private void Begin(Assign assign, ClientAction? action, ClientLabels? labels, string? failure)
    {
        _episode = new ClientEpisode
        {
            Number = assign.Episode,
            Assignment = assign.Assignment,
            Action = action,
            Labels = labels,
            Failure = failure,
        };
        if (failure is not null)
        {
            Context.Parent.Tell(new ClientFailure(_client, assign.Episode, 0, failure));
            return;
        }

        bool pays = _game.Definition.Incentive.PayoffBasis == PayoffBasis.Bound;
        Context.Parent.Tell(new Ready(
            _client, assign.Episode, pays ? _episode.SurrogateChange ?? 0 : 0, action!.Value.Attendance));
    }

    private void OnGlobalModel(GlobalModel message)
    {
        Saw(Cohort, message);
        if (_episode is not { Action: { } action, Labels: { } labels } || message.Episode != _episode.Number)
        {
            _dropped++;
            return;
        }

        var seed = _game.Seed.For("training", message.Episode, _client, Replays.StepOf(message.Round, Protocol));
        _next = null;
        _awaited = new TrainLocally(
            message.Episode, message.Round, message.Model, message.Previous, labels, action.BatchSize, seed);
        _trainer.Tell(_awaited);
    }

    private void OnTrained(Trained trained)
    {
        Saw(Seat.Trainer, trained);

        // One of an earlier round or episode, or of whoever was here before, is about another request.
        if (!ReferenceEquals(trained.Work, _awaited))
        {
            _dropped++;
            return;
        }

        var (episode, round) = (trained.Work.Episode, trained.Work.Round);
        _awaited = null;
        if (trained.Failure is not null)
        {
            Fail(trained.Failure, round);
            return;
        }

        var models = new RoundModels(trained.Work.Global, trained.Work.Previous, trained.Local);
        var (gamma, step) = (_episode!.Action!.Value.Gamma, Replays.StepOf(round, Protocol));
        After(_strategy.PrepareReport(models, gamma, episode, step), () => Report(models, gamma, episode, round));
    }

    private void Report(RoundModels models, double gamma, int episode, int round)
    {
        (var report, string? failure) = _strategy.Report(models, gamma, episode, Replays.StepOf(round, Protocol));
        if (report is null)
        {
            Fail(failure!, round);
            return;
        }

        Context.Parent.Tell(new LocalModel(_client, episode, round, report));
    }

    private void OnReward(Reward reward)
    {
        Saw(Cohort, reward);
        if (_episode is not { } episode || reward.Episode != episode.Number)
        {
            _dropped++;
            return;
        }

        _next = null;
        int attended = _game.Participation.Attended(episode.Number, _client, episode.Action?.Attendance ?? 0);
        double cost = episode.CostBy(_costs, Protocol, attended);
        byte[]? memory = Learn(episode, reward, cost);
        var outcome = new ClientOutcome(
            _client,
            episode.Number,
            _game.Crowd.StrategyOf(_client).Name,
            episode.Assignment.Effort,
            episode.Assignment.BatchSize,
            episode.Action,
            reward.Amount,
            cost,
            _episode.Failure,
            episode.SurrogatePayoff(cost),
            attended);
        Context.Parent.Tell(new ClientEnded(outcome, memory, _dropped));
        _dropped = 0;
    }

    /// <summary>Lets the strategy learn; what it remembers from now on, or null.</summary>
    private byte[]? Learn(ClientEpisode episode, Reward reward, double cost)
    {
        if (!_strategy.Remembers)
        {
            return null;
        }

        // Also for a client that was placed here after it: where it fails from now on must not depend on that.
        int last = Protocol.Rounds;
        if (episode.Action is { } played)
        {
            string? observing = _strategy.Observe(new EpisodeOutcome
            {
                Episode = episode.Number,
                Action = played,
                Reward = reward.Amount,
                Cost = cost,
                TestLoss = reward.TestLoss,
            });
            if (observing is not null)
            {
                Fail(observing, last);
            }
        }

        (byte[] memory, string? saving) = _strategy.Save();
        if (saving is not null)
        {
            Fail(saving, last);
        }

        return memory;
    }

    private void Saw(Seat from, object message) =>
        _game.Spectator.Saw(_game.Definition.Game, from, Seat.Client(_client), message);

    private ClientView View(Assign assign) => new()
    {
        Client = _client,
        Episode = assign.Episode,
        Episodes = _game.Definition.Episodes,
        Seed = _game.Seed.For("strategy", assign.Episode, _client),
        Assignment = assign.Assignment,
        Protocol = Protocol,
        Costs = _game.Crowd.ExpectedCostsOf(_client, _game.Participation),
        ParticipationRate = _game.Participation.RateOf(_client),
        Weight = _game.Crowd.Weights[_client],
        SampleCount = _game.Model.SampleCount(_client),
        ClassCount = _game.Model.ClassCount,
        MaxBatchSize = _game.MaxBatchSizeOf(_client),
        Published = assign.Published,
    };

    /// <summary>Goes on once a strategy that thinks elsewhere has what it needs; at once where there is nothing to wait for. What comes
    /// meanwhile and begins something else ends this.</summary>
    private void After(Task? preparation, Action go)
    {
        _next = null;
        if (preparation is null || preparation.IsCompleted)
        {
            go();
            return;
        }

        var prepared = _next = new Prepared(go);
        preparation.PipeTo(Self, Self, () => prepared, _ => prepared);
    }

    private void Fail(string reason, int round)
    {
        _episode = _episode! with { Failure = reason };
        Context.Parent.Tell(new ClientFailure(_client, _episode.Number, round, reason));
    }

    /// <summary>A strategy has prepared. Local.</summary>
    private sealed record Prepared(Action Go) : INoSerializationVerificationNeeded;
}

/// <summary>How an episode ended for a client. Local.</summary>
/// <param name="Outcome">What it did and got.</param>
/// <param name="Memory">What its strategy remembers from now on; null: nothing.</param>
/// <param name="Dropped">Messages that did not fit, and that the client dropped since it last said so.</param>
internal sealed record ClientEnded(ClientOutcome Outcome, byte[]? Memory, long Dropped) : IWatched, INoSerializationVerificationNeeded
{
    int IWatched.Episode => Outcome.Episode;

    int IWatched.Round => MessageSeen.Paying;

    string IWatched.Says => Outcome.Action is { } action
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"e = {action.Effort:0.##}, D = {action.BatchSize}, gamma = {action.Gamma:0.##}, cost {Outcome.Cost:0.##}")
        : "that it failed";
}
