using Akka.Actor;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace FLCrowd.Actors.Serialization;

/// <summary>How the types in messages are written: own types by their keys, the contracts' types by the formatters here.</summary>
internal static class ProtocolFormats
{
    public static MessagePackSerializerOptions Options(ExtendedActorSystem system)
    {
        IMessagePackFormatter[] formatters =
        [
            new ActorRefFormatter(system),
            new ModelVectorFormatter(),
            new AssignmentFormatter(),
            new RewardTermsFormatter(),
            new PluginChoiceFormatter(),
            new PartitionSettingsFormatter(),
            new TrainingProtocolFormatter(),
            new ClientActionFormatter(),
            new PublishedPayoffFormatter(),
            new EvaluationFormatter(),
            new PerClientFormatter(),
            new SurrogateErrorsFormatter(),
            new LossSurrogateFormatter(),
            new ValueListFormatter<int>(),
            new ValueListFormatter<double>(),
            new AnnotatorSettingsFormatter(),
            new LabelSettingsFormatter(),
        ];
        return MessagePackSerializerOptions.Standard
            .WithSecurity(MessagePackSecurity.UntrustedData)
            .WithResolver(CompositeResolver.Create(formatters, [StandardResolver.Instance]));
    }
}
