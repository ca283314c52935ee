using Akka.Actor;
using Akka.Cluster;

namespace FLCrowd.Actors.Nodes;

/// <summary>
/// Decides about members that are silent: the node of a run goes on with whoever it reaches and removes the others, which come back as
/// new systems. Games need no more than that: both sides of a parted network would compute the same numbers, and results are where the
/// run is. So, other than Akka.NET's resolver, this one never ends the node of a run where it can reach a worker, nor one run for the
/// sake of another.
/// </summary>
internal sealed class RunsGoOn : IDowningProvider
{
    private readonly Cluster _cluster;
    private readonly TimeSpan _stableAfter;

    /// <summary>Called by Akka.NET.</summary>
    public RunsGoOn(ActorSystem system, Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(system);
        _cluster = cluster;
        _stableAfter = system.Settings.Config.GetTimeSpan("akka.cluster.split-brain-resolver.stable-after");
    }

    /// <summary>A cohort may be on both sides: nobody has to wait until the other side has stopped it.</summary>
    public TimeSpan DownRemovalMargin => TimeSpan.Zero;

    /// <inheritdoc/>
    public Props DowningActorProps => Props.Create(() => new Judge(_cluster, _stableAfter));

    private sealed class Judge : ReceiveActor, IWithTimers
    {
        private readonly Cluster _cluster;
        private readonly TimeSpan _stableAfter;

        public Judge(Cluster cluster, TimeSpan stableAfter)
        {
            (_cluster, _stableAfter) = (cluster, stableAfter);
            Receive<ClusterEvent.UnreachableMember>(unreachable => Await(unreachable.Member));
            Receive<ClusterEvent.ReachableMember>(reachable => Timers.Cancel(reachable.Member.UniqueAddress));
            Receive<ClusterEvent.MemberRemoved>(removed => Timers.Cancel(removed.Member.UniqueAddress));
            Receive<Silent>(silent => Decide(silent.Member));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => _cluster.Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IReachabilityEvent),
            typeof(ClusterEvent.MemberRemoved));

        protected override void PostStop() => _cluster.Unsubscribe(Self);

        /// <summary>The oldest node of a run decides first. The others hear of that, unless they are cut off from all of them.</summary>
        private void Await(Member member)
        {
            bool decidesFirst = IsServer(_cluster.SelfMember) && !(IsServer(member) && member.IsOlderThan(_cluster.SelfMember));
            Timers.StartSingleTimer(member.UniqueAddress, new Silent(member), decidesFirst ? _stableAfter : 2 * _stableAfter);
        }

        private void Decide(Member member)
        {
            var state = _cluster.State;
            if (!state.Unreachable.Contains(member))
            {
                return;
            }

            if (_cluster.SelfMember.Status != MemberStatus.Up)
            {
                Await(member);
            }
            else if (IsServer(_cluster.SelfMember))
            {
                _cluster.Down(member.Address);
            }
            else if (!state.Members.Except(state.Unreachable).Any(IsServer))
            {
                _cluster.Down(_cluster.SelfAddress);
            }
        }

        private static bool IsServer(Member member) => member.HasRole(ClusterRoles.Server);
    }

    /// <summary>A member has been silent for long enough. Local.</summary>
    private sealed record Silent(Member Member) : INoSerializationVerificationNeeded;
}
