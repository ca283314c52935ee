using FLCrowd.Analysis.EmpiricalGames;

namespace FLCrowd.Analysis.Tests.EmpiricalGames;

public class ReplicatorSpec
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void Hawks_and_doves_rest_where_hawks_are_V_over_C(int players)
    {
        var game = TextbookGames.Of(TextbookGames.HawkDove, players);
        var rests = RestPoints.Of(game);
        Assert.Equal([Stability.Unstable, Stability.Unstable, Stability.Stable], rests.Select(rest => rest.Stability));
        Assert.Equal([1, 0], rests[0].Mixture);
        Assert.Equal([0, 1], rests[1].Mixture);
        Assert.Equal(2.0 / 3, rests[2].Mixture[0], 9);
        Assert.Equal(1.0 / 3, rests[2].Payoff, 9);
        Assert.All([0.01, 0.3, 0.99], hawks =>
        {
            var way = new Replicator(game).From([hawks, 1 - hawks]);
            Assert.True(way.Rests);
            Assert.Equal(2.0 / 3, way.End[0], 6);
        });
    }

    /// <summary>What a population does has no unit of money.</summary>
    [Theory]
    [InlineData(1e-60)]
    [InlineData(1e-13)]
    [InlineData(1e60)]
    [InlineData(1e90)]
    public void Rest_points_do_not_depend_on_the_size_of_payoffs(double unit)
    {
        foreach (double[][] matrix in (double[][][])[TextbookGames.HawkDove, TextbookGames.Coordination, TextbookGames.RockPaperScissors])
        {
            var rests = RestPoints.Of(TextbookGames.Of(matrix, 5));
            var scaled = RestPoints.Of(TextbookGames.Of([.. matrix.Select(row => row.Select(payoff => payoff * unit).ToArray())], 5));
            Assert.Equal(rests.Select(rest => rest.Stability), scaled.Select(rest => rest.Stability));
            Assert.All(rests.Zip(scaled), pair => Assert.True(RestPoints.Apart(pair.First.Mixture, pair.Second.Mixture) < 1e-9));
        }
    }

    [Fact]
    public void Defectors_take_over_from_any_start()
    {
        var game = TextbookGames.Of(TextbookGames.PrisonersDilemma, 5);
        Assert.Equal(
            [(1, Stability.Unstable), (0, Stability.Stable)], RestPoints.Of(game).Select(rest => ((int)rest.Mixture[0], rest.Stability)));
        Assert.Equal(1, new Replicator(game).From([0.999, 0.001]).End[1], 6);
    }

    [Fact]
    public void A_coordination_game_has_two_basins_with_an_unstable_point_between()
    {
        var game = TextbookGames.Of(TextbookGames.Coordination, 8);
        var rests = RestPoints.Of(game);
        Assert.Equal([Stability.Stable, Stability.Stable, Stability.Unstable], rests.Select(rest => rest.Stability));
        Assert.Equal(1.0 / 3, rests[2].Mixture[0], 9);
        Assert.Equal(0, new Replicator(game).From([0.32, 0.68]).End[0], 6);
        Assert.Equal(1, new Replicator(game).From([0.35, 0.65]).End[0], 6);
    }

    [Fact]
    public void Rock_paper_scissors_circles_around_a_neutral_point()
    {
        var game = TextbookGames.Of(TextbookGames.RockPaperScissors, 4);
        var inner = RestPoints.Of(game)[^1];
        Assert.Equal(Stability.Neutral, inner.Stability);
        Assert.All(inner.Mixture, share => Assert.Equal(1.0 / 3, share, 9));
        var way = new Replicator(game).From([0.5, 0.3, 0.2]);
        Assert.False(way.Rests);

        // The product of shares is a constant of motion.
        Assert.All(way.Points, point => Assert.Equal(0.03, point.Mixture[0] * point.Mixture[1] * point.Mixture[2], 4));
    }

    /// <summary>A public good that needs two of three: others are binomial, so x contributes where 2 x (1 - x) = c.</summary>
    [Fact]
    public void Payoffs_of_more_than_two_players_are_binomial_expectations()
    {
        const double Cost = 0.4;
        var game = new SymmetricGame(3, 2, (own, counts) => (counts[0] >= 2 ? 1 : 0) - (own == 0 ? Cost : 0));
        var payoffs = game.Payoffs([0.25, 0.75]);
        Assert.Equal((1 - 0.75 * 0.75) - Cost, payoffs[0], 12);
        Assert.Equal(0.25 * 0.25, payoffs[1], 12);
        double root = Math.Sqrt(1 - 2 * Cost);
        var inner = RestPoints.Of(game).Where(rest => rest.Mixture.All(share => share > 0)).Select(rest => rest.Mixture[0]);
        Assert.Equal((double[])[(1 + root) / 2, (1 - root) / 2], inner, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Where_all_is_paid_the_same_nothing_moves_and_no_inner_point_is_isolated()
    {
        var game = TextbookGames.Constant(5, 1, 1, 1);
        Assert.Equal(3, RestPoints.Of(game).Count);
        Assert.Equal([0.2, 0.3, 0.5], new Replicator(game).From([0.2, 0.3, 0.5]).End);
    }

    [Fact]
    public void Profiles_are_all_compositions_once()
    {
        var all = Compositions.All(10, 3).Select(Compositions.Text).ToList();
        Assert.Equal(66, all.Distinct().Count());
        Assert.Equal(66, (int)Compositions.Count(10, 3));
        Assert.Equal(("10/0/0", "0/0/10"), (all[0], all[^1]));
        Assert.All(all, text => Assert.Equal(10, Compositions.Parse(text).Sum()));
    }
}
