using System.Diagnostics.Metrics;
using Akka.Actor;

namespace FLCrowd.Actors.Metrics;

/// <summary>
/// What happens on a node, counted where it happens. Every actor system has a meter of its own, so that a process with several of them,
/// such as a stand-by server with a run, tells them apart (<see cref="Meter.Scope"/>). Names follow OpenTelemetry's conventions.
/// </summary>
internal sealed class NodeMetrics : IExtension
{
    private static readonly KeyValuePair<string, object?> Replayed = new("flcrowd.round.replay", true);
    private static readonly KeyValuePair<string, object?> NotReplayed = new("flcrowd.round.replay", false);

    private readonly Counter<long> _updates;
    private readonly Counter<long> _rounds;
    private readonly Counter<long> _episodes;
    private readonly Counter<long> _resent;
    private readonly Counter<long> _dropped;
    private readonly UpDownCounter<long> _cohorts;
    private readonly Counter<long> _bytes;

    public NodeMetrics(ActorSystem system)
    {
        var meter = new Meter(new MeterOptions(CrowdMeter.Name)
        {
            Version = typeof(NodeMetrics).Assembly.GetName().Version?.ToString(3),
            Scope = system,
        });
        _updates = meter.CreateCounter<long>(
            "flcrowd.client.updates", "{update}", "Local trainings of clients that were carried out.");
        _rounds = meter.CreateCounter<long>("flcrowd.rounds", "{round}", "Rounds that ended with a new global model.");
        _episodes = meter.CreateCounter<long>("flcrowd.episodes", "{episode}", "Episodes that were played and recorded.");
        _resent = meter.CreateCounter<long>(
            "flcrowd.messages.resent", "{message}", "Messages that were sent again since no answer came in time.");
        _dropped = meter.CreateCounter<long>(
            "flcrowd.messages.dropped", "{message}", "Messages that were late, doubled or foreign, and had no effect.");
        _cohorts = meter.CreateUpDownCounter<long>("flcrowd.cohorts", "{cohort}", "Cohorts of clients that are on the node.");
        _bytes = meter.CreateCounter<long>("flcrowd.model.sent", "By", "Parameters of models that were sent to other nodes.");
        system.RegisterOnTermination(meter.Dispose);
    }

    /// <summary>Those of a system.</summary>
    public static NodeMetrics Of(ActorSystem system) => system.WithExtension<NodeMetrics, Provider>();

    /// <summary>A client was trained.</summary>
    public void Trained() => _updates.Add(1);

    /// <summary>A round is over.</summary>
    public void RoundDone(bool isReplay) => _rounds.Add(1, isReplay ? Replayed : NotReplayed);

    /// <summary>An episode is recorded.</summary>
    public void EpisodeRecorded() => _episodes.Add(1);

    /// <summary>Messages are sent again.</summary>
    public void Resent(int messages) => _resent.Add(messages);

    /// <summary>Messages had no effect.</summary>
    /// <param name="counted">How many were counted here by now.</param>
    /// <param name="dropped">How many there are.</param>
    public void Dropped(ref long counted, long dropped)
    {
        if (dropped != counted)
        {
            _dropped.Add(dropped - counted);
            counted = dropped;
        }
    }

    /// <summary>A cohort came, or went.</summary>
    public void Cohorts(int change) => _cohorts.Add(change);

    /// <summary>Whether models that are sent to somebody are to be told of: somebody listens, and it is another node.</summary>
    public bool CountsModelsTo(IActorRef receiver) => _bytes.Enabled && receiver.Path.Address.HasGlobalScope;

    /// <summary>Models go to another node.</summary>
    /// <param name="parameters">How many numbers of them there are.</param>
    public void ModelsSent(long parameters) => _bytes.Add(parameters * sizeof(float));

    private sealed class Provider : ExtensionIdProvider<NodeMetrics>
    {
        public override NodeMetrics CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
