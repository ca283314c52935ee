using Akka.Actor;
using FLCrowd.Actors.Serialization;

namespace FLCrowd.Actors.Tests.Serialization;

/// <summary>The serializer of an actor system that does nothing else.</summary>
public sealed class SerializerFixture : IDisposable
{
    private readonly ExtendedActorSystem _system = (ExtendedActorSystem)ActorSystem.Create(
        "golden", "akka { loglevel = OFF, loggers = [] }");

    public SerializerFixture() => Serializer = new ProtocolSerializer(_system);

    public ProtocolSerializer Serializer { get; }

    /// <summary>An address of the system without an actor behind it, so that it has the same text in every run.</summary>
    public IActorRef Actor(string name) => _system.Provider.ResolveActorRef($"akka://golden/user/{name}");

    internal object RoundTrip(object message) => Serializer.FromBinary(Serializer.ToBinary(message), Serializer.Manifest(message));

    public void Dispose() => _system.Dispose();
}
