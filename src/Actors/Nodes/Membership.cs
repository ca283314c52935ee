using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;

namespace FLCrowd.Actors.Nodes;

/// <summary>Where a process meets the cluster: enters it, waits for others, leaves it.</summary>
public static class Membership
{
    /// <summary>The address by which others can reach a system, as host:port.</summary>
    public static string AddressOf(ActorSystem system)
    {
        var address = Cluster.Get(system).SelfAddress;
        return string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
    }

    /// <summary>The port that a system listens on, for one that comes after it.</summary>
    public static int PortOf(ActorSystem system) => system.Settings.Config.GetInt("akka.remote.flcrowd.port") is > 0 and var port
        ? port
        : Cluster.Get(system).SelfAddress.Port!.Value;

    /// <summary>
    /// Joins the cluster of the first seed that is in one, now or once there is one. The node of a run founds it where no seed is in one,
    /// and where there are no others.
    /// </summary>
    /// <param name="system">A system set up with a <see cref="NodeSettings"/>, for the only time.</param>
    /// <param name="seeds">Nodes as host:port, this one perhaps among them.</param>
    public static Entrance Enter(ActorSystem system, IReadOnlyList<string> seeds)
    {
        var self = Cluster.Get(system).SelfAddress;
        var others = seeds.Select(seed => AddressOf(system, seed)).Where(address => address != self).Distinct().ToList();
        var entrance = new Entrance();
        system.ActorOf(Props.Create(() => new Seeker(others, entrance)), "seeker");
        return entrance;
    }

    /// <summary>Waits until a system has entered.</summary>
    /// <inheritdoc cref="Enter"/>
    /// <param name="system">A system set up with a <see cref="NodeSettings"/>, for the only time.</param>
    /// <param name="seeds">Nodes as host:port, this one perhaps among them.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="JoinRefusedException">A seed refused this node, or certificates keep it from all of them.</exception>
    /// <exception cref="NodeLostException">The system ended.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public static Task JoinAsync(ActorSystem system, IReadOnlyList<string> seeds, CancellationToken cancel) =>
        Enter(system, seeds).Up.WaitAsync(cancel);

    /// <summary>Waits until so many workers are up and ready for cohorts.</summary>
    /// <returns>Nodes and training threads of the cluster's workers.</returns>
    /// <exception cref="NodeLostException">The system ended.</exception>
    public static Task<Workforce> WorkersAsync(ActorSystem system, int workers, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<Workforce>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = system.ActorOf(Props.Create(() => new WorkerWatch(workers, done)));
        cancel.Register(() =>
        {
            done.TrySetCanceled(cancel);
            system.Stop(watcher);
        });
        return done.Task;
    }

    /// <summary>
    /// Removes a node whose process has ended for certain: its cohorts need not wait until it was silent for long enough.
    /// </summary>
    public static void Remove(ActorSystem system, string node) => Cluster.Get(system).Down(AddressOf(system, node));

    /// <summary>The workers that are up now.</summary>
    public static Workforce WorkersOf(ActorSystem system) =>
        Workforce.Of(Cluster.Get(system).State.Members.Where(member => member.Status == MemberStatus.Up));

    private static Address AddressOf(ActorSystem system, string node) =>
        Address.Parse($"{Cluster.Get(system).SelfAddress.Protocol}://{system.Name}@{node}");

    /// <summary>
    /// Completes a task once enough workers are up and each has its region of cohorts: one that came later would take cohorts over from
    /// the others, with the messages that are on their way to them. It counts by events: the cluster's state may lag behind them.
    /// </summary>
    private sealed class WorkerWatch : ReceiveActor, IWithTimers
    {
        private static readonly TimeSpan AskPause = TimeSpan.FromMilliseconds(100);

        private readonly Dictionary<UniqueAddress, Member> _up = [];
        private readonly TaskCompletionSource<Workforce> _done;

        public WorkerWatch(int workers, TaskCompletionSource<Workforce> done)
        {
            _done = done;
            var cohorts = FLCrowdNode.Of(Context.System).Cohorts;
            Receive<ClusterEvent.MemberUp>(up => _up[up.Member.UniqueAddress] = up.Member);
            Receive<ClusterEvent.MemberRemoved>(removed => _up.Remove(removed.Member.UniqueAddress));
            Receive<Ask>(_ => cohorts.Tell(GetCurrentRegions.Instance));
            Receive<CurrentRegions>(current =>
            {
                var ready = Workforce.Of(_up.Values.Where(member => current.Regions.Contains(member.Address)));
                if (ready.Nodes >= workers && ready == Workforce.Of(_up.Values))
                {
                    done.TrySetResult(ready);
                    Context.Stop(Self);
                }
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            Cluster.Get(Context.System).Subscribe(
                Self,
                ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
                typeof(ClusterEvent.MemberUp),
                typeof(ClusterEvent.MemberRemoved));
            Timers.StartPeriodicTimer("ask", Ask.Instance, TimeSpan.Zero, AskPause);
        }

        protected override void PostStop()
        {
            Cluster.Get(Context.System).Unsubscribe(Self);
            _done.TrySetException(new NodeLostException());
        }

        /// <summary>Asks the coordinator of cohorts which nodes have a region. Local.</summary>
        private sealed record Ask : INoSerializationVerificationNeeded
        {
            public static readonly Ask Instance = new();
        }
    }
}

/// <summary>The workers of a cluster.</summary>
/// <param name="Nodes">How many there are.</param>
/// <param name="Threads">Training threads of all of them together.</param>
public readonly record struct Workforce(int Nodes, int Threads)
{
    internal static Workforce Of(IEnumerable<Member> members)
    {
        var workers = members.Where(member => member.HasRole(ClusterRoles.Worker)).ToList();
        return new Workforce(workers.Count, workers.Sum(worker => worker.Roles
            .Where(role => role.StartsWith(ClusterRoles.Threads, StringComparison.Ordinal))
            .Sum(role => int.Parse(role.AsSpan(ClusterRoles.Threads.Length), NumberStyles.None, CultureInfo.InvariantCulture))));
    }
}
