using Akka.Actor;
using Akka.Dispatch.SysMsg;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Testing;

/// <summary>
/// A system that speaks as nodes do and belongs to nobody: it has the program's transport and messages, Akka.NET's own serializers, and no
/// certificate.
/// </summary>
public sealed class Stranger : IAsyncDisposable
{
    private static readonly string[] Paths =
    [
        "/user", "/user/doorkeeper", "/user/models", "/user/games", "/user/stand-by", "/user/victim", "/system/cluster/core/daemon",
        "/system/sharding",
        "/system/sharding/cohort", "/system/sharding/cohortCoordinator", "/system/remote-watcher",
    ];

    private static volatile bool _deployed;

    /// <summary>Whether a stranger ever got an actor into this process.</summary>
    public static bool HasDeployed => _deployed;

    public ActorSystem System { get; } = ActorSystem.Create("stranger", """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          loggers = []
          actor {
            provider = remote
            serializers.flcrowd = "FLCrowd.Actors.Serialization.ProtocolSerializer, FLCrowd.Actors"
            serialization-bindings { "FLCrowd.Actors.Protocol.IProtocolMessage, FLCrowd.Actors" = flcrowd }
          }
          remote {
            enabled-transports = ["akka.remote.flcrowd"]
            retry-gate-closed-for = 100ms
            flcrowd {
              transport-class = "FLCrowd.Actors.Network.NodeTransport, FLCrowd.Actors"
              hostname = 127.0.0.1
              port = 0
              largest-message = 1GiB
              unfinished-messages = 1GiB
            }
          }
        }
        """);

    /// <summary>Sends whatever may harm to the actors of a node.</summary>
    /// <param name="node">Such as <c>akka.tcp://flcrowd@127.0.0.1:4053</c>.</param>
    public void Attack(Address node)
    {
        object[] harms = [PoisonPill.Instance, Kill.Instance, new Status.Failure(new InvalidOperationException("boom"))];
        foreach (string path in Paths)
        {
            var actor = At(node, path);
            foreach (object harm in harms)
            {
                actor.Tell(harm);
                System.ActorSelection($"{node}{path}").Tell(harm);
                System.ActorSelection($"{node}{path}/*").Tell(harm);
            }

            System.ActorSelection($"{node}{path}/*").Tell(new StopCohort(0, 0));
            foreach (var harm in (SystemMessage[])[new Terminate(), new Suspend(), new Recreate(new InvalidOperationException("boom"))])
            {
                actor.SendSystemMessage(harm);
            }
        }

        var elsewhere = Props.Create(() => new Deployed()).WithDeploy(Deploy.None.WithScope(new RemoteScope(node)));
        System.ActorOf(elsewhere);
    }

    public IInternalActorRef At(Address node, string path) =>
        (IInternalActorRef)((ExtendedActorSystem)System).Provider.ResolveActorRef($"{node}{path}");

    public async ValueTask DisposeAsync()
    {
        await System.Terminate();
        System.Dispose();
    }

    private sealed class Deployed : ReceiveActor
    {
        public Deployed() => _deployed = true;
    }
}
