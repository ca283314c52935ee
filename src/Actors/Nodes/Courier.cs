using Akka.Actor;
using Akka.Serialization;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Nodes;

/// <summary>
/// Carries messages to other nodes that are too large for one frame: cuts them into <see cref="Parcel"/>s, which the other node's courier
/// puts together again. A lost parcel loses the message; whoever waits for it asks again.
/// </summary>
internal sealed class Courier : ReceiveActor, IWithTimers
{
    public const string Name = "courier";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Akka.Serialization.Serialization _serialization = Context.System.Serialization;
    private readonly Dictionary<(IActorRef Courier, long Shipment), Shipment> _arriving = [];
    private long _sent;

    public Courier(int parcelBytes)
    {
        Receive<Ship>(ship => Cut(ship, parcelBytes));
        Receive<Parcel>(Collect);
        Receive<Forget>(forget => _arriving.Remove(forget.Key));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Sends a message that may be large, from the actor of a context.</summary>
    public static void Send(IActorContext from, IActorRef target, object message)
    {
        if (target is IActorRefScope { IsLocal: false } && FLCrowdNode.Of(from.System) is { Courier: { } courier } node && Size(message) > node.ParcelBytes)
        {
            courier.Tell(new Ship(target, message, from.Self));
        }
        else
        {
            target.Tell(message, from.Self);
        }
    }

    /// <summary>About how many bytes a message is; one that is written once per game and node always passes for large.</summary>
    private static long Size(object message) => message switch
    {
        RoundModel model => Bytes(model.Model),
        CohortUpdate update => Bytes(update.Sum) + update.Reports.Sum(report => Bytes(report.Model)),
        CohortOutcomes outcomes => 512L * outcomes.Outcomes.Length,
        GameDescription => long.MaxValue,
        _ => 0,
    };

    private static long Bytes(ModelVector? model) => sizeof(float) * (long)(model?.Length ?? 0);

    private void Cut(Ship ship, int parcelBytes)
    {
        var serializer = (SerializerWithStringManifest)_serialization.FindSerializerFor(ship.Message);
        byte[] bytes = serializer.ToBinary(ship.Message);
        var other = Context.ActorSelection(new RootActorPath(ship.Target.Path.Address) / "user" / Name);
        int count = (bytes.Length + parcelBytes - 1) / parcelBytes;
        for (int index = 0; index < count; index++)
        {
            byte[] part = bytes[(index * parcelBytes)..Math.Min((index + 1) * parcelBytes, bytes.Length)];
            other.Tell(new Parcel(_sent, index, count, serializer.Manifest(ship.Message), ship.Target, ship.Sender, part));
        }

        _sent++;
    }

    private void Collect(Parcel parcel)
    {
        var key = (Sender, parcel.Shipment);
        if (!_arriving.TryGetValue(key, out var shipment))
        {
            _arriving[key] = shipment = new Shipment(new byte[parcel.Count][]);
            Timers.StartSingleTimer(key, new Forget(key), Patience);
        }

        shipment.Parts[parcel.Index] = parcel.Part;
        if (!Array.TrueForAll(shipment.Parts, part => part is not null))
        {
            return;
        }

        _arriving.Remove(key);
        Timers.Cancel(key);
        var serializer = (SerializerWithStringManifest)_serialization.FindSerializerForType(typeof(Parcel));
        parcel.Target.Tell(serializer.FromBinary(Joined(shipment.Parts), parcel.Manifest), parcel.Sender);
    }

    private static byte[] Joined(byte[][] parts)
    {
        using var whole = new MemoryStream(parts.Sum(part => part.Length));
        foreach (byte[] part in parts)
        {
            whole.Write(part);
        }

        return whole.ToArray();
    }

    private sealed record Shipment(byte[][] Parts);

    private sealed record Forget((IActorRef Courier, long Shipment) Key) : INoSerializationVerificationNeeded;

    private sealed record Ship(IActorRef Target, object Message, IActorRef Sender) : INoSerializationVerificationNeeded;
}
