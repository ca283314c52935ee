using System.Collections.Concurrent;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

/// <summary>Clients that revise in turns, in games of the real actors.</summary>
public class RevisionSpec
{
    private static readonly RevisionSettings RoundRobin = new(RevisionOrder.RoundRobin, Turn: 2);

    [Fact]
    public async Task A_client_whose_turn_it_is_not_repeats_its_last_action_and_its_strategy_notices_nothing()
    {
        var (asked, observed) = (new ConcurrentQueue<(int Client, int Episode)>(), new ConcurrentQueue<(int Client, int Episode)>());
        var plugins = new FakePlugins().AddStrategy("learner", client => new FakeLearner(
            outcome => observed.Enqueue((client, outcome.Episode)),
            view =>
            {
                asked.Enqueue((client, view.Episode));
                return view.Assignment.AsAction with { BatchSize = 1 + (10 * view.Client) + view.Episode };
            }));
        var (_, sink) = await TestNode.PlayAsync(
            plugins, Games.Plan(Games.Of(("learner", 3)) with { Episodes = 9, Revision = RoundRobin }));

        (int, int)[] expected = [(0, 0), (1, 0), (2, 0), (0, 1), (1, 2), (1, 3), (2, 4), (2, 5), (0, 6), (0, 7), (1, 8)];
        Assert.Equal(expected.Order(), asked.Order());
        Assert.Equal(expected.Order(), observed.Order());
        Assert.Equal(
            [[1, 11, 21], [2, 11, 21], [2, 13, 21], [2, 14, 21], [2, 14, 25], [2, 14, 26], [7, 14, 26], [8, 14, 26], [8, 19, 26]],
            sink.Episodes.Select(episode => episode.Clients.Select(client => client.Action!.Value.BatchSize)));
    }

    [Theory]
    [InlineData(RevisionOrder.Simultaneous)]
    [InlineData(RevisionOrder.RoundRobin)]
    [InlineData(RevisionOrder.Random)]
    public async Task Cohorts_that_die_do_not_forget_an_action_that_is_repeated(RevisionOrder order)
    {
        var game = MovingGames.Of("mean", cohortSize: 3) with { Episodes = 6, Revision = new RevisionSettings(order, 1, 0.3) };
        string undisturbed = (await TestNode.PlayAsync(MovingGames.Plugins(), Games.Plan(game))).Sink.Text;
        var kills = new Kills();
        var (_, text) = await MovingGames.DisturbedAsync(game, (system, region) => system.ActorOf(Akka.Actor.Props.Create(
            () => new CohortKiller(new Seed(3), region, IsMoment, kills))));
        Assert.Equal(undisturbed, text);
        Assert.True(kills.Count > 0);
    }

    private static bool IsMoment(FLCrowd.Actors.Protocol.IToCohort message) => message is not FLCrowd.Actors.Protocol.StopCohort;
}
