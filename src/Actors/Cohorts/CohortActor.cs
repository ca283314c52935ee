using Akka.Actor;
using Akka.Event;
using FLCrowd.Actors.Clients;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// A fixed group of consecutive clients: the unit of placement, the parent of its clients and trainers, the fan-out of the global
/// model and the first level of the sum. It relays; it does not decide.
/// </summary>
internal sealed class CohortActor : ReceiveActor, IWithStash
{
    private readonly PluginCatalog _catalog;
    private readonly IActorRef _host;
    private readonly IActorRef _shelf;

    private CohortState _state = null!;
    private IActorRef[] _clients = [];
    private IActorRef[] _trainers = [];
    private int _chunkSize;
    private int _firstClient;
    private IActorRef _server = ActorRefs.Nobody;
    private IActorRef _recorder = ActorRefs.Nobody;

    /// <param name="catalog">All plug-ins.</param>
    /// <param name="host">The node's <see cref="GameHost"/>.</param>
    /// <param name="shelf">The node's <see cref="ModelShelf"/>.</param>
    public CohortActor(PluginCatalog catalog, IActorRef host, IActorRef shelf)
    {
        _catalog = catalog;
        _host = host;
        _shelf = shelf;
        Receive<CohortAssignments>(message =>
        {
            _host.Tell(new OpenGame(message.Game, message.Experiment));
            Stash.Stash();
            Become(() => Opening(message.Cohort));
        });
        Receive<StopCohort>(_ => Stop());

        // Everything else is for a cohort that was not assigned anything here yet: the server will ask again.
        ReceiveAny(_ => { });
    }

    public IStash Stash { get; set; } = null!;

    /// <summary>A client that throws outside of its plug-in's code is a bug of ours: it stops, and counts as failed.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Opening(int cohort)
    {
        Receive<GameOpened>(opened =>
        {
            Seat(opened.Game, cohort);
            Become(Playing);
            Stash.UnstashAll();
        });

        // The server opened the same model on its node first; a node that cannot says so in its log and the round is overdue.
        Receive<OpenFailed>(failed =>
        {
            Context.GetLogger().Error("Cohort {0} cannot be hosted here: {1}", Self.Path.Name, failed.Reason);
            Stop();
        });
        Receive<StopCohort>(_ => Stop());
        ReceiveAny(_ => Stash.Stash());
    }

    private void Playing()
    {
        Receive<CohortAssignments>(message =>
        {
            _server = Sender;
            _recorder = message.Recorder;
            Run(_state.Accept(message));
        });
        Receive<BeginRound>(message => _shelf.Tell(new TakeModel(message, Sender)));
        Receive<GlobalModel>(message =>
        {
            _server = Sender;
            Run(_state.Accept(message));
        });
        Receive<CohortRewards>(message =>
        {
            _server = Sender;
            Run(_state.Accept(message));
        });
        Receive<Ready>(message => Run(_state.Accept(message)));
        Receive<LocalModel>(message => Run(_state.Accept(message)));
        Receive<ClientFailure>(message => Run(_state.Accept(message)));
        Receive<ClientOutcome>(message => Run(_state.Accept(message)));
        Receive<ClientStopped>(stopped =>
        {
            if (_state.IsActive(stopped.Member))
            {
                _trainers[stopped.Member / _chunkSize].Tell(new ClientGone(_firstClient + stopped.Member));
            }

            Run(_state.AcceptLoss(stopped.Member));
        });
        Receive<StopCohort>(_ => Stop());
    }

    private void Seat(HostedGame game, int cohort)
    {
        int size = game.Layout.SizeOf(cohort);
        _firstClient = game.Layout.FirstOf(cohort);
        _chunkSize = game.Definition.Execution.ChunkSize;
        _state = new CohortState(
            game.Definition.Game,
            cohort,
            _firstClient,
            size,
            game.Aggregator as ILinearAggregator,
            game.Crowd.Weights,
            client => game.Crowd.StrategyOf(client).Name);
        var trainer = Props.Create(() => new ChunkTrainer(game.Model, game.Definition.Learning.Protocol))
            .WithDispatcher(FLCrowdActors.TrainingDispatcher);
        _trainers = new IActorRef[(size + _chunkSize - 1) / _chunkSize];
        for (int chunk = 0; chunk < _trainers.Length; chunk++)
        {
            _trainers[chunk] = Context.ActorOf(trainer, $"trainer-{chunk}");
        }

        _clients = new IActorRef[size];
        for (int member = 0; member < size; member++)
        {
            int client = _firstClient + member;
            var owner = _trainers[member / _chunkSize];
            _clients[member] = Context.ActorOf(Props.Create(() => new ClientActor(game, _catalog, client, owner)), $"client-{client}");
            Context.WatchWith(_clients[member], new ClientStopped(member));
        }
    }

    private void Run(IEnumerable<CohortEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case CohortEffect.ToClient to:
                    _clients[to.Member].Tell(to.Message);
                    break;
                case CohortEffect.ToActiveClients to:
                    ForEachActive(member => _clients[member].Tell(to.Message));
                    break;
                case CohortEffect.ToServer to:
                    Courier.Send(Context, _server, to.Message);
                    break;
                case CohortEffect.ToRecorder to:
                    Courier.Send(Context, _recorder, to.Message);
                    break;
                case CohortEffect.ExpectActiveClients:
                    var expected = new int[_trainers.Length];
                    ForEachActive(member => expected[member / _chunkSize]++);
                    for (int chunk = 0; chunk < _trainers.Length; chunk++)
                    {
                        _trainers[chunk].Tell(new ExpectClients(expected[chunk]));
                    }

                    break;
            }
        }
    }

    private void ForEachActive(Action<int> action)
    {
        for (int member = 0; member < _clients.Length; member++)
        {
            if (_state.IsActive(member))
            {
                action(member);
            }
        }
    }

    private void Stop()
    {
        Context.Parent.Tell(CohortStopping.Instance);
        Context.Stop(Self);
    }

    /// <summary>A client's actor stopped by itself. Local.</summary>
    private sealed record ClientStopped(int Member) : INoSerializationVerificationNeeded;
}
