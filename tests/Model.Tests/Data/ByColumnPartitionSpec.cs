using FLCrowd.Model.Partitions;

namespace FLCrowd.Model.Tests.Data;

/// <summary>Natural clients.</summary>
public class ByColumnPartitionSpec
{
    private static readonly string[] Owners = ["zoe", "amy", "amy", "", "Bob", "zoe", "amy", "10", "9", "amy"];

    private static readonly DataSet Data = Worlds.Noise(new SampleShape(1, 1, 3), classCount: 2, count: 10) with
    {
        Columns = new Dictionary<string, string[]> { ["who"] = Owners, ["when"] = Owners },
    };

    [Fact]
    public void Clients_are_values_in_ordinal_order()
    {
        var partition = Create(5, 0);
        int[] counts = [.. Enumerable.Range(0, 5).Select(partition.CountOf)];
        Assert.Equal([1, 1, 1, 4, 2], counts);
        Assert.Equal(
            [[7], [8], [4], [1, 2, 6, 9], [0, 5]],
            counts.Index().Select(client => Draw(partition, client.Index, client.Item, 1)));
    }

    [Fact]
    public void Fewer_than_all_are_a_uniform_choice()
    {
        var partition = Create(4, 1);
        var counts = new int[10];
        for (ulong seed = 0; seed < 1000; seed++)
        {
            var drawn = Draw(partition, 3, 2, seed);
            Assert.Distinct(drawn);
            counts[drawn[0]]++;
            counts[drawn[1]]++;
        }

        DisjointPartitionSpec.AssertFits([counts[1], counts[2], counts[6], counts[9]], [0.25, 0.25, 0.25, 0.25]);
        Assert.Equal(2000, counts[1] + counts[2] + counts[6] + counts[9]);
    }

    [Theory]
    [InlineData(6, 0, "who", "data.clients: is 6, but the column who of 'noise' has 5 values; must be at most that")]
    [InlineData(5, 0, "whom", "data.by-column.column: is whom; must be a column of 'noise': when, who")]
    [InlineData(5, 0, "", "data.by-column.column: is not set; must be a column of 'noise': when, who")]
    [InlineData(5, 2, "who",
        "data.samples-per-client: is 2 for client 0, who 10, which has 1 samples; must be at most that, or all")]
    public void What_does_not_fit_is_refused(int clients, int samples, string column, string message) => Assert.Equal(
        message, Assert.Throws<SettingException>(() => Create(clients, samples, column)).Message);

    [Fact]
    public void A_data_set_without_columns_is_refused() => Assert.Equal(
        "data.by-column.column: is who, and 'noise' has no columns beside features and label; use another partition",
        Assert.Throws<SettingException>(() => Create(2, 1, "who", Data with { Columns = new Dictionary<string, string[]>() })).Message);

    private static int[] Draw(ByColumnPartition partition, int client, int count, ulong seed)
    {
        var samples = new int[count];
        partition.Draw(client, new Seed(seed), samples);
        return samples;
    }

    private static ByColumnPartition Create(int clients, int samples, string column = "who", DataSet? data = null) =>
        (ByColumnPartition)Worlds.Catalog.CreatePartition(new PartitionSetup
        {
            Data = data ?? Data,
            Settings = Worlds.Partition("by-column", samples, 0.4, 1, column.Length == 0 ? "{}" : $$"""{ "column": "{{column}}" }"""),
            Clients = clients,
        });
}
