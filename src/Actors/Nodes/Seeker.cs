using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using FLCrowd.Actors.Network;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Nodes;

/// <summary>
/// Brings nodes together, for as long as its own lives. Only the node of a run founds a cluster, and only where no node that it knows is in
/// one: so whatever is started again, in whatever order, finds those who go on. A node in no cluster asks its seeds, and whoever asked
/// it, until one is; a node in a cluster asks its seeds, too, so that those which are not in it come to know it, and ask back.
/// </summary>
internal sealed class Seeker : ReceiveActor, IWithTimers
{
    private const int MostCallers = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>What no cluster has claimed after this time is in none.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>How long another cluster has to be there before that counts: what nodes know of members may be late.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(3);

    /// <summary>Joining takes a second or two; the nodes that let this one in may have died meanwhile.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Hello _here = FLCrowdNode.Of(Context.System).Identity!;
    private readonly Address[] _seeds;
    private readonly List<Address> _callers = [];
    private readonly HashSet<string> _said = [];
    private readonly Entrance _entrance;
    private bool _isEntering;
    private bool _isUp;
    private bool _hadWorkers;

    /// <param name="seeds">Other nodes that may be in a cluster.</param>
    /// <param name="entrance">Told how far this node is.</param>
    public Seeker(IEnumerable<Address> seeds, Entrance entrance)
    {
        _seeds = [.. seeds];
        _entrance = entrance;
        Receive<Look>(_ => LookAround());
        Receive<Called>(called => Remember(called.Node));
        Receive<Welcome>(welcome => Hear(Sender.Path.Address, welcome.Standing));
        Receive<Refused>(refused => Refuse(
            $"the node {Sender.Path.Address.Host}:{Sender.Path.Address.Port} refuses this one: {string.Join("; ", refused.Reasons)}"));
        Receive<Founds>(_ => Join(_cluster.SelfAddress));
        Receive<Joined>(_ =>
        {
            Timers.Cancel(GiveUp.Key);
            _isUp = true;
            _entrance.Joined();
        });
        Receive<GiveUp>(_ => End());
        Receive<IsApart>(_ => !PlaysHere(), _ => End());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(Called));
        Timers.StartPeriodicTimer(Look.Instance, Look.Instance, TimeSpan.Zero, Pause);
        if (_seeds.Length > 0)
        {
            return;
        }

        _entrance.Welcomed();
        if (Founds.Can(_cluster))
        {
            Join(_cluster.SelfAddress);
        }
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _entrance.Fail(new NodeLostException());
    }

    private void LookAround()
    {
        var network = NodeNetwork.Of(Context.System)!;
        if (_seeds.Length > 0 && Array.TrueForAll(_seeds, seed => network.RefusalBy(seed) is not null))
        {
            Refuse(string.Join("; ", _seeds.Select(seed => $"the node {seed.Host}:{seed.Port}: {network.RefusalBy(seed)}")));
        }

        var state = _cluster.State;
        var members = state.Members.Except(state.Unreachable).Select(member => member.Address).ToHashSet();
        _hadWorkers |= state.Members.Any(member => member.HasRole(ClusterRoles.Worker));
        foreach (var node in _seeds.Union(_callers.Where(caller => !members.Contains(caller))))
        {
            Context.ActorSelection(new RootActorPath(node) / "user" / Admission.Name).Tell(_here);
        }
    }

    private void Remember(Address caller)
    {
        _callers.Remove(caller);
        _callers.Insert(0, caller);
        if (_callers.Count > MostCallers)
        {
            _callers.RemoveAt(MostCallers);
        }
    }

    private void Hear(Address node, Standing standing)
    {
        _entrance.Welcomed();
        if (_isEntering)
        {
            HearOfOthers(node, standing);
            return;
        }

        switch (standing)
        {
            case Standing.Member:
                Join(node);
                break;
            case Standing.Busy:
                Timers.Cancel(Founds.Key);
                break;
            case Standing.Alone when Founds.Can(_cluster) && !Timers.IsTimerActive(Founds.Key):
                Timers.StartSingleTimer(Founds.Key, new Founds(), Settling);
                break;
        }
    }

    /// <summary>Two clusters become one: that in which nothing is played ends, and its nodes join the other one.</summary>
    private void HearOfOthers(Address node, Standing standing)
    {
        bool isApart = _isUp && standing == Standing.Member && _cluster.State.Members.All(member => member.Address != node);
        if (!isApart)
        {
            Timers.Cancel(node);
        }
        else if (!Timers.IsTimerActive(node))
        {
            Timers.StartSingleTimer(node, new IsApart(), Apart);
        }
    }

    /// <summary>Whoever was let in once goes on without those who refuse it.</summary>
    private void Refuse(string why)
    {
        if (!_entrance.Welcome.IsCompleted)
        {
            _entrance.Fail(new JoinRefusedException(why));
            Context.Stop(Self);
        }
        else if (_said.Add(why))
        {
            Context.GetLogger().Warning("{0}", why);
        }
    }

    private void Join(Address node)
    {
        Timers.Cancel(Founds.Key);
        Timers.StartSingleTimer(GiveUp.Key, new GiveUp(), Patience);
        _isEntering = true;
        Context.System.EventStream.Publish(new Entering());
        var self = Self;
        _cluster.RegisterOnMemberUp(() => self.Tell(new Joined()));
        _cluster.JoinSeedNodes([node]);
    }

    private bool PlaysHere() => _hadWorkers && _cluster.State.Members.Any(member => member.HasRole(ClusterRoles.Server));

    /// <summary>Whoever started the system starts another one.</summary>
    private static void End() => CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);

    /// <summary>It is time to ask. Local.</summary>
    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }

    /// <summary>No node is in a cluster, so this one founds it. Local.</summary>
    private sealed record Founds : INoSerializationVerificationNeeded
    {
        public const string Key = "found";

        public static bool Can(Cluster cluster) => cluster.SelfRoles.Contains(ClusterRoles.Server);
    }

    /// <summary>This node is up. Local.</summary>
    private sealed record Joined : INoSerializationVerificationNeeded;

    /// <summary>Joining takes too long. Local.</summary>
    private sealed record GiveUp : INoSerializationVerificationNeeded
    {
        public const string Key = "give up";
    }

    /// <summary>A node is in another cluster for good. Local.</summary>
    private sealed record IsApart : INoSerializationVerificationNeeded;
}
