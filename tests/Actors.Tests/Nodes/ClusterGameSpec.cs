using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Nodes;

public sealed class ClusterGameSpec
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_game_on_nodes_has_the_bits_of_one_process(int workers)
    {
        var game = Games.Of(("truthful", 9), ("scaled", 4)).Rounds(5) with { Episodes = 2 };
        var (_, alone) = await TestNode.PlayAsync(Plugins(), Games.Plan(game));
        await using var cluster = await TestCluster.StartAsync(Plugins(), workers);
        Assert.Equal(alone.Text, (await cluster.PlayAsync(Games.Plan(game))).Text);
    }

    [Fact]
    public async Task Reports_cross_nodes_where_the_sum_needs_their_order()
    {
        var game = Games.Of(("truthful", 7)).Learning(learning => learning with { Aggregator = new PluginChoice("chained") });
        var (_, alone) = await TestNode.PlayAsync(Plugins(), Games.Plan(game));
        await using var cluster = await TestCluster.StartAsync(Plugins(), 2);
        Assert.Equal(alone.Text, (await cluster.PlayAsync(Games.Plan(game))).Text);
    }

    [Fact]
    public async Task Nothing_that_nodes_need_of_each_other_is_refused()
    {
        await using var cluster = await TestCluster.StartAsync(Plugins(), 2, KeptLog.Hocon("DEBUG"));
        await cluster.PlayAsync(Games.Plan(Games.Of(("truthful", 9)) with { Episodes = 2 }));
        foreach (var node in cluster.Nodes)
        {
            string[] log = [.. (await KeptLog.OfAsync(node)).Select(entry => $"{entry.Message}")];
            Assert.NotEmpty(log);
            Assert.DoesNotContain(log, text => text.Contains("UntrustedMode", StringComparison.Ordinal)
                || text.Contains("Deserialization failed", StringComparison.Ordinal));
        }
    }

    private static FakePlugins Plugins() => new FakePlugins().Add("scaled", view => view.Assignment.AsAction with { Gamma = 0.5 });
}
