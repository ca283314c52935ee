using Akka.Actor;
using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>Stands in front of the region and kills cohorts while they do what they were asked last, by a seeded lot.</summary>
internal sealed class CohortKiller : ReceiveActor
{
    private const int MaxKills = 12;

    public CohortKiller(Seed seed, IActorRef region, Func<IToCohort, bool> isMoment, Kills kills)
    {
        var extractor = new CohortExtractor();
        int moments = 0;
        Receive<IToCohort>(message =>
        {
            region.Forward(message);
            if (isMoment(message) && kills.Count < MaxKills && seed.Index(3, moments++) == 0)
            {
                kills.Count++;
                Context.ActorSelection($"/user/cohorts/{extractor.EntityId(message)}").Tell(Kill.Instance);
            }
        });
    }
}

/// <summary>How many cohorts were killed. Read it when the run is over.</summary>
internal sealed class Kills
{
    public int Count { get; set; }
}
