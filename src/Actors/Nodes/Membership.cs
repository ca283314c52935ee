using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using FLCrowd.Actors.Network;

namespace FLCrowd.Actors.Nodes;

/// <summary>Where a process meets the cluster: enters it, waits for others, leaves it.</summary>
public static class Membership
{
    private static readonly TimeSpan HelloPause = TimeSpan.FromMilliseconds(300);

    /// <summary>The address by which others can reach a system, as host:port.</summary>
    public static string AddressOf(ActorSystem system)
    {
        var address = Cluster.Get(system).SelfAddress;
        return string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
    }

    /// <summary>Joins the first of the seeds that answers, once it has let this node in; the node that is a seed itself may found the cluster.</summary>
    /// <param name="system">A system set up with a <see cref="NodeSettings"/>.</param>
    /// <param name="seeds">Nodes as host:port. This node as the first one, or none: it founds the cluster where no other answers.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="JoinRefusedException">A seed refused this node, or certificates keep it from all of them.</exception>
    /// <exception cref="OperationCanceledException">The attempt was ended.</exception>
    public static async Task JoinAsync(ActorSystem system, IReadOnlyList<string> seeds, CancellationToken cancel)
    {
        var cluster = Cluster.Get(system);
        var addresses = seeds.Select(seed => AddressOf(system, seed)).ToList();
        var others = addresses.Where(address => address != cluster.SelfAddress).ToList();
        bool founds = addresses.Count == 0 || addresses[0] == cluster.SelfAddress;
        if (others.Count > 0)
        {
            await IntroduceAsync(system, others, founds, cancel);
        }

        bool joined = false;
        while (!joined)
        {
            try
            {
                await cluster.JoinSeedNodesAsync(addresses.Count == 0 ? [cluster.SelfAddress] : addresses, cancel);
                joined = true;
            }
            catch (ClusterJoinFailedException)
            {
                // Akka gives up after some seconds, which a busy machine may need; whoever asked says how long to wait.
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Waits until so many workers are up and ready for cohorts.</summary>
    /// <returns>Nodes and training threads of the cluster's workers.</returns>
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

    /// <summary>Removes a node whose process has ended for certain: its cohorts need not wait until it was silent for long enough.</summary>
    public static void Remove(ActorSystem system, string node) => Cluster.Get(system).Down(AddressOf(system, node));

    /// <summary>The workers that are up now.</summary>
    public static Workforce WorkersOf(ActorSystem system) => Workforce.Of(Cluster.Get(system).State.Members.Where(member => member.Status == MemberStatus.Up));

    private static Address AddressOf(ActorSystem system, string node) =>
        Address.Parse($"{Cluster.Get(system).SelfAddress.Protocol}://{system.Name}@{node}");

    private static async Task IntroduceAsync(ActorSystem system, IReadOnlyList<Address> seeds, bool founds, CancellationToken cancel)
    {
        var hello = FLCrowdNode.Of(system).Identity!;
        do
        {
            foreach (var seed in seeds)
            {
                switch (await AskAsync(system, seed, hello, cancel))
                {
                    case Protocol.Welcome:
                        return;
                    case Protocol.Refused refused:
                        throw new JoinRefusedException(
                            $"the node {seed.Host}:{seed.Port} refuses this one: {string.Join("; ", refused.Reasons)}");
                }
            }

            if (!founds && seeds.All(seed => NodeNetwork.Of(system)?.RefusalBy(seed) is not null))
            {
                throw new JoinRefusedException(
                    string.Join("; ", seeds.Select(seed => $"the node {seed.Host}:{seed.Port}: {NodeNetwork.Of(system)!.RefusalBy(seed)}")));
            }
        }
        while (!founds);
    }

    private static async Task<object?> AskAsync(ActorSystem system, Address seed, Protocol.Hello hello, CancellationToken cancel)
    {
        try
        {
            return await system.ActorSelection(new RootActorPath(seed) / "user" / Doorkeeper.Name).Ask<object>(hello, 10 * HelloPause, cancel);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <summary>
    /// Completes a task once enough workers are up and each has its region of cohorts: one that came later would take cohorts over from
    /// the others, with the messages that are on their way to them. It counts by events: the cluster's state may lag behind them.
    /// </summary>
    private sealed class WorkerWatch : ReceiveActor, IWithTimers
    {
        private static readonly TimeSpan AskPause = TimeSpan.FromMilliseconds(100);

        private readonly Dictionary<UniqueAddress, Member> _up = [];

        public WorkerWatch(int workers, TaskCompletionSource<Workforce> done)
        {
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
                Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberUp), typeof(ClusterEvent.MemberRemoved));
            Timers.StartPeriodicTimer("ask", Ask.Instance, TimeSpan.Zero, AskPause);
        }

        protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

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

/// <summary>A cluster does not let this node in; the message says why.</summary>
public sealed class JoinRefusedException(string message) : Exception(message);
