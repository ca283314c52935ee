namespace FLCrowd.Strategies.Theory;

/// <summary>
/// Shapley values of a cooperative game. A coalition is the ascending list of its players, counted from 0; the empty one is worth 0
/// and is never asked for.
/// </summary>
public static class ShapleyValue
{
    private const int MostExact = 20;

    /// <summary>Whether all coalitions are no more than what so many orders look at.</summary>
    public static bool IsExactCheaper(int players, int permutations) =>
        players <= MostExact && 1L << players <= (long)permutations * players;

    /// <summary>phi_i = sum over coalitions S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S)).</summary>
    /// <param name="players">n, at most 20.</param>
    /// <param name="worth">v; asked for each coalition once.</param>
    public static double[] Exact(int players, Func<IReadOnlyList<int>, double> worth)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(players, MostExact);
        var worths = new double[1 << players];
        for (int coalition = 1; coalition < worths.Length; coalition++)
        {
            worths[coalition] = worth([.. Enumerable.Range(0, players).Where(player => (coalition >> player & 1) == 1)]);
        }

        var weights = new double[players];
        weights[0] = 1.0 / players;
        for (int size = 1; size < players; size++)
        {
            weights[size] = weights[size - 1] * size / (players - size);
        }

        var values = new double[players];
        for (int coalition = 0; coalition < worths.Length; coalition++)
        {
            for (int player = 0; player < players; player++)
            {
                if ((coalition >> player & 1) == 0)
                {
                    values[player] += weights[int.PopCount(coalition)] * (worths[coalition | 1 << player] - worths[coalition]);
                }
            }
        }

        return values;
    }

    /// <summary>The mean of what each player adds in random orders (Castro et al. 2009), truncated (Ghorbani and Zou 2019).</summary>
    /// <param name="players">n.</param>
    /// <param name="worth">v.</param>
    /// <param name="permutations">How many orders.</param>
    /// <param name="tolerance">The rest of an order adds 0 once the worth is within this share of v(all) to v(all); 0: never.</param>
    /// <param name="seed">Draws of the orders.</param>
    public static double[] Sampled(
        int players, Func<IReadOnlyList<int>, double> worth, int permutations, double tolerance, Seed seed)
    {
        var values = new double[players];
        double all = worth([.. Enumerable.Range(0, players)]);
        var coalition = new List<int>(players);
        for (int permutation = 0; permutation < permutations; permutation++)
        {
            coalition.Clear();
            double before = 0;
            foreach (int player in Order(players, seed.For("permutation", permutation)))
            {
                if (tolerance > 0 && Math.Abs(all - before) <= tolerance * Math.Abs(all))
                {
                    break;
                }

                coalition.Insert(~coalition.BinarySearch(player), player);
                double after = coalition.Count == players ? all : worth(coalition);
                values[player] += (after - before) / permutations;
                before = after;
            }
        }

        return values;
    }

    private static int[] Order(int players, Seed seed)
    {
        int[] order = [.. Enumerable.Range(0, players)];
        for (int last = players - 1; last > 0; last--)
        {
            int other = seed.Index(last + 1, last);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}
