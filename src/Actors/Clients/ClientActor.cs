using System.Buffers;
using Akka.Actor;
using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Clients;

/// <summary>
/// One client: plays its strategy's action, with its own memory. Everything that a plug-in's code can do wrong is caught here
/// and reported as this client's failure.
/// </summary>
internal sealed class ClientActor : ReceiveActor
{
    private readonly HostedGame _game;
    private readonly PluginCatalog _catalog;
    private readonly IActorRef _trainer;
    private readonly int _client;
    private readonly ClientCosts _costs;
    private readonly byte[]? _memory;

    private IClientStrategy? _strategy;

    /// <summary>The strategy, or what asks it only in the client's turns.</summary>
    private IClientStrategy? _player;
    private ClientLabels? _labels;
    private ClientAction? _action;
    private Assignment? _assignment;
    private ModelVector? _global;
    private string? _failure;
    private int _episode = -1;
    private int _round;

    /// <summary>t: the round, or the one that it replays.</summary>
    private int _step;

    /// <param name="game">The game.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="client">The client's index.</param>
    /// <param name="trainer">Who trains it.</param>
    /// <param name="memory">What its strategy remembers of earlier episodes, where it played them elsewhere; null: nothing.</param>
    public ClientActor(HostedGame game, PluginCatalog catalog, int client, IActorRef trainer, byte[]? memory = null)
    {
        _memory = memory;
        _game = game;
        _catalog = catalog;
        _client = client;
        _trainer = trainer;
        _costs = game.Crowd.CostsOf(client);
        Receive<Assign>(OnAssign);
        Receive<GlobalModel>(OnGlobalModel);
        Receive<Trained>(OnTrained);
        Receive<Reward>(OnReward);
    }

    private void OnAssign(Assign assign)
    {
        _episode = assign.Episode;
        _round = 0;
        _assignment = assign.Assignment;
        _action = null;
        _failure = null;
        var done = Guarded("choose", () =>
        {
            _player ??= Player();
            _action = _player.Choose(View(assign)).Validated(_game.MaxBatchSizeOf(_client));
        });
        if (done && Label())
        {
            bool pays = _game.Definition.Incentive.PayoffBasis == PayoffBasis.Bound;
            Context.Parent.Tell(new Ready(_client, _episode, pays ? SurrogateChange ?? 0 : 0));
        }
    }

    private void OnGlobalModel(GlobalModel message)
    {
        _round = message.Round;
        _step = Replays.StepOf(_round, _game.Definition.Learning.Protocol);
        _global = message.Model;
        _trainer.Tell(new TrainLocally(
            _episode, _round, message.Model, _labels!, _action!.Value.BatchSize, _game.Seed.For("training", _episode, _client, _step)));
    }

    private void OnTrained(Trained trained)
    {
        if (trained.Failure is not null)
        {
            Fail(trained.Failure);
            return;
        }

        var report = trained.Local;
        if (Guarded("report", () => report = Reporting.Of(
            _global!, trained.Local, _action!.Value.Gamma, _player!.Capability<IReporter>(), _game.Seed, _episode, _client, _step)))
        {
            Context.Parent.Tell(new LocalModel(_client, _episode, _round, report));
        }
    }

    private void OnReward(Reward reward)
    {
        // Also for a client that was seated here after it: where it fails from now on must not depend on that.
        _round = _game.Definition.Learning.Protocol.Rounds;
        double cost = _action is { } action ? _costs.Of(action, _game.Definition.Learning.Protocol) : 0;
        var memory = _player as IStrategyMemory;
        if (_action is { } played && memory is not null)
        {
            Guarded("observe", () => memory.Observe(new EpisodeOutcome
            {
                Episode = _episode,
                Action = played,
                Reward = reward.Amount,
                Cost = cost,
                TestLoss = reward.TestLoss,
            }));
        }

        var saved = memory is null ? null : new ArrayBufferWriter<byte>();
        if (saved is not null)
        {
            Guarded("save its memory", () => memory!.Save(saved));
        }

        var outcome = new ClientOutcome(
            _client,
            _episode,
            _game.Crowd.StrategyOf(_client).Name,
            _assignment!.Effort,
            _assignment.BatchSize,
            _action,
            reward.Amount,
            cost,
            _failure,
            SurrogatePayoff(cost));
        Context.Parent.Tell(new ClientEnded(outcome, saved?.WrittenSpan.ToArray()));
    }

    /// <summary>Lets the model label; where the strategy has a hand in it, its fault is the strategy's.</summary>
    private bool Label()
    {
        var labeler = _player!.Capability<ILabeler>();
        return Guarded("label", () =>
        {
            _labels = _game.Model.Label(new LabelingTask
            {
                Client = _client,
                Effort = _action!.Value.Effort,
                Labeler = labeler,
                Seed = _game.Seed.For("labels", _episode, _client),
            });
            int given = _labels?.Given?.Length ?? _game.Model.SampleCount(_client);
            if (_labels is null || given != _game.Model.SampleCount(_client))
            {
                throw new InvalidOperationException(_labels is null ? "there are no labels" : $"there are {given} labels for {_game.Model.SampleCount(_client)} samples");
            }
        }, labeler is null ? _game.ModelName : null);
    }

    private IClientStrategy Player()
    {
        _strategy = _catalog.CreateStrategy(_game.Crowd.StrategyOf(_client), _client);
        var player = _game.Definition.Revision is { IsAlways: false } revision
            ? new RevisionTurns(
                _strategy, new RevisionSchedule(revision, _game.Seed, _client, _game.Definition.Crowd.Clients), _game.Definition.Episodes)
            : _strategy;
        if (_memory is not null)
        {
            (player as IStrategyMemory)?.Load(_memory);
        }

        return player;
    }

    /// <summary>By how much the action changes the announced loss, as the client can compute it from its own terms.</summary>
    private double? SurrogateChange => _action is { } action ? SurrogateTerms.Change(_assignment!, action) : null;

    /// <summary>u_hat of the action; null where the terms announce no surrogate, or one that makes no number of such an action.</summary>
    private double? SurrogatePayoff(double cost)
    {
        if (SurrogateChange is not { } change)
        {
            return null;
        }

        var terms = _assignment!.Terms;
        double payoff = terms.Fixed - terms.LossSlope * (terms.Announced[SurrogateTerms.TruthfulLoss] + change) - cost;
        return Magnitude.IsMoney(payoff) ? payoff : null;
    }

    private ClientView View(Assign assign) => new()
    {
        Client = _client,
        Episode = _episode,
        Episodes = _game.Definition.Episodes,
        Seed = _game.Seed.For("strategy", _episode, _client),
        Assignment = assign.Assignment,
        Protocol = _game.Definition.Learning.Protocol,
        Costs = _costs,
        Weight = _game.Crowd.Weights[_client],
        SampleCount = _game.Model.SampleCount(_client),
        ClassCount = _game.Model.ClassCount,
        MaxBatchSize = _game.MaxBatchSizeOf(_client),
        Published = assign.Published,
    };

    /// <param name="act">What is done.</param>
    /// <param name="action">The code of a plug-in.</param>
    /// <param name="whose">Whose fault it is; null: the strategy's.</param>
    private bool Guarded(string act, Action action, string? whose = null)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e)
        {
            Fail($"{whose ?? $"its strategy '{_game.Crowd.StrategyOf(_client).Name}'{Origin}"} failed to {act}: {e.Message}");
            return false;
        }
    }

    /// <summary>The type and assembly of a strategy of a third party.</summary>
    private string Origin => _catalog.SourceOf(PluginKind.Strategy, _game.Crowd.StrategyOf(_client).Name) is { } source
        ? $" ({_strategy?.GetType().FullName ?? "not created"} of {source.Name})"
        : "";

    private void Fail(string reason)
    {
        _failure = reason;
        Context.Parent.Tell(new ClientFailure(_client, _episode, _round, reason));
    }
}

/// <summary>How an episode ended for a client, and what its strategy remembers from now on. Local.</summary>
internal sealed record ClientEnded(ClientOutcome Outcome, byte[]? Memory) : INoSerializationVerificationNeeded;
