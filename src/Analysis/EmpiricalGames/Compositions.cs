using System.Globalization;
using System.Numerics;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>Ways in which clients divide into strategies: how many play each. Profiles of a symmetric game.</summary>
public static class Compositions
{
    /// <summary>All of them, the first strategy's count falling: (3, 0), (2, 1), (1, 2), (0, 3).</summary>
    /// <param name="clients">How many are divided, at least 0.</param>
    /// <param name="strategies">Into how many, at least 1.</param>
    /// <returns>Counts by strategy, a new array each.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static IEnumerable<int[]> All(int clients, int strategies)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(clients);
        ArgumentOutOfRangeException.ThrowIfLessThan(strategies, 1);
        return Divide(clients, strategies);
    }

    /// <summary>How many there are: (clients + strategies - 1) over (strategies - 1).</summary>
    /// <param name="clients">How many are divided, at least 0.</param>
    /// <param name="strategies">Into how many, at least 1.</param>
    public static BigInteger Count(int clients, int strategies) => Enumerable.Range(1, strategies - 1)
        .Aggregate(BigInteger.One, (count, k) => count * (clients + k) / k);

    /// <summary>Mixtures in which each share is a multiple of 1 / <paramref name="parts"/>, and none is 0.</summary>
    /// <param name="parts">At least <paramref name="strategies"/>.</param>
    /// <param name="strategies">At least 1.</param>
    /// <returns>Shares by strategy, of sum 1; a new array each.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static IEnumerable<double[]> Mixtures(int parts, int strategies) => All(parts - strategies, strategies)
        .Select(counts => counts.Select(count => (count + 1.0) / parts).ToArray());

    /// <summary>The composition after one client changed from one strategy to another.</summary>
    /// <param name="counts">How many play each strategy.</param>
    /// <param name="from">A strategy that somebody plays.</param>
    /// <param name="to">Another one.</param>
    /// <returns>A new array.</returns>
    /// <exception cref="ArgumentException">Nobody plays <paramref name="from"/>.</exception>
    public static int[] Switch(IReadOnlyList<int> counts, int from, int to)
    {
        if (counts[from] < 1)
        {
            throw new ArgumentException($"Nobody plays strategy {from} in {Text(counts)}.", nameof(from));
        }

        int[] after = [.. counts];
        after[from]--;
        after[to]++;
        return after;
    }

    /// <summary>As tables have it: <c>7/3/0</c>.</summary>
    /// <param name="counts">How many play each strategy.</param>
    public static string Text(IEnumerable<int> counts) =>
        string.Join('/', counts.Select(count => count.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads what <see cref="Text"/> wrote.</summary>
    /// <param name="text">Such as <c>7/3/0</c>.</param>
    /// <returns>A new array.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    public static int[] Parse(string text) => [.. text.Split('/').Select(count => int.Parse(count, CultureInfo.InvariantCulture))];

    /// <summary>For people: <c>7 truthful, 3 shirk</c>.</summary>
    /// <param name="counts">How many play each strategy.</param>
    /// <param name="strategies">Their names.</param>
    public static string Describe(IEnumerable<int> counts, IReadOnlyList<string> strategies) => string.Join(", ", counts
        .Select((count, strategy) => (count, strategy))
        .Where(part => part.count > 0)
        .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.count} {strategies[part.strategy]}")));

    private static IEnumerable<int[]> Divide(int clients, int strategies)
    {
        if (strategies == 1)
        {
            yield return [clients];
            yield break;
        }

        for (int first = clients; first >= 0; first--)
        {
            foreach (var rest in Divide(clients - first, strategies - 1))
            {
                yield return [first, .. rest];
            }
        }
    }
}
