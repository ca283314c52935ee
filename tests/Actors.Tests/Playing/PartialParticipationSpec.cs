using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

/// <summary>Games in which the server asks some clients in a round.</summary>
public sealed class PartialParticipationSpec
{
    public static TheoryData<string> Worlds => ["rate", "count", "unbiased", "schedule"];

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Results_have_the_same_bits_for_any_threads_and_chunks(string world)
    {
        var game = Game(world, "mean", "truthful");
        var (result, expected) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game), 1, 1);
        Assert.Equal(ExperimentStatus.Completed, result.Status);
        foreach (var (threads, chunk) in ((int, int)[])[(4, 1), (2, 5)])
        {
            var (_, sink) = await TestNode.PlayAsync(
                new FakePlugins(), Games.Plan(game.Playing(execution => execution with { ChunkSize = chunk })), threads, 2);
            Assert.Equal(expected.Text, sink.Text);
        }
    }

    [Fact]
    public async Task Who_is_not_asked_does_not_train_and_who_is_asked_pays_for_it()
    {
        var game = Game("count", "mean", "truthful");
        var plugins = new FakePlugins();
        var (result, sink) = await TestNode.PlayAsync(plugins, Games.Plan(game));
        var participation = Participation.Of(game, null!);
        Assert.Equal(2 * 3 * 4, result.ClientUpdates);
        Assert.All(Enumerable.Range(0, 10), client => Assert.Equal(
            participation.Asked(0, client) + participation.Asked(1, client), plugins.World.LocalsOf(client).Count));
        Assert.All(sink.Episodes, episode => Assert.All(episode.Clients, client => Assert.Equal(
            20 * client.Action!.Value.Effort
                + 0.5 * client.Action.Value.BatchSize * participation.Asked(episode.Result.Episode, client.Client),
            client.Cost)));
    }

    [Fact]
    public async Task A_round_that_nobody_attends_leaves_the_model_as_it_is()
    {
        var game = Games.Of(("truthful", 4)).Learning(learning => learning with
        {
            Participation = new ParticipationSettings
            {
                Schedule = [.. Enumerable.Range(0, 4).Select(client => new AttendedRounds(client, 1, 1))],
            },
        });
        var (_, sink) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game));
        var losses = sink.Episodes[0].Result.Rounds.Select(round => round.Evaluation.TestLoss).ToList();
        Assert.NotEqual(losses[0], losses[1]);
        Assert.Equal([losses[1], losses[1]], losses[2..]);
    }

    [Fact]
    public async Task Clients_know_their_rate_and_what_an_episode_is_expected_to_cost()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<ClientView>();
        var plugins = new FakePlugins().Add("looking", view =>
        {
            seen.Add(view);
            return view.Assignment.AsAction;
        });
        await TestNode.PlayAsync(plugins, Games.Plan(Game("count", "mean", "looking")));
        Assert.All(seen, view => Assert.Equal((0.4, 0.5 * 0.4), (view.ParticipationRate, view.Costs.Computation)));
    }

    [Fact]
    public async Task A_client_that_fails_when_it_is_asked_is_excluded_and_the_others_go_on()
    {
        var plugins = new FakePlugins();
        plugins.World.BeforeTraining = client =>
        {
            if (client == 3)
            {
                throw new InvalidOperationException("broken");
            }
        };
        var game = Game("rate", "mean", "truthful").Excluding();
        var (result, sink) = await TestNode.PlayAsync(plugins, Games.Plan(game));
        Assert.Equal(ExperimentStatus.Completed, result.Status);
        var participation = Participation.Of(game, null!);
        Assert.All(sink.Episodes, episode => Assert.Equal(
            participation.Asked(episode.Result.Episode, 3) > 0,
            episode.Clients.Single(client => client.Client == 3).Failure is not null));
    }

    [Fact]
    public async Task An_aggregator_that_is_no_mean_gets_the_reports_of_those_that_are_heard()
    {
        var (result, _) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(Game("count", "chained", "truthful")));
        Assert.Equal((ExperimentStatus.Completed, 24L), (result.Status, result.ClientUpdates));
    }

    private static GameDefinition Game(string world, string aggregator, string strategy) =>
        (Games.Of((strategy, 6), (strategy, 4)) with { Episodes = 2 }).Learning(learning => learning with
        {
            Aggregator = new PluginChoice(aggregator),
            Participation = world switch
            {
                "rate" => new ParticipationSettings { Rate = 0.5, DropOut = [0.2] },
                "count" => new ParticipationSettings { Count = 4 },
                "unbiased" => new ParticipationSettings { Count = 6, IsUnbiased = true },
                _ => new ParticipationSettings { Schedule = [new AttendedRounds(0, 2, 3), new AttendedRounds(9, 1, 1)] },
            },
        });
}
