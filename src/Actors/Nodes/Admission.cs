using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using FLCrowd.Actors.Network;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Nodes;

/// <summary>
/// Answers nodes that ask to be let in, and says where this one stands: only those that compute the very same numbers may. Who may is
/// made known to the <see cref="Seeker"/>.
/// </summary>
internal sealed class Admission : ReceiveActor
{
    /// <summary>What nodes of any version look for: also those that are refused.</summary>
    public const string Name = "doorkeeper";

    /// <summary>Refusals are said once; beyond so many somebody plays games.</summary>
    private const int MostSaid = 100;

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly HashSet<string> _said = [];
    private bool _isEntering;

    public Admission(Hello here)
    {
        Receive<Hello>(there =>
        {
            var caller = Sender.Path.Address;
            var reasons = NodeIdentity.Differences(here, there);
            if (reasons.Count == 0)
            {
                Sender.Tell(new Welcome(StandingTo(caller)));
                Context.System.EventStream.Publish(new Called(caller));
                return;
            }

            string said = Greeting.Shown($"Refused the node {caller}: {string.Join("; ", reasons)}");
            if (_said.Count < MostSaid && _said.Add(said))
            {
                Context.GetLogger().Error("{0}", said);
            }

            Sender.Tell(new Refused([.. reasons]));
        });
        Receive<Entering>(_ => _isEntering = true);
    }

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(Entering));

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    /// <summary>Nobody gets in while a member is silent, unless it is the one who asks: it was started again.</summary>
    private Standing StandingTo(Address other)
    {
        var state = _cluster.State;
        var own = state.Members.FirstOrDefault(member => member.UniqueAddress == _cluster.SelfUniqueAddress);
        return own is null
            ? _isEntering ? Standing.Busy : Standing.Alone
            : own.Status == MemberStatus.Up && state.Unreachable.All(member => member.Address == other) ? Standing.Member : Standing.Busy;
    }
}

/// <summary>Another node, which may join this one, asked to be let in. Local, on the event stream.</summary>
internal sealed record Called(Address Node) : INoSerializationVerificationNeeded;

/// <summary>This node is about to join a cluster. Local, on the event stream.</summary>
internal sealed record Entering : INoSerializationVerificationNeeded;
