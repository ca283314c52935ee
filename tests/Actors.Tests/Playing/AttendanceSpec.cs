using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

/// <summary>Clients that stay away from rounds in which the server asks them.</summary>
public sealed class AttendanceSpec
{
    private const int Rounds = 20;

    [Fact]
    public async Task A_client_trains_and_pays_for_the_rounds_that_it_comes_to_and_the_mechanism_sees_how_many()
    {
        var heard = new List<int[]>();
        var plugins = Plugins(0.4);
        plugins.Mechanism = new FakeMechanism
        {
            Paying = (view, rewards) =>
            {
                heard.Add([.. Enumerable.Range(0, 6).Select(client => view.RoundsHeard!(client))]);
                Assert.All(Enumerable.Range(0, 6), client => Assert.Equal(Rounds, view.RoundsAsked!(client)));
                FakeMechanism.Usual(view, rewards);
            },
        };
        var game = Game();
        var (result, sink) = await TestNode.PlayAsync(plugins, Games.Plan(game));
        Assert.Equal(ExperimentStatus.Completed, result.Status);
        var participation = Participation.Of(game, null!);
        int[] came = [.. heard[0].Zip(heard[1], (first, second) => first + second)];
        Assert.All(Enumerable.Range(0, 6), client => Assert.Equal(came[client], plugins.World.LocalsOf(client).Count));
        Assert.Equal(came.Sum(), result.ClientUpdates);
        Assert.All(came[..3], rounds => Assert.InRange(rounds, 5, 27)); // 16 +- 3.1 are expected of 40
        Assert.All(came[3..], rounds => Assert.Equal(2 * Rounds, rounds));
        Assert.All(sink.Episodes, episode => Assert.All(episode.Clients, client =>
        {
            int rounds = heard[episode.Result.Episode][client.Client];
            Assert.Equal(rounds, participation.Attended(episode.Result.Episode, client.Client, client.Action!.Value.Attendance));
            Assert.Equal((rounds, 20 + 0.5 * 2 * rounds), (client.RoundsAttended, client.Cost));
        }));
    }

    [Fact]
    public async Task Results_have_the_same_bits_for_any_threads_chunks_and_aggregators_get_those_that_came()
    {
        foreach (var aggregator in (string[])["mean", "chained"])
        {
            var game = Game(aggregator);
            var (_, expected) = await TestNode.PlayAsync(Plugins(0.4), Games.Plan(game), 1, 1);
            var (result, sink) = await TestNode.PlayAsync(
                Plugins(0.4), Games.Plan(game.Playing(execution => execution with { ChunkSize = 4 })), 2, 1);
            Assert.Equal(ExperimentStatus.Completed, result.Status);
            Assert.Equal(expected.Text, sink.Text);
        }
    }

    [Fact]
    public async Task Who_never_comes_changes_no_model()
    {
        var (_, without) = await TestNode.PlayAsync(Plugins(0), Games.Plan(Game(strategies: ("lazy", 6))));
        Assert.All(without.Episodes, episode => Assert.Single(
            episode.Result.Rounds.Select(round => round.Evaluation.TestLoss).Distinct()));
        Assert.All(
            without.Episodes.SelectMany(episode => episode.Clients),
            client => Assert.Equal((0, 20.0), (client.RoundsAttended, client.Cost)));
    }

    [Fact]
    public void Who_comes_to_a_share_of_rounds_comes_to_all_rounds_of_a_smaller_share()
    {
        var participation = Participation.Of(Game(), null!);
        var all = Enumerable.Range(0, 3).SelectMany(client => Enumerable.Range(1, 400).Select(round => (client, round))).ToList();
        bool Comes((int Client, int Round) at, double share) => participation.Attends(0, at.Round, at.Client, share);
        Assert.All(all.Where(at => Comes(at, 0.3)), at => Assert.True(Comes(at, 0.6)));
        Assert.InRange(all.Count(at => Comes(at, 0.3)), 360 - 48, 360 + 48); // 3 standard deviations
        Assert.DoesNotContain(all, at => Comes(at, 0));
        Assert.All(all, at => Assert.True(Comes(at, 1)));
    }

    [Fact]
    public async Task An_announced_loss_that_knows_nothing_of_absence_pays_nobody_who_stays_away()
    {
        var game = Game();
        var plugins = Plugins(0.4);
        var announced = SurrogateTerms.Write(new ClientLossTerm(1, 1, 1, 1, 0, 0), truthfulLoss: 1);
        plugins.Mechanism = new FakeMechanism
        {
            Announcing = view => [.. view.Clients.Select(_ => new Assignment(1, 2, 1, new RewardTerms(10, 1, announced)))],
        };
        var (result, _) = await TestNode.PlayAsync(
            plugins, Games.Plan(game with { Incentive = game.Incentive with { PayoffBasis = PayoffBasis.Bound } }));
        Assert.Equal(ExperimentStatus.Failed, result.Status);
        Assert.Contains("attendance 0.4 is not 1, and game.payoff-basis = bound", result.Failure, StringComparison.Ordinal);
    }

    /// <summary>A client that is not asked changes no model and pays for no round, whatever it chooses.</summary>
    [Theory]
    [InlineData(PayoffBasis.Expected)]
    [InlineData(PayoffBasis.Bound)]
    public async Task Who_is_not_asked_stays_away_whatever_it_chooses(PayoffBasis basis)
    {
        var announced = SurrogateTerms.Write(new ClientLossTerm(0, 0, 0, 1, 0, 0), truthfulLoss: 1);
        FakeMechanism Asking(Func<int, bool> asks) => new()
        {
            Announcing = view => [.. view.Clients.Select(client =>
                new Assignment(1, 2, 1, new RewardTerms(10, 1, announced)) { TakesPart = asks(client.Client) })],
        };
        var (asked, absent) = (Plugins(1), Plugins(0));
        asked.Add("eager", _ => new ClientAction(1, 2, 1));
        absent.Add("eager", _ => new ClientAction(1, 2, 1) { Attendance = 0 });
        asked.Mechanism = Asking(client => client >= 2);
        absent.Mechanism = Asking(_ => true);
        var game = Game(strategies: [("eager", 2), ("truthful", 3)]);
        var (result, sink) = await TestNode.PlayAsync(asked, Games.Plan(game.Paying(incentive => incentive with { PayoffBasis = basis })));
        Assert.Equal((ExperimentStatus.Completed, null), (result.Status, result.Failure));
        Assert.Equal(2 * 3 * Rounds, result.ClientUpdates);
        Assert.All(sink.Episodes, episode => Assert.All(
            episode.Clients, client => Assert.Equal(client.Client < 2 ? 0 : Rounds, client.RoundsAttended)));
        var (_, expected) = await TestNode.PlayAsync(absent, Games.Plan(game));
        Assert.Equal(
            expected.Episodes.SelectMany(episode => episode.Result.Rounds).Select(round => round.Evaluation),
            sink.Episodes.SelectMany(episode => episode.Result.Rounds).Select(round => round.Evaluation));
    }

    private static FakePlugins Plugins(double attendance) =>
        new FakePlugins().Add("lazy", view => view.Assignment.AsAction with { Attendance = attendance });

    private static GameDefinition Game(string aggregator = "mean", params (string, int)[] strategies) =>
        (Games.Of(strategies.Length > 0 ? strategies : [("lazy", 3), ("truthful", 3)]) with { Episodes = 2 }).Rounds(Rounds)
            .Learning(learning => learning with { Aggregator = new PluginChoice(aggregator) });
}
