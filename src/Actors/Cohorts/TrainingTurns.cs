using Akka.Actor;
using FLCrowd.Actors.Nodes;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// Which cohorts of a node train: as many at a time as keep its training threads busy, in the order in which they asked. So local models
/// under way stay few, however many clients there are, and cohorts report one after the other instead of all at the end of a round.
/// </summary>
/// <remarks>Once a cohort has its turn it waits for nobody outside the node, so every turn ends.</remarks>
internal sealed class TrainingTurns : IExtension
{
    /// <summary>While one cohort ends, the threads are busy with another.</summary>
    private const int LeastCohorts = 2;

    /// <summary>Clients at a time for each thread: two chunks of the default size.</summary>
    private const int ClientsPerThread = 16;

    private readonly object _gate = new();
    private readonly Dictionary<IActorRef, int> _training = [];
    private readonly LinkedList<(IActorRef Cohort, int Clients)> _waiting = [];
    private int _clients;

    /// <param name="threads">The node's training threads.</param>
    public TrainingTurns(int threads) => Threads = threads;

    /// <summary>The node's training threads.</summary>
    public int Threads { get; }

    /// <summary>Those of a system.</summary>
    public static TrainingTurns Of(ActorSystem system) => system.WithExtension<TrainingTurns, Provider>();

    /// <summary>Asks for a turn.</summary>
    /// <param name="cohort">Who asks.</param>
    /// <param name="clients">How many clients it trains.</param>
    /// <returns>True: it has its turn. False: it is told <see cref="TurnToTrain"/> once it has.</returns>
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
            if (_training.Remove(cohort, out int clients))
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
                next.Cohort.Tell(TurnToTrain.Instance);
            }
        }
    }

    private bool HasRoom => _training.Count < LeastCohorts || _clients < Threads * ClientsPerThread;

    private void Begin(IActorRef cohort, int clients)
    {
        _training.Add(cohort, clients);
        _clients += clients;
    }

    private sealed class Provider : ExtensionIdProvider<TrainingTurns>
    {
        public override TrainingTurns CreateExtension(ExtendedActorSystem system) =>
            new(system.Settings.Config.GetInt($"{Dispatchers.Training}.dedicated-thread-pool.thread-count", Environment.ProcessorCount));
    }
}

/// <summary>A cohort may train now. Local.</summary>
internal sealed record TurnToTrain : INoSerializationVerificationNeeded
{
    public static readonly TurnToTrain Instance = new();
}
