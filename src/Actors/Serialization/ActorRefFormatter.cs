using Akka.Actor;
using MessagePack;
using MessagePack.Formatters;

namespace FLCrowd.Actors.Serialization;

/// <summary>An actor's address, with the node's where it leaves the node.</summary>
internal sealed class ActorRefFormatter(ExtendedActorSystem system) : IMessagePackFormatter<IActorRef>
{
    public void Serialize(ref MessagePackWriter writer, IActorRef value, MessagePackSerializerOptions options) =>
        writer.Write(Akka.Serialization.Serialization.SerializedActorPath(value));

    public IActorRef Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        system.Provider.ResolveActorRef(reader.ReadString());
}
