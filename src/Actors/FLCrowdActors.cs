using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.DistributedData;
using Akka.Hosting;
using Akka.Routing;
using FLCrowd.Actors.Broadcast;
using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Network;
using FLCrowd.Actors.Nodes;

namespace FLCrowd.Actors;

/// <summary>Sets up the actors of a node.</summary>
public static class FLCrowdActors
{
    private const string CohortType = "cohort";

    /// <summary>
    /// Adds FLCrowd to an actor system of one process: configuration, serializer, dispatchers, and the node's long-lived actors.
    /// </summary>
    /// <param name="builder">The system's builder.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="trainingThreads">Threads that train, at least 1; results do not depend on it.</param>
    public static AkkaConfigurationBuilder WithFLCrowd(
        this AkkaConfigurationBuilder builder, PluginCatalog catalog, int trainingThreads) => builder
        .AddHocon($"{Dispatchers.Training}.dedicated-thread-pool.thread-count = {trainingThreads}", HoconAddMode.Prepend)
        .AddHocon(EmbeddedHocon(), HoconAddMode.Append)
        .WithActors((system, _) =>
        {
            var (host, evaluators, cohort) = Parts(system, catalog, trainingThreads);
            var cohorts = system.ActorOf(Props.Create(() => new CohortRegion(new CohortExtractor(100), cohort)), "cohorts");
            system.RegisterExtension(new FLCrowdNode.Id(new FLCrowdNode(catalog, host, cohorts, evaluators)));
        });

    /// <summary>Adds FLCrowd to a system that is a node of a cluster; it joins by <see cref="Membership.JoinAsync"/>.</summary>
    /// <inheritdoc cref="WithFLCrowd(AkkaConfigurationBuilder, PluginCatalog, int)"/>
    /// <param name="builder">The system's builder.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="trainingThreads">Threads that train, at least 1; results do not depend on it.</param>
    /// <param name="node">The node.</param>
    /// <exception cref="SettingException">The node would be open to a network without TLS.</exception>
    public static AkkaConfigurationBuilder WithFLCrowd(
        this AkkaConfigurationBuilder builder, PluginCatalog catalog, int trainingThreads, NodeSettings node)
    {
        NodeSecurity.Check(node);
        return builder
            .AddHocon(node.Hocon(trainingThreads), HoconAddMode.Prepend)
            .AddHocon(node.Akka, HoconAddMode.Prepend)
            .AddHocon($"{Dispatchers.Training}.dedicated-thread-pool.thread-count = {trainingThreads}", HoconAddMode.Prepend)
            .AddHocon(EmbeddedHocon(), HoconAddMode.Append)
            .AddHocon(ClusterSharding.DefaultConfig(), HoconAddMode.Append)
            .AddHocon(ClusterSingleton.DefaultConfig(), HoconAddMode.Append)
            .AddHocon(DistributedData.DefaultConfig(), HoconAddMode.Append)
            .WithActorRefProvider(ProviderSelection.Cluster.Instance)
            .AddSetup(new NodeNetwork(node.Tls))
            .AddSetup(HarmlessMessages.Setup())
            .WithActors((system, _) => StartNode(system, catalog, trainingThreads, node));
    }

    private static void StartNode(ActorSystem system, PluginCatalog catalog, int trainingThreads, NodeSettings settings)
    {
        var (host, evaluators, cohort) = Parts(system, catalog, trainingThreads);
        var sharding = ClusterSharding.Get(system);
        var extractor = new CohortExtractor(100);
        var cohorts = settings.Role == NodeRole.Worker
            ? sharding.Start(CohortType, _ => cohort, ClusterShardingSettings.Create(system).WithRole(ClusterRoles.Worker), extractor)
            : sharding.StartProxy(CohortType, ClusterRoles.Worker, extractor);
        var identity = NodeIdentity.Of(settings.Build ?? ProgramBuild.Of(typeof(FLCrowdActors).Assembly), catalog, settings.Data);
        system.ActorOf(Props.Create(() => new Admission(identity)), Admission.Name);
        system.RegisterExtension(new FLCrowdNode.Id(new FLCrowdNode(catalog, host, cohorts, evaluators) { Identity = identity }));
    }

    /// <summary>What every node has: the host of games, what evaluates, and what a cohort is.</summary>
    private static (IActorRef Host, Props Evaluators, Props Cohort) Parts(ActorSystem system, PluginCatalog catalog, int trainingThreads)
    {
        var host = system.ActorOf(Props.Create(() => new GameHost(catalog)).WithDispatcher(Dispatchers.Training), "games");
        var models = system.ActorOf(Props.Create(() => new ModelCache()), "models");
        var evaluators = Props.Create(() => new Evaluator())
            .WithDispatcher(Dispatchers.Training)
            .WithRouter(new RoundRobinPool(trainingThreads));
        return (host, evaluators, Props.Create(() => new CohortActor(catalog, host, models)));
    }

    private static Config EmbeddedHocon()
    {
        using var reader = new StreamReader(typeof(FLCrowdActors).Assembly.GetManifestResourceStream("akka.conf")!);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
