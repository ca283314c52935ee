using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Routing;
using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Learning;

namespace FLCrowd.Actors;

/// <summary>Sets up the actors of a node.</summary>
public static class FLCrowdActors
{
    /// <summary>Where local training and evaluation run.</summary>
    internal const string TrainingDispatcher = "flcrowd.training-dispatcher";

    /// <summary>Where the recorder waits for the disk.</summary>
    internal const string RecordingDispatcher = "flcrowd.recording-dispatcher";

    /// <summary>Adds FLCrowd to an actor system: configuration, serializer, dispatchers, and the node's long-lived actors.</summary>
    /// <param name="builder">The system's builder.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="trainingThreads">Threads that train, at least 1; results do not depend on it.</param>
    public static AkkaConfigurationBuilder WithFLCrowd(this AkkaConfigurationBuilder builder, PluginCatalog catalog, int trainingThreads) => builder
        .AddHocon($"{TrainingDispatcher}.dedicated-thread-pool.thread-count = {trainingThreads}", HoconAddMode.Prepend)
        .AddHocon(EmbeddedHocon(), HoconAddMode.Append)
        .WithActors((system, _) =>
        {
            var host = system.ActorOf(Props.Create(() => new GameHost(catalog)).WithDispatcher(TrainingDispatcher), "games");
            var evaluators = Props.Create(() => new Evaluator())
                .WithDispatcher(TrainingDispatcher)
                .WithRouter(new RoundRobinPool(trainingThreads));
            IMessageExtractor extractor = new CohortExtractor();
            var cohort = Props.Create(() => new CohortActor(catalog, host));
            var cohorts = system.ActorOf(Props.Create(() => new CohortRegion(extractor, cohort)), "cohorts");
            system.RegisterExtension(new FLCrowdNode.Id(new FLCrowdNode(catalog, host, cohorts, evaluators)));
        });

    private static Config EmbeddedHocon()
    {
        using var reader = new StreamReader(typeof(FLCrowdActors).Assembly.GetManifestResourceStream("akka.conf")!);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
