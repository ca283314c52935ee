using Akka.Actor;
using Akka.Cluster.Sharding;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// Stands in for a shard region in one process: makes a cohort when the first message for it arrives, and keeps messages for a
/// cohort that is stopping until its successor is there.
/// </summary>
internal sealed class CohortRegion : ReceiveActor
{
    private readonly IMessageExtractor _extractor;
    private readonly Props _cohort;
    private readonly Dictionary<string, List<(object Message, IActorRef Sender)>> _waiting = [];

    public CohortRegion(IMessageExtractor extractor, Props cohort)
    {
        _extractor = extractor;
        _cohort = cohort;
        Receive<Terminated>(terminated => Succeed(terminated.ActorRef.Path.Name));
        Receive<Passivate>(passivate =>
        {
            _waiting.TryAdd(Sender.Path.Name, []);
            Sender.Tell(passivate.StopMessage);
        });
        ReceiveAny(message => Deliver(message, Sender));
    }

    private void Deliver(object message, IActorRef sender)
    {
        if (_extractor.EntityId(message) is not { } id)
        {
            Unhandled(message);
            return;
        }

        if (_waiting.TryGetValue(id, out var waiting))
        {
            waiting.Add((message, sender));
            return;
        }

        var cohort = Context.Child(id);
        if (message is StopCohort)
        {
            if (cohort.Equals(ActorRefs.Nobody))
            {
                return;
            }

            // Whatever comes from now on is for the successor: the cohort will not read it any more.
            _waiting[id] = [];
        }

        (cohort.Equals(ActorRefs.Nobody) ? Context.Watch(Context.ActorOf(_cohort, id)) : cohort).Tell(message, sender);
    }

    private void Succeed(string id)
    {
        if (_waiting.Remove(id, out var waiting))
        {
            waiting.ForEach(entry => Deliver(entry.Message, entry.Sender));
        }
    }
}
