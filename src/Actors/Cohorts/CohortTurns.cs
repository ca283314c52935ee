using Akka.Actor;
using FLCrowd.Actors.Nodes;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// Which cohorts of a node work: as many at a time as keep its training threads busy, in the order in which they asked. Work is making
/// clients and having them label, or having them train. So clients in the making and local models under way stay few, however many clients
/// there are; cohorts answer one after the other instead of all at the end; and a node that is asked for half a million clients at once has
/// time to say that it is alive.
/// </summary>
/// <remarks>Once a cohort has its turn it waits for nobody outside the node, so every turn ends.</remarks>
internal sealed class CohortTurns : IExtension
{
    /// <summary>While one cohort ends, the threads are busy with another.</summary>
    private const int LeastCohorts = 2;

    /// <summary>Clients at a time for each thread: two chunks of the default size.</summary>
    private const int ClientsPerThread = 16;

    private readonly object _gate = new();
    private readonly Dictionary<IActorRef, int> _working = [];
    private readonly LinkedList<(IActorRef Cohort, int Clients)> _waiting = [];
    private int _clients;

    /// <param name="threads">The node's training threads.</param>
    public CohortTurns(int threads) => Threads = threads;

    /// <summary>The node's training threads.</summary>
    public int Threads { get; }

    /// <summary>Those of a system.</summary>
    public static CohortTurns Of(ActorSystem system) => system.WithExtension<CohortTurns, Provider>();

    /// <summary>Asks for a turn.</summary>
    /// <param name="cohort">Who asks.</param>
    /// <param name="clients">How many clients work.</param>
    /// <returns>True: it has its turn. False: it is told <see cref="YourTurn"/> once it has.</returns>
    public bool Take(IActorRef cohort, int clients)
    {
        lock (_gate)
        {
            if (_waiting.Count > 0 || !HasRoom)
            {
                _waiting.AddLast((cohort, clients));
                return false;
            }

            Begin(cohort, clients);
            return true;
        }
    }

    /// <summary>Ends a cohort's turn, or its wait for one.</summary>
    public void End(IActorRef cohort)
    {
        lock (_gate)
        {
            if (_working.Remove(cohort, out int clients))
            {
                _clients -= clients;
            }
            else if (_waiting.FirstOrDefault(waiting => waiting.Cohort.Equals(cohort)) is { Cohort: not null } waiting)
            {
                _waiting.Remove(waiting);
            }

            while (_waiting.First is { Value: var next } && HasRoom)
            {
                _waiting.RemoveFirst();
                Begin(next.Cohort, next.Clients);
                next.Cohort.Tell(YourTurn.Instance);
            }
        }
    }

    private bool HasRoom => _working.Count < LeastCohorts || _clients < Threads * ClientsPerThread;

    private void Begin(IActorRef cohort, int clients)
    {
        _working.Add(cohort, clients);
        _clients += clients;
    }

    private sealed class Provider : ExtensionIdProvider<CohortTurns>
    {
        public override CohortTurns CreateExtension(ExtendedActorSystem system) =>
            new(system.Settings.Config.GetInt($"{Dispatchers.Training}.dedicated-thread-pool.thread-count", Environment.ProcessorCount));
    }
}

/// <summary>A cohort may work now. Local.</summary>
internal sealed record YourTurn : INoSerializationVerificationNeeded
{
    public static readonly YourTurn Instance = new();
}
