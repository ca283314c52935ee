using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Setup;

namespace FLCrowd.Actors.Network;

/// <summary>What a system's <see cref="NodeTransport"/> is given, and what others may ask of it.</summary>
/// <param name="tls">Who the node is, and whom it believes; null: no encryption.</param>
internal sealed class NodeNetwork(NodeTls? tls) : Setup
{
    private readonly ConcurrentDictionary<(string? Host, int? Port), string> _refusals = [];

    public NodeTls? Tls { get; } = tls;

    /// <summary>The network of a system; null where it is on its own.</summary>
    public static NodeNetwork? Of(ActorSystem system) =>
        system.Settings.Setup.Get<NodeNetwork>() is { HasValue: true, Value: var network } ? network : null;

    /// <summary>Why certificates kept this node from another one when it last tried; null: they did not.</summary>
    public string? RefusalBy(Address node) => _refusals.GetValueOrDefault((node.Host, node.Port));

    public void Note(Address node, string? refusal)
    {
        if (refusal is null)
        {
            _refusals.TryRemove((node.Host, node.Port), out _);
        }
        else
        {
            _refusals[(node.Host, node.Port)] = refusal;
        }
    }
}
