using Akka.Actor;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>
/// Stands between the server and its cohorts, and between the cohorts and the recorder: loses, doubles and holds messages by a
/// seeded lot. A held message goes on after a later one of its way, so that messages overtake each other.
/// </summary>
internal sealed class LossyNetwork : ReceiveActor
{
    private readonly Seed _seed;
    private readonly IActorRef _region;
    private readonly Disturbances _disturbances;
    private readonly Dictionary<IActorRef, IActorRef> _ways = [];
    private readonly Queue<(object Message, IActorRef From, IActorRef To)> _held = [];
    private int _passed;

    public LossyNetwork(Seed seed, IActorRef region, Disturbances disturbances)
    {
        _seed = seed;
        _region = region;
        _disturbances = disturbances;
        Receive<OnTheWay>(way => Pass(way.Message, way.From, way.To));
        Receive<StopCohort>(stop => region.Tell(stop, WayTo(Sender)));
        Receive<CohortAssignments>(message => Pass(message with { Recorder = WayTo(message.Recorder) }, WayTo(Sender), region));
        Receive<IToCohort>(message => Pass(message, WayTo(Sender), region));
    }

    private void Pass(object message, IActorRef from, IActorRef to)
    {
        switch (_seed.Index(8, _passed++))
        {
            case 0:
                _disturbances.Lost++;
                return;
            case 1 or 2:
                _disturbances.Doubled++;
                to.Tell(message, from);
                break;
            case 3 or 4:
                _disturbances.Held++;
                _held.Enqueue((message, from, to));
                return;
        }

        to.Tell(message, from);
        if (_held.Count > 0 && _seed.Uniform(_passed) < 0.5)
        {
            var late = _held.Dequeue();
            late.To.Tell(late.Message, late.From);
        }
    }

    /// <summary>An address whose messages come here first.</summary>
    private IActorRef WayTo(IActorRef receiver)
    {
        if (!_ways.TryGetValue(receiver, out var way))
        {
            var network = Self;
            _ways[receiver] = way = Context.ActorOf(Props.Create(() => new Way(network, receiver)));
        }

        return way;
    }

    private sealed class Way : ReceiveActor
    {
        public Way(IActorRef network, IActorRef receiver) =>
            ReceiveAny(message => network.Tell(new OnTheWay(message, Sender, receiver)));
    }

    private sealed record OnTheWay(object Message, IActorRef From, IActorRef To);
}

/// <summary>What the network did. Read it when the run is over.</summary>
internal sealed class Disturbances
{
    public int Lost { get; set; }

    public int Doubled { get; set; }

    public int Held { get; set; }
}
