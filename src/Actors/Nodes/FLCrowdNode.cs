using Akka.Actor;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Nodes;

/// <summary>The long-lived actors of a node, and its plug-ins.</summary>
internal sealed class FLCrowdNode(PluginCatalog catalog, IActorRef host, IActorRef cohorts, Props evaluators) : IExtension
{
    public PluginCatalog Catalog { get; } = catalog;

    /// <summary>Who hosts games.</summary>
    public IActorRef Host { get; } = host;

    /// <summary>Where messages to cohorts go.</summary>
    public IActorRef Cohorts { get; } = cohorts;

    /// <summary>A pool of evaluators: each server has its own, so that no test outlives the game's model.</summary>
    public Props Evaluators { get; } = evaluators;

    /// <summary>How the node introduces itself to others; null where there is one process only.</summary>
    public Hello? Identity { get; init; }

    /// <summary>The node of a system.</summary>
    public static FLCrowdNode Of(ActorSystem system) => system.GetExtension<FLCrowdNode>()
        ?? throw new InvalidOperationException("the actor system was not set up with WithFLCrowd");

    /// <summary>Makes the node known to its system.</summary>
    internal sealed class Id(FLCrowdNode node) : ExtensionIdProvider<FLCrowdNode>
    {
        public override FLCrowdNode CreateExtension(ExtendedActorSystem system) => node;
    }
}
