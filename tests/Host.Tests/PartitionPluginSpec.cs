using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Loading;

using static FLCrowd.Host.Tests.Loading.PluginFiles;

namespace FLCrowd.Host.Tests;

/// <summary>Partitions are plug-ins like models: chosen by name, with a block of options, listed, checked.</summary>
public class PartitionPluginSpec
{
    private const string Chosen = "data.set = \"acme/four\", data.clients = 2, data.samples-per-client = 6, learning.model = softmax";

    [Fact]
    public void Built_in_ones_and_those_of_plug_ins_are_listed_with_their_options()
    {
        var partitions = Plugins.Catalog(new PluginFile(SampleDll, "test")).List(PluginKind.Partition);
        Assert.Equal(
            ["by-column", "dirichlet", "iid", "last-digit", "sample/few-classes", "shards"],
            partitions.Select(partition => partition.Name));
        Assert.Equal(
            ["column", "concentration", "overlap", "overlap", "heterogeneity", "overlap", "classes", "classes-per-client", "overlap"],
            partitions.SelectMany(partition => partition.Options).Select(option => option.Name));
    }

    [Fact]
    public void One_of_a_plug_in_plays_with_its_options()
    {
        var catalog = Catalog();
        var game = Configured.File(catalog, Text("partition = \"acme/first\", \"acme/first\" { skip = 2 }"), null).Plan.Games.Single();
        Assert.Equal(("acme/first", """{"skip":"2"}"""), (game.Learning.Partition.Choice.Name, game.Learning.Partition.Choice.Options));
        using var parts = GameParts.Of(game, catalog);
        Assert.Equal(2, parts.ClassCount);
        Assert.Equal(6, parts.Profiles[0].SampleCount);
    }

    [Theory]
    [InlineData("partition = \"acme/last\"",
        "data.partition: unknown partition 'acme/last' (did you mean 'acme/first'?); known are acme/first, by-column, dirichlet, iid, "
        + "last-digit, shards")]
    [InlineData("partition = \"acme/first\", \"acme/first\" { skip = -1 }",
        "data.acme/first.skip: is -1; must be at least 0 and at most 9")]
    [InlineData("partition = iid, \"acme/first\" { size = 1 }", "data.acme/first.size: is unknown; 'acme/first' has skip")]
    [InlineData("partition = \"acme/first\", \"acme/first\" { skip = 4 }",
        "data.acme/first: the partition 'acme/first' of Acme gave client 0 the sample 4; must be 0 to 3")]
    [InlineData("partition = \"acme/first\", \"acme/first\" { skip = 9 }",
        "data.acme/first: the partition 'acme/first' of Acme failed to draw the samples of client 0: InvalidOperationException: too many")]
    public void What_is_wrong_with_one_is_said_before_anything_is_played(string data, string message) => Assert.Equal(
        message,
        Assert.Throws<SettingException>(() => Configured.File(Catalog(), Text(data), null)).Message
            .Replace("\"", "", StringComparison.Ordinal));

    private static string Text(string data) => $"flcrowd {{ {Chosen}, data {{ {data} }} }}";

    private static PluginCatalog Catalog()
    {
        var catalog = Plugins.Catalog();
        catalog.Add(new Plugin(), new PluginSource("Acme", "1.0", Guid.Empty, "/acme/Acme.dll", ""));
        return catalog;
    }

    private sealed class Plugin : IPlugin
    {
        public void Register(IPluginRegistry registry)
        {
            registry.AddDataSet<NoOptions>("acme/four", "", _ => new DataSet(
                "acme/four",
                2,
                new SampleShape(1, 1, 1),
                new LabeledSamples([0, 1, 2, 3], [0, 1, 0, 1]),
                new LabeledSamples([0, 1], [0, 1])));
            registry.AddPartition<FirstOptions>("acme/first", "", (options, _) => new First(options));
        }
    }

    private sealed class FirstOptions
    {
        [System.ComponentModel.DataAnnotations.Range(0, 9)]
        public int Skip { get; set; }
    }

    private sealed class First(FirstOptions options) : IPartition
    {
        public void Draw(int client, Seed seed, Span<int> samples)
        {
            samples.Fill(options.Skip < 9 ? options.Skip : throw new InvalidOperationException("too many"));
        }
    }
}
