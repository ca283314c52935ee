using Akka.Actor;

namespace FLCrowd.Actors.Watching;

/// <summary>Who looks on in an actor system.</summary>
public sealed class Spectators : IExtension
{
    private volatile ISpectator? _watching;

    private Spectators()
    {
    }

    /// <summary>Has somebody look on while games are played in this process, from the next game on.</summary>
    /// <param name="system">The system.</param>
    /// <param name="spectator">Who; null: nobody any more.</param>
    public static void Watch(ActorSystem system, ISpectator? spectator) => Id.Instance.Apply(system)._watching = spectator;

    /// <summary>Who looks on; null: nobody.</summary>
    internal static ISpectator? Of(ActorSystem system) => Id.Instance.Apply(system)._watching;

    private sealed class Id : ExtensionIdProvider<Spectators>
    {
        public static readonly Id Instance = new();

        public override Spectators CreateExtension(ExtendedActorSystem system) => new();
    }
}
