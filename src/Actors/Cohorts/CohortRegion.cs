using Akka.Actor;
using Akka.Cluster.Sharding;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// Stands in for a shard region in one process: makes a cohort when the first message for it arrives, and keeps messages for a
/// cohort that is stopping until its successor is there.
/// </summary>
internal sealed class CohortRegion : ReceiveActor
{
    private readonly Dictionary<string, List<(object Message, IActorRef Sender)>> _waiting = [];

    public CohortRegion(IMessageExtractor extractor, Props cohort)
    {
        Receive<Terminated>(terminated => Succeed(terminated.ActorRef.Path.Name, cohort));
        Receive<CohortStopping>(_ => _waiting.TryAdd(Sender.Path.Name, []));
        ReceiveAny(message =>
        {
            if (extractor.EntityId(message) is not { } id)
            {
                Unhandled(message);
            }
            else if (_waiting.TryGetValue(id, out var waiting))
            {
                waiting.Add((message, Sender));
            }
            else
            {
                Find(id, cohort).Forward(message);
            }
        });
    }

    private static IActorRef Find(string id, Props cohort) =>
        Context.Child(id) is { } child && !child.Equals(ActorRefs.Nobody) ? child : Context.Watch(Context.ActorOf(cohort, id));

    private void Succeed(string id, Props cohort)
    {
        if (_waiting.Remove(id, out var waiting) && waiting.Count > 0)
        {
            var successor = Find(id, cohort);
            waiting.ForEach(entry => successor.Tell(entry.Message, entry.Sender));
        }
    }
}

/// <summary>A cohort tells its region that it is about to stop. Local.</summary>
internal sealed record CohortStopping : INoSerializationVerificationNeeded
{
    public static readonly CohortStopping Instance = new();
}
