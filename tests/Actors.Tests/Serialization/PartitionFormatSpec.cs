using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Tests.Serialization;

/// <summary>Partitions by number, as ever, and by name.</summary>
public sealed class PartitionFormatSpec(SerializerFixture fixture) : IClassFixture<SerializerFixture>
{
    [Theory]
    [InlineData("last-digit", "{}", "data.last-digit")]
    [InlineData("iid", "{}", "data.iid")]
    [InlineData("dirichlet", "{\"concentration\":\"3\"}", "data.dirichlet")]
    [InlineData("iid", "{}", "elsewhere")]
    [InlineData("vendor/own", "{\"classes\":\"2\"}", "data.\"vendor/own\"")]
    public void Every_partition_comes_back_as_it_was(string name, string options, string path)
    {
        var sample = SampleMessages.All(fixture.Actor).OfType<GameDescription>().Single().Definition;
        var partition = sample.Learning.Partition with { Choice = new PluginChoice(name, options, path) };
        var message = new GameDescription(sample with { Learning = sample.Learning with { Partition = partition } });
        var back = (GameDescription)fixture.Serializer.FromBinary(
            fixture.Serializer.ToBinary(message), fixture.Serializer.Manifest(message));
        Assert.Equal(partition, back.Definition.Learning.Partition);
    }
}
