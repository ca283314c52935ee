using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using FLCrowd.Actors.Broadcast;
using FLCrowd.Actors.Clients;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Metrics;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;
using FLCrowd.Actors.Watching;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// A fixed group of consecutive clients: the unit of placement, the parent of its clients and trainers, the fan-out of the global
/// model and the first level of the sum. It relays; it does not decide. It may begin anywhere in a game, where it moved or was made anew:
/// it asks the server for the episode's assignments, its node for the game, the experiment for its clients' memories.
/// </summary>
internal sealed class CohortActor : ReceiveActor
{
    /// <summary>How long a cohort waits that knows no game yet: one that nobody needs, made by a late message, goes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly PluginCatalog _catalog;
    private readonly IActorRef _host;
    private readonly IActorRef _models;
    private readonly ISpectator? _spectator = Spectators.Of(Context.System);
    private readonly NodeMetrics _metrics = NodeMetrics.Of(Context.System);
    private readonly CohortTurn _turn = new(CohortTurns.Of(Context.System), Context.Self);

    private CohortAssignments _assignments = null!;
    private CohortState _state = null!;
    private CohortPlacement _placement = null!;
    private PublishedPayoffs? _published;
    private bool _publishes;
    private IActorRef _server = ActorRefs.Nobody;
    private long _dropped;
    private bool _isPlaced;

    /// <param name="catalog">All plug-ins.</param>
    /// <param name="host">The node's <see cref="GameHost"/>.</param>
    /// <param name="models">The node's <see cref="ModelCache"/>.</param>
    public CohortActor(PluginCatalog catalog, IActorRef host, IActorRef models)
    {
        _catalog = catalog;
        _host = host;
        _models = models;
        Context.SetReceiveTimeout(Patience);
        Receive<CohortAssignments>(message =>
        {
            BeginWith(message);
            _host.Tell(new OpenGame(message.Game, message.Experiment, message.Data));
            Become(Opening);
        });
        ReceiveUnassigned();
    }

    protected override void PostStop()
    {
        _turn.End();
        if (_isPlaced)
        {
            _metrics.Cohorts(-1);
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() => CohortPlacement.Supervision(Self);

    /// <summary>Waits for the game.</summary>
    private void Opening()
    {
        Receive<GameOpened>(opened =>
        {
            Context.SetReceiveTimeout(opened.Game.Definition.Execution.GiveUpAfter);
            Become(() => Remembering(opened.Game));
            Remember(opened.Game);
        });

        // The server opened the same model on its node first, so it is this node that lacks something.
        Receive<OpenFailed>(failed =>
        {
            Context.GetLogger().Error("Cohort {0} cannot be hosted here: {1}", Self.Path.Name, failed.Reason);
            _server.Tell(new CohortRefused(_assignments.Game, _assignments.Cohort, failed.Reason, failed.IsBadInput));
            Leave();
        });
        Receive<CohortAssignments>(BeginWith);
        ReceiveUnassigned();
    }

    /// <summary>Waits for the clients' memories, and asks for them as often as the server asks.</summary>
    private void Remembering(HostedGame game)
    {
        Receive<CohortMemories>(message =>
        {
            if (message.Episode == _assignments.Episode)
            {
                PlaceAtItsTurn(game, message.Memories);
            }
        });
        Receive<CohortAssignments>(message =>
        {
            BeginWith(message);
            if (!_turn.IsAwaited)
            {
                Remember(game);
            }
        });
        Receive<YourTurn>(_ => _turn.Come());
        ReceiveUnassigned();
    }

    private void Playing()
    {
        Receive<CohortAssignments>(message =>
        {
            (_server, _assignments) = (Sender, message);
            Begin();
        });
        Receive<PublishedPayoffs>(payoffs =>
        {
            if (payoffs.Episode == _assignments.Episode && payoffs.Episode != _published?.Episode)
            {
                _published = payoffs;
                Begin();
            }
        });
        Receive<BeginRound>(message => _models.Tell(new TakeModel(message, Sender)));
        Receive<GlobalModel>(message =>
        {
            _server = Sender;
            Run(_state.Accept(message));
        });
        Receive<YourTurn>(_ => _turn.Come());
        Receive<CohortRewards>(message =>
        {
            _server = Sender;
            Run(_state.Accept(message));
        });
        Receive<Ready>(message => Hear(message.Client, message, _state.Accept(message)));
        Receive<LocalModel>(message => Hear(message.Client, message, _state.Accept(message)));
        Receive<ClientFailure>(message => Hear(message.Client, message, _state.Accept(message)));
        Receive<ClientEnded>(message => Hear(
            message.Outcome.Client, message, _state.Accept(message.Outcome, message.Memory, message.Dropped)));
        Receive<ChildStopped>(stopped =>
        {
            if (_placement.MemberOf(stopped.Child) is { } member)
            {
                if (_state.IsActive(member))
                {
                    _placement.Leave(member);
                }

                Run(_state.AcceptLoss(member));
            }
        });
        ReceiveEnds();
    }

    private void ReceiveUnassigned()
    {
        ReceiveEnds();
        Receive<IToCohort>(message => Sender.Tell(new CohortUnassigned(message.Game, message.Cohort)));
    }

    private void ReceiveEnds()
    {
        Receive<StopCohort>(_ => Leave());
        Receive<ReceiveTimeout>(_ =>
        {
            if (!_turn.IsAwaited)
            {
                Leave();
            }
        });
    }

    /// <summary>Begins with the newest episode that is offered.</summary>
    private void BeginWith(CohortAssignments message)
    {
        if (_assignments is null || message.Episode >= _assignments.Episode)
        {
            (_server, _assignments) = (Sender, message);
        }
    }

    private void Remember(HostedGame game)
    {
        if (_assignments.Episode == 0)
        {
            PlaceAtItsTurn(game, null);
            return;
        }

        _assignments.Experiment.Tell(new DescribeMemories(_assignments.Game, _assignments.Cohort, _assignments.Episode));
    }

    private void PlaceAtItsTurn(HostedGame game, byte[]?[]? memories)
    {
        int episode = _assignments.Episode;
        _turn.Do(game.Layout.SizeOf(_assignments.Cohort), () =>
        {
            if (_assignments.Episode == episode)
            {
                Place(game, memories);
            }
            else
            {
                _turn.End();
                Remember(game);
            }
        });
    }

    private void Place(HostedGame game, byte[]?[]? memories)
    {
        int cohort = _assignments.Cohort;
        var (who, protocol) = (game.Participation, game.Definition.Learning.Protocol);
        _state = new CohortState(
            game.Definition.Game,
            cohort,
            game.Layout.FirstOf(cohort),
            game.Layout.SizeOf(cohort),
            game.CoefficientOf,
            client => game.Crowd.StrategyOf(client).Name,
            who.IsFull ? null : (episode, round, client) => who.IsHeard(episode, Replays.StepOf(round, protocol), client),
            (episode, round, client, share) => who.Attends(episode, Replays.StepOf(round, protocol), client, share));
        _placement = new CohortPlacement(Context, game, _catalog, cohort, memories);
        _metrics.Cohorts(+1);
        _isPlaced = true;
        _publishes = game.Definition.PublishesPayoffs;
        Become(Playing);
        Begin();
    }

    /// <summary>
    /// Begins the episode, where the game publishes payoffs once these are known: it asks for them as often as the server asks.
    /// </summary>
    private void Begin()
    {
        int episode = _assignments.Episode;
        if (!_publishes || episode == 0)
        {
            Run(_state.Accept(_assignments));
        }
        else if (_published is { } published && published.Episode >= episode)
        {
            Run(_state.Accept(_assignments, published.Payoffs));
        }
        else
        {
            _turn.End(); // of being placed: the experiment may be on another node
            _assignments.Experiment.Tell(new DescribePayoffs(_assignments.Game, episode));
        }
    }

    private void Hear(int client, object message, CohortEffect[] effects)
    {
        _spectator.Saw(_assignments.Game, Seat.Client(client), Seat.Cohort(_assignments.Cohort), message);
        Run(effects);
    }

    private void Run(CohortEffect[] effects)
    {
        _metrics.Dropped(ref _dropped, _state.Dropped);
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case CohortEffect.ToClient to:
                    _placement.Tell(to.Member, to.Message);
                    break;
                case CohortEffect.ToAssigned to:
                    _turn.Do(to.Messages.Length, () => Run([.. to.Messages]));
                    break;
                case CohortEffect.ToActiveClients to:
                    _turn.Do(to.Members.Length, () => _placement.Tell(to.Members, to.Message));
                    break;
                case CohortEffect.ToServer to:
                    Send(to.Message);
                    break;
                case CohortEffect.ToRecorder to:
                    _spectator.Saw(_assignments.Game, Seat.Cohort(_assignments.Cohort), Seat.Recorder, to.Message);
                    _assignments.Recorder.Tell(to.Message);
                    break;
                case CohortEffect.ExpectActiveClients expect:
                    _placement.Expect(expect.Members);
                    break;
                case CohortEffect.StartOver:
                    Leave();
                    break;
            }
        }
    }

    private void Send(IToServer answer)
    {
        if (answer is CohortReady or CohortUpdate)
        {
            _turn.End();
        }

        if (_metrics.CountsModelsTo(_server) && answer is CohortUpdate update)
        {
            _metrics.ModelsSent((update.Sum?.Length ?? 0) + update.Reports.Sum(report => (long)report.Model.Length));
        }

        _server.Tell(answer);
    }

    private static void Leave() => Context.Parent.Tell(new Passivate(PoisonPill.Instance));
}
