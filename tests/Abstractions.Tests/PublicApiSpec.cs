using FLCrowd.Tests;

namespace FLCrowd.Abstractions.Tests;

/// <summary>What plug-ins are compiled against changes on purpose or not at all.</summary>
public class PublicApiSpec
{
    /// <summary>Values that plug-ins make: their constructors stay as they are, and what is added to one is a property.</summary>
    private static readonly Type[] MadeByPlugins =
    [
        typeof(Assignment), typeof(Behavior), typeof(ClientAction), typeof(ClientCosts), typeof(ClientLabels), typeof(ClientLossTerm),
        typeof(DataFile), typeof(DataSet), typeof(Evaluation), typeof(LabeledSamples), typeof(OptionDescription), typeof(PilotEpisode),
        typeof(PluginChoice), typeof(PluginDescription), typeof(RewardTerms), typeof(SampleShape), typeof(Seed), typeof(SurrogateErrors),
    ];

    /// <summary>Values that the program makes, and that plug-ins do not see.</summary>
    private static readonly Type[] MadeByTheProgram = [typeof(PluginCommand), typeof(PluginSource)];

    [Fact]
    public void The_public_interface_is_the_accepted_one() => PublicApi.Check(typeof(Seed).Assembly);

    [Fact]
    public void What_plug_ins_are_handed_can_grow() => Assert.Equal(
        MadeByPlugins.Concat(MadeByTheProgram).Select(type => type.Name).Order(StringComparer.Ordinal),
        typeof(Seed).Assembly.GetExportedTypes()
            .Where(type => type.GetMethod("Deconstruct") is not null)
            .Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void A_plugin_author_needs_neither_Akka_nor_Torch_nor_MessagePack() => Assert.DoesNotContain(
        typeof(Seed).Assembly.GetReferencedAssemblies(),
        name => !name.Name!.StartsWith("System.", StringComparison.Ordinal));
}
