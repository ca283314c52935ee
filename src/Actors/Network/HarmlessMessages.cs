using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Serialization;
using Akka.Util;

namespace FLCrowd.Actors.Network;

/// <summary>
/// What of Akka.NET's own messages a node reads from others: that an actor is watched or has ended, and who is there. What stops, suspends,
/// restarts or deploys actors, and objects of whatever type somebody names, are refused before they are made. Untrusted mode alone lets
/// <see cref="Kill"/> and all system messages but one pass.
/// </summary>
internal static class HarmlessMessages
{
    /// <summary>Puts gates in front of Akka.NET's serializers, under their names and identifiers.</summary>
    public static Setup Setup() => SerializationSetup.Create(system =>
    [
        Gate(
            "akka-system-msg",
            new SystemMessageSerializer(system),
            Name(typeof(Watch)), Name(typeof(Unwatch)), Name(typeof(DeathWatchNotification))),
        Gate("akka-misc", new MiscMessageSerializer(system), "ID", "AID", "AR", "RWHB", "RWHR"),
        Gate("daemon-create", new DaemonMsgCreateSerializer(system)),
        Gate("proto", new ProtobufSerializer(system)),
        Gate("json", new NewtonSoftJsonSerializer(system)),
    ]);

    private static SerializerDetails Gate(string name, Serializer inner, params string[] allowed) =>
        SerializerDetails.Create(name, new Gatekeeper(inner, allowed), []);

    private static string Name(Type type) => type.TypeQualifiedName();

    /// <summary>Writes what another serializer writes, and reads what is allowed of that.</summary>
    private sealed class Gatekeeper(Serializer inner, string[] allowed) : SerializerWithStringManifest(null!)
    {
        public override int Identifier => inner.Identifier;

        public override string Manifest(object o) => inner is SerializerWithStringManifest named ? named.Manifest(o) : Name(o.GetType());

        public override byte[] ToBinary(object obj) => inner.ToBinary(obj);

        public override object FromBinary(byte[] bytes, string manifest)
        {
            if (!allowed.Contains(manifest))
            {
                throw new SerializationException($"'{manifest}' is no message that nodes send each other");
            }

            return inner is SerializerWithStringManifest named
                ? named.FromBinary(bytes, manifest)
                : inner.FromBinary(bytes, Type.GetType(manifest, throwOnError: true)!);
        }
    }
}
