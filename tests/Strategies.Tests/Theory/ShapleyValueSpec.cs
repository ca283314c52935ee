using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Tests.Theory;

public class ShapleyValueSpec
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Exact_values_are_the_mean_over_all_orders(int players)
    {
        for (int game = 0; game < 5; game++)
        {
            var worth = RandomGame(new Seed(1).For("game", players, game));
            var values = new double[players];
            var orders = Orders([.. Enumerable.Range(0, players)]).ToList();
            foreach (int[] order in orders)
            {
                for (int i = 0; i < players; i++)
                {
                    double before = i == 0 ? 0 : worth([.. order.Take(i).Order()]);
                    values[order[i]] += (worth([.. order.Take(i + 1).Order()]) - before) / orders.Count;
                }
            }

            var exact = ShapleyValue.Exact(players, worth);
            for (int i = 0; i < players; i++)
            {
                Assert.Equal(values[i], exact[i], 1e-12);
            }

            Assert.Equal(worth([.. Enumerable.Range(0, players)]), exact.Sum(), 1e-12);
        }
    }

    [Fact]
    public void Sampled_values_add_up_to_the_worth_of_all_and_tend_to_the_exact_ones()
    {
        const int Players = 5;
        var worth = RandomGame(new Seed(2));
        var exact = ShapleyValue.Exact(Players, worth);
        var sampled = ShapleyValue.Sampled(Players, worth, permutations: 20_000, tolerance: 0, new Seed(3));
        for (int i = 0; i < Players; i++)
        {
            Assert.Equal(exact[i], sampled[i], 0.05); // one order's standard deviation is about 1.5: four standard errors
        }

        foreach (int permutations in new[] { 1, 2, 7 })
        {
            var few = ShapleyValue.Sampled(Players, worth, permutations, tolerance: 0, new Seed(4));
            Assert.Equal(worth([0, 1, 2, 3, 4]), few.Sum(), 1e-12);
            Assert.Equal(few, ShapleyValue.Sampled(Players, worth, permutations, tolerance: 0, new Seed(4)));
            Assert.NotEqual(few, ShapleyValue.Sampled(Players, worth, permutations, tolerance: 0, new Seed(5)));
        }
    }

    [Fact]
    public void An_order_is_cut_off_once_the_rest_changes_little()
    {
        int asked = 0;
        var values = ShapleyValue.Sampled(
            10,
            coalition =>
            {
                asked++;
                return 1 - Math.Pow(0.1, coalition.Count);
            },
            permutations: 4,
            tolerance: 0.02,
            new Seed(1));
        Assert.Equal(1 + (4 * 2), asked); // .9 is not close enough to 1, .99 is
        Assert.Equal(0.99, values.Sum(), 1e-12);
    }

    [Theory]
    [InlineData(3, 2, false)]
    [InlineData(3, 3, true)]
    [InlineData(10, 102, false)]
    [InlineData(10, 103, true)]
    [InlineData(21, int.MaxValue, false)]
    public void All_coalitions_are_looked_at_where_that_is_no_more_work(int players, int permutations, bool exact) =>
        Assert.Equal(exact, ShapleyValue.IsExactCheaper(players, permutations));

    private static Func<IReadOnlyList<int>, double> RandomGame(Seed seed) => coalition =>
    {
        Assert.NotEmpty(coalition);
        Assert.Equal(coalition.Order(), coalition);
        return seed.Normal(coalition.Sum(player => 1 << player));
    };

    private static IEnumerable<int[]> Orders(int[] players) => players.Length == 0
        ? [[]]
        : players.SelectMany(first => Orders([.. players.Where(player => player != first)]).Select(rest => (int[])[first, .. rest]));
}
