using Akka.Actor;
using Akka.Event;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Nodes;

/// <summary>Answers nodes that want to join: only those that compute the very same numbers may.</summary>
internal sealed class Doorkeeper : ReceiveActor
{
    public const string Name = "doorkeeper";

    public Doorkeeper(Hello here) => Receive<Hello>(there =>
    {
        var reasons = NodeIdentity.Differences(here, there);
        if (reasons.Count == 0)
        {
            Sender.Tell(new Welcome());
            return;
        }

        Context.GetLogger().Error("Refused the node {0}: {1}", Sender.Path.Address, string.Join("; ", reasons));
        Sender.Tell(new Refused([.. reasons]));
    });
}
