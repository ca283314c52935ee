using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Nodes;

public sealed class DataSpec
{
    [Fact]
    public void A_checksum_depends_on_every_part_of_a_data_set()
    {
        DataSet[] sets =
        [
            Data(),
            Data() with { Name = "other" },
            Data() with { ClassCount = 4 },
            Data() with { Shape = new SampleShape(1, 2, 1) },
            Data() with { Training = new LabeledSamples([1, 2, 3, 5], [0, 1]) },
            Data() with { Test = new LabeledSamples([1, 2], [2]) },
        ];
        Assert.Equal(sets.Length, sets.Select(DataChecksum.Of).Distinct().Count());
        Assert.Equal(DataChecksum.Of(sets[0]), DataChecksum.Of(Data()));
        Assert.Matches("^numbers [0-9a-f]{12}$", DataChecksum.Of(sets[0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_node_that_loads_other_data_fails_the_game_and_is_named_with_both_checksums(byte label)
    {
        var theirs = Data() with { Test = new LabeledSamples([1, 2], [label]) };
        await using var cluster = await TestCluster.StartAsync(Reading(Data()), 0);
        await cluster.JoinAsync(await cluster.AddAsync(Reading(theirs), new NodeSettings(NodeRole.Worker)));
        await Membership.WorkersAsync(cluster.Server, 1, TestContext.Current.CancellationToken).Within("the worker");
        var game = Games.Of(("truthful", 3))
            .Learning(learning => learning with { Model = new PluginChoice("reader"), DataSet = new PluginChoice("numbers") });
        var result = await ExperimentRunner.RunAsync(
            cluster.Server, Games.Plan(game), new MemorySink(), 1, null, TestContext.Current.CancellationToken)
            .Within("the end of the run");
        if (label == 0)
        {
            Assert.Equal((ExperimentStatus.Completed, null), (result.Status, result.Failure));
            return;
        }

        Assert.Equal((ExperimentStatus.Failed, true), (result.Status, result.IsBadInput));
        Assert.Matches(
            $"the node akka.tcp://test@127.0.0.1:[0-9]+ cannot host cohort 0: its data are {DataChecksum.Of(theirs)}, "
                + $"those of the server are {DataChecksum.Of(Data())}",
            result.Failure);
    }

    private static DataSet Data() => new(
        "numbers", 3, new SampleShape(1, 1, 2), new LabeledSamples([1, 2, 3, 4], [0, 1]), new LabeledSamples([1, 2], [0]));

    private static FakePlugins Reading(DataSet data)
    {
        var plugins = new FakePlugins();
        plugins.Catalog.AddDataSet<NoOptions>("numbers", "Two samples.", _ => data);
        plugins.Catalog.AddModel<NoOptions>("reader", "A tiny model that reads its data.", (_, setup) =>
        {
            Assert.NotNull(setup.Data);
            return new TinyModel(plugins.World, setup);
        });
        return plugins;
    }
}
