using static FLCrowd.Strategies.Tests.Mechanisms.QuadraticRound;

namespace FLCrowd.Strategies.Tests.Mechanisms;

public class ReportMechanismSpec
{
    // The first goes down, the second does nothing (gamma = 0), the third goes up.
    private static readonly float[][] Models = [[0.5f, 0], [1, 1], [1.5f, 1]];

    private readonly QuadraticRound _round = new();

    [Theory]
    [InlineData("influence")]
    [InlineData("vcg")]
    [InlineData("shapley")]
    [InlineData("leave-one-out")]
    public void Asks_for_honest_work_and_covers_its_cost(string name)
    {
        var mechanism = Game.Mechanism(name);
        var assignments = Announce(mechanism);
        Assert.All(assignments, assignment =>
        {
            Assert.Equal(new ClientAction(1, 60, 1), assignment.AsAction);
            Assert.Equal(20 + (100 * 60 * 1e-3), assignment.Terms.Fixed, 1e-9);
            Assert.Equal((0, 1000), (assignment.Terms.LossSlope, assignment.Terms.Announced["scale"]));
        });
        Assert.Equal([26, 26, 26], Pay(mechanism, assignments), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(-3, Announce(Game.Mechanism(name, """{ "base": -3 }"""))[2].Terms.Fixed);
    }

    [Fact]
    public void Influence_is_the_weighted_change_against_the_gradient_and_none_for_a_free_rider()
    {
        var (mechanism, assignments) = Begin("influence", 1);
        _round.Show(mechanism, Models);

        // The gradient at (1, 1) is (1, 4).
        double[] expected = [10 * 0.5 * (0.5 + 4), 0, 10 * 0.25 * -0.5];
        var rewards = Pay(mechanism, assignments);
        Assert.True(mechanism.NeedsGradient);
        Assert.Equal(0, rewards[1]);
        Assert.Equal(expected, rewards, Close);
        Assert.Equal(0, _round.Tests);
    }

    [Fact]
    public void Vcg_is_the_loss_that_the_others_would_have_ended_with_less_the_loss_that_came_out()
    {
        var (mechanism, assignments) = Begin("vcg", 1);
        _round.Show(mechanism, Models);
        double loss = Height((0.25 + 0.25) + 0.375, 0.5);
        double[] expected =
        [
            10 * (Height(1.25, 1) - loss),
            10 * (Height((0.5 * 2 / 3) + (1.5 / 3), 1.0 / 3) - loss),
            10 * (Height((0.5 * 2 / 3) + (1.0 / 3), 1.0 / 3) - loss),
        ];
        Assert.Equal(expected, Pay(mechanism, assignments), Close);
        Assert.True(expected[1] < 0); // who does nothing holds the others up
        Assert.Equal(4, _round.Tests);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("median")]
    public void Shapley_values_add_up_to_the_fall_of_the_loss(string aggregator)
    {
        foreach (int permutations in new[] { 1, 50 })
        {
            var (mechanism, assignments) = Begin("shapley", 1, $", \"permutations\": {permutations}, \"tolerance\": 0");
            var next = _round.Show(mechanism, Models, aggregator: aggregator);
            Assert.Equal(10 * (Height(1, 1) - Height(next[0], next[1])), Pay(mechanism, assignments).Sum(), 1e-4);
        }
    }

    [Fact]
    public void Shapley_values_are_those_of_all_orders_by_hand()
    {
        var (mechanism, assignments) = Begin("shapley", 1, ", \"permutations\": 3");
        _round.Show(mechanism, Models);
        double V(params int[] coalition) => Height(1, 1) - Height(Mean(0, coalition), Mean(1, coalition));
        double expected = (2 * V(1) + (V(0, 1) - V(0)) + (V(1, 2) - V(2)) + (2 * (V(0, 1, 2) - V(0, 2)))) / 6;
        Assert.Equal(10 * expected, Pay(mechanism, assignments)[1], 1e-4);
        Assert.Equal(8, _round.Tests); // w_{t-1}, w_t, and all coalitions between
    }

    [Fact]
    public void Without_a_client_that_failed_the_others_weigh_more()
    {
        // Of weights 1/2 and 1/4, which are 2/3 and 1/3 of those that reported.
        float[][] two = Models[..2];
        double loss = Height((0.5 * 2 / 3) + (1.0 / 3), 1.0 / 3), fall = Height(1, 1) - loss;
        Assert.Equal([10 * 2.0 / 3 * 4.5, 0, 0], Shown("influence"), Close);
        Assert.Equal([10 * (Height(1, 1) - loss), 10 * (Height(0.5, 0) - loss), 0], Shown("vcg"), Close);

        // Of two players each gets what it adds to nobody and to the other, half and half.
        double alone = Height(1, 1) - Height(0.5, 0);
        Assert.Equal([10 * (alone + fall) / 2, 10 * (fall - alone) / 2, 0], Shown("shapley"), Close);

        double[] Shown(string name)
        {
            var (mechanism, assignments) = Begin(name, 1);
            _round.Show(mechanism, two);
            return Pay(mechanism, assignments);
        }
    }

    [Theory]
    [InlineData("influence")]
    [InlineData("vcg")]
    [InlineData("shapley")]
    public void An_observed_round_stands_for_those_since_the_one_before(string name)
    {
        var (each, assignments) = Begin(name, 1);
        var (third, _) = Begin(name, 3);
        for (int round = 1; round <= 5; round++)
        {
            Assert.Equal(round is 3 or 5, third.Observes(round, Game.Protocol with { Rounds = 5 }));
            _round.Show(each, Models, round, rounds: 5);
            _round.Show(third, Models, round, rounds: 5);
        }

        // All five rounds are the same one: looking at rounds 3 and 5 pays the same.
        Assert.Equal(Pay(each, assignments), Pay(third, assignments), Close);
    }

    [Fact]
    public void An_episode_begins_at_nothing()
    {
        var (mechanism, assignments) = Begin("vcg", 1);
        _round.Show(mechanism, Models);
        Assert.NotEqual([0, 0, 0], Pay(mechanism, assignments));
        Assert.Equal([0, 0, 0], Pay(mechanism, Announce(mechanism)));
    }

    [Fact]
    public void Leave_one_out_pays_for_the_loss_without_the_client_and_nothing_more_to_one_that_failed()
    {
        var mechanism = Game.Mechanism("leave-one-out", """{ "scale": 10, "base": 1 }""");
        var assignments = Announce(mechanism);
        Assert.Equal([0, 1, 2], ((IReplayMechanism)mechanism).LeftOut);
        Assert.Equal([1 + (10 * 0.25), 1, 1 - (10 * 0.25)], Pay(mechanism, assignments, (0, 0.75), (2, 0.25)));
    }

    [Fact]
    public void Leave_one_out_replays_as_often_as_it_may() =>
        Assert.Equal(3, Announce(Game.Mechanism("leave-one-out", """{ "max-replays": 3 }""")).Count);

    [Fact]
    public void Leave_one_out_refuses_more_replays_than_it_may_play() => Assert.Equal(
        "game.leave-one-out.max-replays: is 2, but the training of every episode is to be replayed 3 times, once without each client",
        Game.SettingError(() => Announce(Game.Mechanism("leave-one-out", """{ "max-replays": 2 }"""))));

    [Theory]
    [InlineData("influence", """{ "scale": -1 }""", "game.influence.scale: is -1; must be at least 0")]
    [InlineData("vcg", """{ "every": 0 }""", "game.vcg.every: is 0; must be at least 1")]
    [InlineData("shapley", """{ "tolerance": 2 }""", "game.shapley.tolerance: is 2; must be at least 0 and at most 1")]
    public void Refuses_options_out_of_range(string name, string options, string message) =>
        Assert.StartsWith(message, Game.SettingError(() => Game.Mechanism(name, options)), StringComparison.Ordinal);

    private static (IReportMechanism Mechanism, IReadOnlyList<Assignment> Assignments) Begin(string name, int every, string more = "")
    {
        var mechanism = (IReportMechanism)Game.Mechanism(name, $$"""{ "scale": 10, "base": 0, "every": {{every}}{{more}} }""");
        return (mechanism, Announce(mechanism));
    }

    private static double Mean(int axis, int[] clients) =>
        clients.Sum(client => Weights[client] * Models[client][axis]) / clients.Sum(client => Weights[client]);

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-4;
}
