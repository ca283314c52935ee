using FLCrowd.Analysis.EmpiricalGames;

namespace FLCrowd.Analysis.Tests.EmpiricalGames;

/// <summary>Slow and simple ways to the same numbers, in games with arbitrary payoffs.</summary>
public sealed class BruteForceSpec
{
    /// <summary>Every sequence of opponents by itself.</summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 3)]
    [InlineData(5, 2)]
    public void Payoffs_against_a_mixture_are_means_over_all_opponents(int players, int strategies)
    {
        var game = Arbitrary(players, strategies, 1);
        double[] mixture = [.. Enumerable.Range(1, strategies).Select(k => 2.0 * k / (strategies * (strategies + 1)))];
        var expected = new double[strategies];
        int sequences = (int)Math.Pow(strategies, players - 1);
        for (int sequence = 0; sequence < sequences; sequence++)
        {
            int[] others = [.. Enumerable.Range(0, players - 1).Select(other => sequence / (int)Math.Pow(strategies, other) % strategies)];
            double probability = others.Aggregate(1.0, (product, strategy) => product * mixture[strategy]);
            for (int own = 0; own < strategies; own++)
            {
                int[] all = [own, .. others];
                int[] counts = [.. Enumerable.Range(0, strategies).Select(strategy => all.Count(played => played == strategy))];
                expected[own] += probability * game.Payoff(own, counts);
            }
        }

        Assert.Equal(expected, game.Payoffs(mixture), (one, other) => Math.Abs(one - other) < 1e-12);
    }

    /// <summary>A fine grid of mixtures of two strategies: where the sign of the difference changes, there is a rest point, and nowhere
    /// else.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Inner_rest_points_of_two_strategies_are_the_changes_of_sign(int number)
    {
        var game = Arbitrary(6, 2, number);
        const int Parts = 20_000;
        double[] differences = [.. Enumerable.Range(0, Parts).Select(part => Difference((part + 0.5) / Parts))];
        double[] changes = [.. Enumerable.Range(1, Parts - 1).Where(part => differences[part - 1] * differences[part] < 0)
            .Select(part => (double)part / Parts).OrderDescending()];
        var inner = RestPoints.Of(game).Where(rest => rest.Mixture[0] is > 0 and < 1).ToList();
        Assert.Equal(changes, inner.Select(rest => rest.Mixture[0]), (one, other) => Math.Abs(one - other) <= 1.0 / Parts);
        Assert.All(inner, rest => Assert.Equal(
            Difference(rest.Mixture[0] + 1e-3) < 0 ? Stability.Stable : Stability.Unstable, rest.Stability));

        double Difference(double share)
        {
            var payoffs = game.Payoffs([share, 1 - share]);
            return payoffs[0] - payoffs[1];
        }
    }

    /// <summary>Of three strategies: every cell of a grid of mixtures in which the replicator equation is slowest has a rest point near
    /// it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rest_points_of_three_strategies_are_where_a_grid_is_slowest(int number)
    {
        var game = Arbitrary(4, 3, number);
        var replicator = new Replicator(game);
        var rests = RestPoints.Of(game);
        Assert.All(rests, rest => Assert.True(replicator.Velocity(rest.Mixture).Max(Math.Abs) < 1e-9));
        const int Parts = 60;
        var speeds = Compositions.All(Parts, 3).ToDictionary(
            Compositions.Text, counts => replicator.Velocity([.. counts.Select(count => (double)count / Parts)]).Max(Math.Abs));
        foreach (int[] counts in Compositions.All(Parts, 3).Where(counts => counts.All(count => count >= 3)))
        {
            double speed = speeds[Compositions.Text(counts)];
            bool isSlowest = (from one in Enumerable.Range(0, 3)
                              from other in Enumerable.Range(0, 3)
                              where one != other
                              select speeds[Compositions.Text(Compositions.Switch(counts, one, other))]).All(near => near > speed);
            double[] mixture = [.. counts.Select(count => (double)count / Parts)];
            Assert.True(
                !isSlowest || speed > 2e-3 || rests.Any(rest => RestPoints.Apart(rest.Mixture, mixture) < 0.05),
                $"no rest point near {Compositions.Text(counts)}, where the speed is {speed}");
        }
    }

    /// <summary>The chain itself, step by step, until nothing changes.</summary>
    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(5, 0.1)]
    public void Alpha_rank_is_where_power_iteration_ends(int strategies, double intensity)
    {
        const int Population = 12;
        var game = Arbitrary(3, strategies, strategies);
        var chain = new double[strategies, strategies];
        for (int resident = 0; resident < strategies; resident++)
        {
            chain[resident, resident] = 1;
            for (int mutant = 0; mutant < strategies; mutant++)
            {
                if (mutant != resident)
                {
                    chain[resident, mutant] = Moran.Fixation(game, mutant, resident, intensity, Population) / (strategies - 1);
                    chain[resident, resident] -= chain[resident, mutant];
                }
            }
        }

        double[] at = [.. Enumerable.Repeat(1.0 / strategies, strategies)];
        for (int step = 0; step < 100_000; step++)
        {
            at = [.. Enumerable.Range(0, strategies).Select(to => Enumerable.Range(0, strategies).Sum(from => at[from] * chain[from, to]))];
        }

        Assert.Equal(at, AlphaRank.Of(game, intensity, Population), (one, other) => Math.Abs(one - other) < 1e-9);
    }

    [Fact]
    public void What_is_no_question_is_refused()
    {
        var game = Arbitrary(3, 2, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SymmetricGame(1, 2, (_, _) => 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SymmetricGame(2, 1, (_, _) => 0));
        Assert.Throws<ArgumentException>(() => new SymmetricGame(2, 2, (_, _) => double.NaN));
        Assert.Throws<ArgumentException>(() => game.Payoff(0, [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => game.Payoff(2, [3, 0]));
        Assert.Throws<ArgumentException>(() => game.Payoffs([1]));
        Assert.Throws<ArgumentException>(() => new Replicator(game).From([0.5, 0.6]));
        Assert.Throws<ArgumentException>(() => new Replicator(game).From([1.5, -0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Moran.Fixation(game, 0, 1, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Moran.Fixation(game, 0, 1, double.NaN, 3));
        Assert.Throws<ArgumentException>(() => Moran.Fixation(game, 1, 1, 1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlphaRank.Of(game, double.NaN, 3));
        Assert.Throws<ArgumentException>(() => Compositions.Switch([0, 2], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Compositions.All(-1, 2));
    }

    private static SymmetricGame Arbitrary(int players, int strategies, int number) =>
        new(players, strategies, (own, counts) => new Seed(21).For("game", [number, own, .. counts]).Normal(0));
}
