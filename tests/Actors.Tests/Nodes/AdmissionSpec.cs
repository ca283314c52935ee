using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Nodes;

public sealed class AdmissionSpec
{
    private static readonly Hello Here = new(
        "1.0", "X64, vectors of 256 bits", ["as1"], ["Strategy truthful()"], ["mnist abc"], ".NET 10.0.0", ["libtorch.so 5", "Mine 1"]);

    [Fact]
    public void Equal_nodes_differ_in_nothing() => Assert.Empty(NodeIdentity.Differences(Here, Here with { Version = "1.0" }));

    [Theory]
    [InlineData("version", "its version is 2.0, here it is 1.0")]
    [InlineData("arithmetic", "its arithmetic is that of Arm64, here it is that of X64, vectors of 256 bits")]
    [InlineData("runtime", "it runs on .NET 10.0.1, here it is .NET 10.0.0")]
    [InlineData("parts", "it is another build: Mine is 2, here 1; More is 1, here none; libtorch.so is none, here 5")]
    [InlineData("older", "it runs on an unknown runtime, here it is .NET 10.0.0")]
    [InlineData("messages", "it lacks these message formats: as1")]
    [InlineData("plug-ins", "it has other plug-ins: Strategy lazy()")]
    [InlineData("data", "it lacks these data: mnist abc")]
    public void What_differs_is_named(string what, string reason)
    {
        var there = what switch
        {
            "version" => Here with { Version = "2.0" },
            "arithmetic" => Here with { Arithmetic = "Arm64" },
            "runtime" => Here with { Runtime = ".NET 10.0.1" },
            "parts" => Here with { Parts = ["Mine 2", "More 1"] },
            "older" => Here with { Runtime = null, Parts = null },
            "messages" => Here with { Messages = [] },
            "plug-ins" => Here with { Plugins = ["Strategy truthful()", "Strategy lazy()"] },
            _ => Here with { Data = ["mnist abd"] },
        };
        Assert.Contains(reason, NodeIdentity.Differences(Here, there));
    }

    [Fact]
    public async Task A_node_with_other_plug_ins_or_data_is_not_let_in()
    {
        await using var cluster = await TestCluster.StartAsync(new FakePlugins(), 1);
        var worker = new NodeSettings(NodeRole.Worker);
        var plugins = await cluster.AddAsync(new FakePlugins().Add("lazy", FakeStrategy.Truthful), worker);
        var refused = await Assert.ThrowsAsync<JoinRefusedException>(() => cluster.JoinAsync(plugins));
        Assert.Contains("it has other plug-ins: Strategy lazy()", refused.Message);

        var data = await cluster.AddAsync(new FakePlugins(), worker with { Data = ["mnist abc"] });
        refused = await Assert.ThrowsAsync<JoinRefusedException>(() => cluster.JoinAsync(data));
        Assert.Contains("it has other data: mnist abc", refused.Message);
        Assert.Equal(new Workforce(1, 1), Membership.WorkersOf(cluster.Server));
    }
}
