using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Experiments;

public class ExperimentFailureSpec
{
    private static readonly SettingException BadFile = new("data/mnist", "is corrupt");

    [Fact]
    public async Task A_data_set_that_is_wrong_is_bad_input()
    {
        var plugins = new FakePlugins();
        plugins.Catalog.AddDataSet<NoOptions>("corrupt", "A corrupt file.", _ => throw BadFile);
        plugins.Catalog.AddModel<NoOptions>(
            "reading", "Reads the data.", (_, setup) => throw new InvalidOperationException(setup.Data.Name));
        await FailsAsync(plugins, isBadInput: true, "data/mnist: is corrupt", learning => learning with
        {
            DataSet = new PluginChoice("corrupt"),
            Model = new PluginChoice("reading"),
        });
    }

    [Fact]
    public async Task A_model_whose_settings_are_wrong_is_bad_input()
    {
        var plugins = new FakePlugins();
        plugins.Catalog.AddModel<NoOptions>("unset", "Has no settings.", (_, _) => throw BadFile);
        await FailsAsync(
            plugins, isBadInput: true, "data/mnist: is corrupt", learning => learning with { Model = new PluginChoice("unset") });
    }

    [Fact]
    public async Task A_model_that_cannot_be_made_is_a_failure()
    {
        var plugins = new FakePlugins();
        plugins.Catalog.AddModel<NoOptions>("broken", "Breaks.", (_, _) => throw new InvalidOperationException("boom"));
        await FailsAsync(plugins, isBadInput: false, "boom", learning => learning with { Model = new PluginChoice("broken") });
    }

    [Fact]
    public async Task An_aggregator_that_cannot_be_made_leaves_no_model_behind()
    {
        var plugins = new FakePlugins();
        plugins.Catalog.AddAggregator<NoOptions>("broken", "Breaks.", _ => throw new InvalidOperationException("boom"));
        await FailsAsync(plugins, isBadInput: false, "boom", learning => learning with { Aggregator = new PluginChoice("broken") });
        Assert.Equal(0, plugins.World.Models);
    }

    [Fact]
    public async Task A_mechanism_that_fails_ends_the_run()
    {
        var plugins = new FakePlugins { Mechanism = new FakeMechanism { Paying = (_, _) => throw new InvalidOperationException("boom") } };
        await FailsAsync(plugins, isBadInput: false, "the mechanism 'pay' failed to pay for episode 0: boom");
    }

    [Fact]
    public async Task A_failure_in_one_of_several_games_names_the_game()
    {
        var plugins = new FakePlugins().Add("broken", _ => throw new InvalidOperationException("boom"));
        var broken = Games.Of(("broken", 1)) with { Seed = 42, Swept = ["0.5"] };
        var plan = Games.Plan(Games.Of(("truthful", 3)), broken) with { SweptPaths = ["x"] };
        var (result, sink) = await TestNode.PlayAsync(plugins, plan);
        Assert.Equal(
            "game 1 (seed 42, x = 0.5): client 0, before round 1 of episode 0: its strategy 'broken' failed to choose: boom",
            result.Failure);
        Assert.Equal(0, Assert.Single(sink.Episodes).Number); // what was recorded before stays
    }

    [Fact]
    public async Task A_crowd_that_makes_no_sense_ends_the_run()
    {
        var game = Games.Of(("truthful", 3));
        var groups = game.Crowd.Groups.Select(group => group with { Members = [new ClientRange(0, 5)] });
        var (result, _) = await TestNode.PlayAsync(
            new FakePlugins(), Games.Plan(Games.Of(("truthful", 2)), game with { Crowd = game.Crowd with { Groups = [.. groups] } }));
        Assert.Equal((ExperimentStatus.Failed, 1), (result.Status, result.EpisodesRecorded));
    }

    [Fact]
    public async Task A_full_disk_ends_the_run()
    {
        await using var node = await TestNode.StartAsync(new FakePlugins());
        var sink = new MemorySink { Writing = episode => _ = episode.Number == 2 ? throw new IOException("no space left on device") : 0 };
        var result = await node.RunAsync(Games.Plan(Games.Of(("truthful", 3)) with { Episodes = 1000 }), sink);
        Assert.Equal(
            (ExperimentStatus.Failed, "the results cannot be written: no space left on device", 2),
            (result.Status, result.Failure, result.EpisodesRecorded));
    }

    [Fact]
    public async Task A_disk_that_is_full_at_the_last_episode_fails_the_run_too()
    {
        await using var node = await TestNode.StartAsync(new FakePlugins());
        var sink = new MemorySink { Writing = _ => throw new IOException("no space left on device") };
        var result = await node.RunAsync(Games.Plan(Games.Of(("truthful", 3))), sink);
        Assert.Equal((ExperimentStatus.Failed, 0), (result.Status, result.EpisodesRecorded));
    }

    [Fact]
    public async Task A_progress_display_that_throws_ends_the_run()
    {
        await using var node = await TestNode.StartAsync(new FakePlugins());
        var result = await node.RunAsync(
            Games.Plan(Games.Of(("truthful", 3)) with { Episodes = 1000 }),
            new MemorySink(),
            progress: _ => throw new IOException("no terminal"));
        Assert.Equal((ExperimentStatus.Failed, "no terminal"), (result.Status, result.Failure));
    }

    private static async Task FailsAsync(
        FakePlugins plugins, bool isBadInput, string failure, Func<LearningDefinition, LearningDefinition>? learning = null)
    {
        var (result, sink) = await TestNode.PlayAsync(plugins, Games.Plan(Games.Of(("truthful", 3)).Learning(learning ?? (same => same))));
        Assert.Equal((ExperimentStatus.Failed, failure, isBadInput), (result.Status, result.Failure, result.IsBadInput));
        Assert.Empty(sink.Episodes);
    }
}
