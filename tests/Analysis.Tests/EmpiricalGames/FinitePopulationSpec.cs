using FLCrowd.Analysis.EmpiricalGames;
using MathNet.Numerics.LinearAlgebra;

namespace FLCrowd.Analysis.Tests.EmpiricalGames;

public class FinitePopulationSpec
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void A_neutral_mutant_takes_over_with_probability_1_over_N(int clients)
    {
        Assert.Equal(1.0 / (3 * clients), Moran.Fixation(TextbookGames.Constant(clients, 3, 3), 0, 1, 50, 3 * clients), 12);
        Assert.Equal(1.0 / clients, Moran.Fixation(TextbookGames.Of(TextbookGames.PrisonersDilemma, clients), 0, 1, 0, clients), 12);
    }

    /// <summary>However strong or weak selection is: who is paid more takes over, or it makes no difference.</summary>
    [Theory]
    [InlineData(1e60, 1e60, 1, 0)]
    [InlineData(1e60, 1e-60, 1, 0)]
    [InlineData(1e-60, 1e60, 0.5, 0.1)]
    [InlineData(1e-60, 5e-324, 0.5, 0.1)]
    public void Selection_of_any_strength_gives_probabilities(double intensity, double unit, double better, double takenOver)
    {
        var evolution = Evolution.Of(TextbookGames.Constant(5, 2 * unit, unit), intensity, unit, 10);
        Assert.Equal(better, evolution.Rank[0], 9);
        Assert.Equal(1 - better, evolution.Rank[1], 9);
        Assert.Equal(takenOver, evolution.Fixation[1][0], 9);
    }

    /// <summary>Moran's formula (1 - 1/r) / (1 - 1/r^N) for a mutant of constant relative fitness r = exp(intensity x advantage).</summary>
    [Theory]
    [InlineData(10, 1.1)]
    [InlineData(10, 0.9)]
    [InlineData(30, 2)]
    public void A_mutant_of_constant_fitness_takes_over_by_Morans_formula(int clients, double r)
    {
        var game = TextbookGames.Constant(clients, 2, 0);
        Assert.Equal((1 - 1 / r) / (1 - Math.Pow(r, -clients)), Moran.Fixation(game, 0, 1, Math.Log(r) / 2, clients), 12);
    }

    /// <summary>The mean of absorption over the chain itself, solved by its own equations.</summary>
    [Fact]
    public void Fixation_of_hawks_is_that_of_the_chain()
    {
        const int Clients = 6;
        const double Intensity = 0.8;
        var game = TextbookGames.Of(TextbookGames.HawkDove, Clients);
        var system = Matrix<double>.Build.DenseIdentity(Clients + 1);
        for (int hawks = 1; hawks < Clients; hawks++)
        {
            double advantage = Intensity * (game.Payoff(0, [hawks, Clients - hawks]) - game.Payoff(1, [hawks, Clients - hawks]));
            double up = 1 / (1 + Math.Exp(-advantage));
            (system[hawks, hawks + 1], system[hawks, hawks - 1]) = (-up, -(1 - up));
        }

        var ends = Vector<double>.Build.Dense(Clients + 1);
        ends[Clients] = 1;
        Assert.Equal(system.Solve(ends)[1], Moran.Fixation(game, 0, 1, Intensity, Clients), 12);
    }

    /// <summary>Games of pairs, in a population of any size, are the game of all pairs: the others are drawn without replacement.</summary>
    [Fact]
    public void Members_of_a_population_meet_at_random()
    {
        var pairs = TextbookGames.Of(TextbookGames.HawkDove, 2);
        var all = TextbookGames.Of(TextbookGames.HawkDove, 12);
        Assert.Equal(Moran.Fixation(all, 0, 1, 0.4, 12), Moran.Fixation(pairs, 0, 1, 0.4, 12), 12);
        Assert.Equal(Moran.Fixation(all, 1, 0, 0.4, 12), Moran.Fixation(TextbookGames.Of(TextbookGames.HawkDove, 5), 1, 0, 0.4, 12), 12);
    }

    /// <summary>
    /// What one gives is shared by three, at a cost of 0.8 its own share of 1 pays for. Three that always meet each other: who keeps it
    /// gets more than
    /// the others. In a large population others' shares are luck.
    /// </summary>
    [Fact]
    public void Spite_pays_only_where_all_meet_each_other()
    {
        var game = new SymmetricGame(3, 2, (own, counts) => counts[0] - (own == 0 ? 0.8 : 0));
        Assert.InRange(Moran.Fixation(game, 0, 1, 1, 3), 0, 1.0 / 3 - 0.05);
        Assert.InRange(Moran.Fixation(game, 0, 1, 1, 100), 5.0 / 100, 1);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(5)]
    [InlineData(10000)]
    public void Alpha_rank_of_rock_paper_scissors_is_uniform(double intensity) => Assert.All(
        AlphaRank.Of(TextbookGames.Of(TextbookGames.RockPaperScissors, 10), intensity, 30), mass => Assert.Equal(1.0 / 3, mass, 9));

    [Fact]
    public void Alpha_rank_of_two_strategies_is_the_ratio_of_fixations()
    {
        var game = TextbookGames.Of(TextbookGames.Coordination, 6);
        var rank = AlphaRank.Of(game, 0.5, 6);
        double gained = Moran.Fixation(game, 0, 1, 0.5, 6), lost = Moran.Fixation(game, 1, 0, 0.5, 6);
        Assert.Equal(gained / (gained + lost), rank[0], 12);

        // Both takeovers are impossible for all that a double can tell; the better coordination is harder to leave by far.
        Assert.Equal((double[])[1, 0], AlphaRank.Of(game, 10000, 6));
    }

    [Fact]
    public void Alpha_rank_of_the_prisoners_dilemma_is_defection_and_nothing_without_selection()
    {
        var game = TextbookGames.Of(TextbookGames.PrisonersDilemma, 10);
        Assert.InRange(AlphaRank.Of(game, 10, 20)[1], 1 - 1e-12, 1);
        Assert.Equal((double[])[0.5, 0.5], AlphaRank.Of(game, 0, 20));
    }

    /// <summary>Against the eigenvector of the whole matrix, in a game of four strategies with arbitrary payoffs.</summary>
    [Fact]
    public void Alpha_rank_is_stationary()
    {
        var random = new Seed(3).ToRandom();
        double[][] matrix = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 4).Select(_ => random.NextDouble()).ToArray())];
        var game = TextbookGames.Of(matrix, 5);
        var rank = AlphaRank.Of(game, 3, 15);
        Assert.Equal(1, rank.Sum(), 12);
        for (int to = 0; to < 4; to++)
        {
            var others = Enumerable.Range(0, 4).Where(other => other != to).ToList();
            double arriving = others.Sum(from => rank[from] * Moran.Fixation(game, to, from, 3, 15));
            double leaving = others.Sum(other => rank[to] * Moran.Fixation(game, other, to, 3, 15));
            Assert.Equal(arriving, leaving, 12);
        }
    }
}
