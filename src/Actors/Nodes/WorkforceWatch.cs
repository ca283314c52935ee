using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace FLCrowd.Actors.Nodes;

/// <summary>
/// Watches the cluster's workers for an experiment, its parent: says who is gone, and gives up when there is nobody for too long.
/// </summary>
internal sealed class WorkforceWatch : ReceiveActor, IWithTimers
{
    private const string Silent = "is silent";

    private readonly HashSet<UniqueAddress> _workers = [];

    /// <summary>Members that do not answer. One may be silent before this actor, which begins late, is told that it is up.</summary>
    private readonly HashSet<UniqueAddress> _silent = [];

    private readonly TimeSpan _wait = Context.System.Settings.Config.GetTimeSpan("flcrowd.wait-for-workers");

    public WorkforceWatch()
    {
        Receive<ClusterEvent.MemberUp>(up =>
        {
            Come(up.Member);
            if (_silent.Contains(up.Member.UniqueAddress))
            {
                Go(up.Member, Silent);
            }
        });
        Receive<ClusterEvent.ReachableMember>(reachable =>
        {
            _silent.Remove(reachable.Member.UniqueAddress);
            Come(reachable.Member);
        });
        Receive<ClusterEvent.UnreachableMember>(unreachable =>
        {
            _silent.Add(unreachable.Member.UniqueAddress);
            Go(unreachable.Member, Silent);
        });
        Receive<ClusterEvent.MemberLeft>(left => Go(left.Member, "leaves"));
        Receive<ClusterEvent.MemberRemoved>(removed =>
        {
            _silent.Remove(removed.Member.UniqueAddress);
            Go(removed.Member, "is gone");
        });
        Receive<GiveUp>(_ => Context.Parent.Tell(new Deserted($"no worker is left, and none came within {_wait.TotalSeconds:0} s")));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Watches where there is a cluster; in one process there is nobody to lose.</summary>
    public static void StartIn(IUntypedActorContext experiment)
    {
        if (((ExtendedActorSystem)experiment.System).Provider is IClusterActorRefProvider)
        {
            experiment.ActorOf(Props.Create(() => new WorkforceWatch()), "workforce");
        }
    }

    protected override void PreStart()
    {
        Timers.StartSingleTimer("wait", GiveUp.Instance, _wait);
        Cluster.Get(Context.System).Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.IReachabilityEvent));
    }

    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    private void Come(Member member)
    {
        if (member.HasRole(ClusterRoles.Worker) && member.Status == MemberStatus.Up && _workers.Add(member.UniqueAddress))
        {
            Timers.Cancel("wait");
        }
    }

    private void Go(Member member, string how)
    {
        if (!_workers.Remove(member.UniqueAddress))
        {
            return;
        }

        if (_workers.Count > 0)
        {
            Context.GetLogger().Warning("The worker {0} {1}; the other {2} take over its cohorts", member.Address, how, _workers.Count);
            return;
        }

        string join = Network.NodeNetwork.Of(Context.System)?.Tls switch
        {
            null => $" (flcrowd node --seed {Membership.AddressOf(Context.System)})",
            { IsOfOneRun: true } => "",
            _ => $" (flcrowd node --cluster FILE --seed {Membership.AddressOf(Context.System)})",
        };
        Context.GetLogger().Warning(
            "The worker {0} {1}, and no other is left; waiting {2:0} s for one{3}", member.Address, how, _wait.TotalSeconds, join);
        Timers.StartSingleTimer("wait", GiveUp.Instance, _wait);
    }

    /// <summary>The wait is over. Local.</summary>
    private sealed record GiveUp : INoSerializationVerificationNeeded
    {
        public static readonly GiveUp Instance = new();
    }
}

/// <summary>There are no workers to play on. Local.</summary>
internal sealed record Deserted(string Reason) : INoSerializationVerificationNeeded;
