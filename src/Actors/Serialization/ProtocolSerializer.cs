using Akka.Actor;
using Akka.Serialization;
using FLCrowd.Actors.Protocol;
using MessagePack;

namespace FLCrowd.Actors.Serialization;

/// <summary>Writes every message that may cross nodes as MessagePack under a short, versioned manifest.</summary>
/// <remarks>
/// A manifest is for ever: a record only grows (new keys at the end), and where that is not enough a new manifest is added and
/// the old one stays readable. The golden bytes of every manifest are in the tests.
/// </remarks>
public sealed class ProtocolSerializer : SerializerWithStringManifest
{
    /// <summary>What a journal's rows are written under.</summary>
    internal const string SealManifest = "sr1";

    /// <summary>Of this serializer, in whatever is written.</summary>
    internal const int Id = 7301;

    private static readonly Dictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["as1"] = typeof(Assign),
        ["gm1"] = typeof(GlobalModel),
        ["rw1"] = typeof(Reward),
        ["ca1"] = typeof(CohortAssignments),
        ["cw1"] = typeof(CohortRewards),
        ["cs1"] = typeof(StopCohort),
        ["rd1"] = typeof(Ready),
        ["lm1"] = typeof(LocalModel),
        ["cf1"] = typeof(ClientFailure),
        ["cr1"] = typeof(CohortReady),
        ["cu1"] = typeof(CohortUpdate),
        ["er1"] = typeof(EpisodeRecorded),
        ["co1"] = typeof(ClientOutcome),
        ["oc1"] = typeof(CohortOutcomes),
        ["es1"] = typeof(EpisodeResult),
        ["dg1"] = typeof(DescribeGame),
        ["gd1"] = typeof(GameDescription),
        ["rp1"] = typeof(RunPlanned),
        ["ej1"] = typeof(EpisodesJournaled),
        ["gc1"] = typeof(GameCheckpoint),
        ["un1"] = typeof(CohortUnassigned),
        ["cx1"] = typeof(CohortRefused),
        ["dm1"] = typeof(DescribeMemories),
        ["cm1"] = typeof(CohortMemories),
        ["dp1"] = typeof(DescribePayoffs),
        ["pp1"] = typeof(PublishedPayoffs),
        ["br1"] = typeof(BeginRound),
        ["rq1"] = typeof(RequestModel),
        ["rm1"] = typeof(RoundModel),
        ["he1"] = typeof(Hello),
        ["we1"] = typeof(Welcome),
        ["rf1"] = typeof(Refused),
        ["uw1"] = typeof(RunUnderWay),
        [SealManifest] = typeof(SealedRecord),
    };

    private static readonly Dictionary<Type, string> ManifestsByType = Types.ToDictionary(entry => entry.Value, entry => entry.Key);

    private readonly MessagePackSerializerOptions _options;

    /// <summary>Made by Akka.NET, once per actor system.</summary>
    public ProtocolSerializer(ExtendedActorSystem system)
        : base(system) => _options = ProtocolFormats.Options(system);

    /// <summary>The manifests in use and the messages they stand for.</summary>
    public static IReadOnlyDictionary<string, Type> Manifests => Types;

    /// <inheritdoc/>
    public override int Identifier => Id;

    /// <inheritdoc/>
    public override string Manifest(object o) => ManifestsByType.TryGetValue(o.GetType(), out var manifest)
        ? manifest
        : throw new ArgumentException($"{o.GetType()} has no manifest: register it in {nameof(ProtocolSerializer)}", nameof(o));

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => MessagePackSerializer.Serialize(obj.GetType(), obj, _options);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => Types.TryGetValue(manifest, out var type)
        ? MessagePackSerializer.Deserialize(type, bytes, _options)
            ?? throw new MessagePackSerializationException($"nothing, instead of a message with manifest '{manifest}'")
        : throw new ArgumentException($"unknown manifest '{manifest}': the sender runs another version", nameof(manifest));
}
