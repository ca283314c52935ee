using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Nodes;

/// <summary>What a stand-by server finds when it tries to take a run over.</summary>
public enum TakeOver
{
    /// <summary>The run's process has it, or somebody else who goes on with it.</summary>
    Held,

    /// <summary>It is this server's now: the process that had it is dead for certain.</summary>
    Taken,

    /// <summary>There is nothing to go on with.</summary>
    Over,
}

/// <summary>Servers that go on with the runs of nodes that die. A run makes itself known to them; the oldest one acts.</summary>
public static class StandBys
{
    private const string Name = "stand-by";

    /// <summary>Makes a run known to all stand-by servers, also to those that come later, for as long as the system lives.</summary>
    /// <param name="system">The run's system; in one process there is nobody to tell.</param>
    /// <param name="folder">The run's folder, as all servers see it.</param>
    public static void Announce(ActorSystem system, string folder)
    {
        if (((ExtendedActorSystem)system).Provider is IClusterActorRefProvider)
        {
            system.ActorOf(Props.Create(() => new Herald(new RunUnderWay(folder))));
        }
    }

    /// <summary>Makes a system one that takes over.</summary>
    /// <param name="system">A node with <see cref="NodeRole.StandBy"/>.</param>
    /// <param name="runs">The folders and nodes of runs that are under way; for a node that comes back with what it knew.</param>
    /// <param name="take">Tries to take the run in a folder over; called again and again while its node is silent or gone.</param>
    public static void Start(ActorSystem system, ConcurrentDictionary<string, Address> runs, Func<string, TakeOver> take) =>
        system.ActorOf(Props.Create(() => new StandBy(runs, take)), Name);

    /// <summary>The stand-by servers that are up, whether they can be reached or not.</summary>
    private static IEnumerable<Member> Of(ClusterEvent.CurrentClusterState state) =>
        state.Members.Where(member => member.Status == MemberStatus.Up && member.HasRole(ClusterRoles.StandBy));

    /// <summary>Tells again and again: messages may be lost, and servers come.</summary>
    private sealed class Herald : ReceiveActor, IWithTimers
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

        public Herald(RunUnderWay run) => Receive<Look>(_ =>
        {
            foreach (var server in Of(Cluster.Get(Context.System).State))
            {
                Context.ActorSelection(new RootActorPath(server.Address) / "user" / Name).Tell(run);
            }
        });

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("look", Look.Instance, TimeSpan.Zero, Pause);
    }

    /// <summary>
    /// Knows the runs that are under way, also after its node was put out and came back. Silence is no proof that a run's process is
    /// dead; that its lock is free is one. Whoever holds the lock decides for the cluster.
    /// </summary>
    private sealed class StandBy : ReceiveActor, IWithTimers
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.25);

        private readonly ConcurrentDictionary<string, Address> _runs;
        private readonly Cluster _cluster = Cluster.Get(Context.System);

        public StandBy(ConcurrentDictionary<string, Address> runs, Func<string, TakeOver> take)
        {
            _runs = runs;
            Receive<RunUnderWay>(run =>
            {
                // Somebody who is no member must not get a folder's run played.
                if (_cluster.State.Members.Any(member => member.Address == Sender.Path.Address))
                {
                    _runs[run.Folder] = Sender.Path.Address;
                }
            });
            Receive<Look>(_ => TakeOverFromTheDead(take));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("look", Look.Instance, Pause, Pause);

        private void TakeOverFromTheDead(Func<string, TakeOver> take)
        {
            var state = _cluster.State;
            var oldest = Of(state).Except(state.Unreachable).OrderBy(server => server, Member.AgeOrdering).FirstOrDefault();
            if (oldest is not null && oldest.UniqueAddress != _cluster.SelfUniqueAddress)
            {
                return;
            }

            var present = state.Members.Except(state.Unreachable).Select(member => member.Address).ToHashSet();
            foreach (var (folder, _) in _runs.Where(run => !present.Contains(run.Value)).ToList())
            {
                var result = take(folder);
                if (result == TakeOver.Taken)
                {
                    // Nobody could join while members are silent; the run's node is not the only one that may have been on its machine.
                    foreach (var silent in state.Unreachable)
                    {
                        _cluster.Down(silent.Address);
                    }
                }

                if (result != TakeOver.Held)
                {
                    _runs.TryRemove(folder, out var _);
                }
            }
        }
    }

    /// <summary>It is time to look at the cluster again. Local.</summary>
    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }
}
