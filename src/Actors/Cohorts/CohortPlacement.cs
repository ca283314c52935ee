using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Internal;
using FLCrowd.Actors.Clients;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Nodes;

namespace FLCrowd.Actors.Cohorts;

/// <summary>The clients and trainers of a cohort, once it has its game.</summary>
internal sealed class CohortPlacement
{
    private readonly IActorRef[] _clients;
    private readonly IActorRef[] _trainers;
    private readonly int _chunkSize;
    private readonly int _firstClient;

    /// <param name="context">The cohort, the parent of all.</param>
    /// <param name="game">The game.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="cohort">The cohort's number.</param>
    /// <param name="memories">What the clients' strategies remember, one per client; null where they begin.</param>
    public CohortPlacement(IActorContext context, HostedGame game, PluginCatalog catalog, int cohort, byte[]?[]? memories)
    {
        int size = game.Layout.SizeOf(cohort);
        _firstClient = game.Layout.FirstOf(cohort);
        _chunkSize = ChunkSize(game, CohortTurns.Of(context.System).Threads);
        var trainer = CrowdMailbox.Of(
            Props.CreateBy(new NewTrainer(game)).WithDispatcher(Dispatchers.Training), context.System);
        _trainers = new IActorRef[((long)size + _chunkSize - 1) / _chunkSize];
        for (int chunk = 0; chunk < _trainers.Length; chunk++)
        {
            _trainers[chunk] = context.ActorOf(trainer, $"trainer-{chunk}");
        }

        _clients = new IActorRef[size];
        for (int member = 0; member < size; member++)
        {
            int client = _firstClient + member;
            var owner = _trainers[member / _chunkSize];
            byte[]? memory = memories?[member];
            var player = Props.CreateBy(new NewClient(game, catalog, client, owner, memory));
            _clients[member] = context.ActorOf(CrowdMailbox.Of(player, context.System), $"client-{client}");
        }
    }

    /// <summary>What becomes of a client or trainer that throws outside of a plug-in's code, which is a bug of ours: it stops, and a client
    /// counts as failed. Nothing else stops one before its cohort, so nobody has to watch each of them.</summary>
    /// <param name="cohort">Told of clients.</param>
    public static SupervisorStrategy Supervision(IActorRef cohort) => new Stopping(cohort);

    /// <summary>How many clients train in one call: few enough that a small game has a chunk for every thread. No result depends on
    /// it.</summary>
    private static int ChunkSize(HostedGame game, int threads) =>
        Math.Clamp((game.Definition.Crowd.Clients + threads - 1) / threads, 1, game.Definition.Execution.ChunkSize);

    public void Tell(int member, object message) => _clients[member].Tell(message);

    public void Tell(ImmutableArray<int> members, object message)
    {
        foreach (int member in members)
        {
            _clients[member].Tell(message);
        }
    }

    /// <summary>Tells every trainer how many of its clients take part.</summary>
    public void Expect(ImmutableArray<int> members)
    {
        var expected = new int[_trainers.Length];
        foreach (int member in members)
        {
            expected[member / _chunkSize]++;
        }

        for (int chunk = 0; chunk < _trainers.Length; chunk++)
        {
            _trainers[chunk].Tell(new ExpectClients(expected[chunk]));
        }
    }

    /// <summary>The index in the cohort of a client that stopped; null: it is no client.</summary>
    public int? MemberOf(IActorRef stopped) => Array.IndexOf(_clients, stopped) is >= 0 and var member ? member : null;

    /// <summary>Tells a client's trainer that the client will ask for nothing any more.</summary>
    public void Leave(int member) => _trainers[member / _chunkSize].Tell(new ClientGone(_firstClient + member));

    // Props.Create(() => new ...) takes an expression, whose arguments it compiles anew every time: half a millisecond, which a crowd of a
    // hundred thousand clients cannot afford.
    private sealed class NewClient(HostedGame game, PluginCatalog catalog, int client, IActorRef trainer, byte[]? memory)
        : IIndirectActorProducer
    {
        public Type ActorType => typeof(ClientActor);

        public ActorBase Produce() => new ClientActor(game, catalog, client, trainer, memory);

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed class NewTrainer(HostedGame game) : IIndirectActorProducer
    {
        public Type ActorType => typeof(ChunkTrainer);

        public ActorBase Produce() => new ChunkTrainer(game);

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed class Stopping(IActorRef cohort) : OneForOneStrategy(_ => Directive.Stop)
    {
        public override void ProcessFailure(
            IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats,
            IReadOnlyCollection<ChildRestartStats> children)
        {
            base.ProcessFailure(context, restart, child, cause, stats, children);
            cohort.Tell(new ChildStopped(child));
        }
    }
}

/// <summary>A client or trainer threw, and stopped. Local.</summary>
internal sealed record ChildStopped(IActorRef Child) : INoSerializationVerificationNeeded;
