using Akka.Actor;
using Akka.Event;
using FLCrowd.Actors.Network;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Nodes;

/// <summary>Answers nodes that want to join: only those that compute the very same numbers may.</summary>
internal sealed class Doorkeeper : ReceiveActor
{
    public const string Name = "doorkeeper";

    /// <summary>Refusals are said once; beyond so many somebody plays games.</summary>
    private const int MostSaid = 100;

    private readonly HashSet<string> _said = [];

    public Doorkeeper(Hello here) => Receive<Hello>(there =>
    {
        var reasons = NodeIdentity.Differences(here, there);
        if (reasons.Count == 0)
        {
            Sender.Tell(new Welcome());
            return;
        }

        string said = Greeting.Shown($"Refused the node {Sender.Path.Address}: {string.Join("; ", reasons)}");
        if (_said.Count < MostSaid && _said.Add(said))
        {
            Context.GetLogger().Error("{0}", said);
        }

        Sender.Tell(new Refused([.. reasons]));
    });
}
