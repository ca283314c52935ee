using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

public class DeterminismSpec
{
    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(4, 1, 3)]
    [InlineData(4, 3, 8)]
    [InlineData(2, 3, 2)]
    public async Task Results_have_the_same_bits_for_any_threads_parallel_games_and_chunks(int threads, int parallelGames, int chunkSize)
    {
        var expected = await PlayAsync(1, 1, 1);
        var text = await PlayAsync(threads, parallelGames, chunkSize);
        Assert.Equal(5, expected.Split('\n').Count(line => line.StartsWith("episode ", StringComparison.Ordinal)));
        Assert.Equal(expected, text);
    }

    [Fact]
    public async Task Results_depend_on_the_seed()
    {
        var game = Games.Of(("truthful", 4));
        var (_, one) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game));
        var (_, other) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game with { Seed = 8 }));
        Assert.NotEqual(one.Text, other.Text);
    }

    [Fact]
    public async Task A_game_in_a_plan_has_the_bits_that_it_has_alone()
    {
        var game = Games.Of(("truthful", 7));
        var (_, alone) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game));
        var (_, beside) = await TestNode.PlayAsync(
            new FakePlugins(), Games.Plan(Games.Of(("truthful", 3)), game, Games.Of(("truthful", 9))), parallelGames: 3);
        Assert.Equal(alone.Text, beside.Text.Split("episode 1").Last().Split("\nepisode 2")[0].Insert(0, "episode 0"));
    }

    [Theory]
    [InlineData("lazy")]
    [InlineData("small")]
    [InlineData("scaled")]
    [InlineData("noisy")]
    [InlineData("flipping")]
    public async Task One_clients_deviation_leaves_the_first_local_models_of_all_others_as_they_are(string strategy)
    {
        var (plugins, others) = (Plugins(), Enumerable.Range(0, 8).Where(client => client != 4));
        await TestNode.PlayAsync(plugins, Games.Plan(Games.Of(("truthful", 8))));
        var deviating = Plugins();
        await TestNode.PlayAsync(deviating, Games.Plan(Reweighted(Games.Of(("truthful", 4), (strategy, 1), ("truthful", 3)))));

        Assert.All(others, client => Assert.Equal(plugins.World.LocalsOf(client)[0], deviating.World.LocalsOf(client)[0]));
        Assert.NotEqual(plugins.World.LocalsOf(0)[1], deviating.World.LocalsOf(0)[1]); // from the second round on it shows
    }

    private static async Task<string> PlayAsync(int threads, int parallelGames, int chunkSize)
    {
        GameDefinition[] games =
        [
            Games.Of(("truthful", 8), ("lazy", 3)),
            Games.Of(("noisy", 5)) with { Episodes = 2 },
            Games.Of(("truthful", 2), ("flipping", 9)).Learning(learning => learning with { Aggregator = new PluginChoice("chained") }),
            Games.Of(("scaled", 10)) with { Seed = 0 },
        ];
        var plan = Games.Plan(
            [.. games.Select(game => game.Playing(execution => execution with { ChunkSize = chunkSize, CohortSize = 4 }))]);
        var (result, sink) = await TestNode.PlayAsync(Plugins(), plan, threads, parallelGames);
        Assert.Equal((ExperimentStatus.Completed, 0), (result.Status, result.DroppedMessages));
        Assert.Equal(3 * (11 + (2 * 5) + 11 + 10), result.ClientUpdates);
        return sink.Text;
    }

    private static GameDefinition Reweighted(GameDefinition game) =>
        game with { Crowd = game.Crowd with { Groups = [.. game.Crowd.Groups.Select(group => group with { Weight = 1 })] } };

    private static FakePlugins Plugins() => new FakePlugins()
        .Add("lazy", view => view.Assignment.AsAction with { Effort = 0.25 * view.Seed.Uniform(0) })
        .Add("small", view => view.Assignment.AsAction with { BatchSize = 1 })
        .Add("scaled", view => view.Assignment.AsAction with { Gamma = 1.5 })
        .AddReporter("noisy", (in ReportView view, Span<float> report) =>
        {
            for (int i = 0; i < report.Length; i++)
            {
                report[i] += (float)view.Seed.Normal(i) + view.Local[i] - view.Global[i];
            }
        })
        .AddStrategy("flipping", _ => new FakeLabeler(view => (view.Label + 1) % view.ClassCount));
}
