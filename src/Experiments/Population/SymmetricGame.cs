using MathNet.Numerics;

namespace FLCrowd.Experiments.Population;

/// <summary>A symmetric game in normal form: what a client gets depends on what it plays and on how many others play what.</summary>
internal sealed class SymmetricGame
{
    private readonly Dictionary<string, double[]> _payoffs;
    private readonly List<(int[] Counts, double Ways, double[] Payoffs)> _others;

    /// <param name="players">N, at least 2.</param>
    /// <param name="strategies">m, at least 2.</param>
    /// <param name="payoff">The payoff of a client that plays a strategy in a profile, which has at least one of it; finite.</param>
    public SymmetricGame(int players, int strategies, Func<int, int[], double> payoff)
    {
        (Players, Strategies) = (players, strategies);
        _payoffs = Compositions.All(players, strategies).ToDictionary(Compositions.Text, counts =>
            counts.Select((count, strategy) => count > 0 ? payoff(strategy, counts) : double.NaN).ToArray());
        _others = [.. Compositions.All(players - 1, strategies).Select(counts => (
            counts,
            Math.Exp(SpecialFunctions.FactorialLn(players - 1) - counts.Sum(SpecialFunctions.FactorialLn)),
            Enumerable.Range(0, strategies).Select(own => Payoff(own, With(counts, own))).ToArray()))];
        var all = _payoffs.Values.SelectMany(row => row).Where(double.IsFinite).ToList();
        Range = all.Max() - all.Min();
    }

    /// <summary>N.</summary>
    public int Players { get; }

    /// <summary>m.</summary>
    public int Strategies { get; }

    /// <summary>The largest payoff of the table less the smallest.</summary>
    public double Range { get; }

    /// <summary>The payoff of a client that plays a strategy in a profile; NaN where nobody plays it.</summary>
    public double Payoff(int strategy, IReadOnlyList<int> counts) => _payoffs[Compositions.Text(counts)][strategy];

    /// <summary>
    /// The expected payoff of every strategy against others that are drawn independently from a mixture: over the multinomial
    /// compositions of the N - 1 others.
    /// </summary>
    /// <param name="mixture">Shares of the strategies; a polynomial in them, also outside of the simplex.</param>
    public double[] Payoffs(IReadOnlyList<double> mixture)
    {
        var powers = new double[Strategies][];
        for (int strategy = 0; strategy < Strategies; strategy++)
        {
            var row = powers[strategy] = new double[Players];
            row[0] = 1;
            for (int power = 1; power < Players; power++)
            {
                row[power] = row[power - 1] * mixture[strategy];
            }
        }

        var expected = new double[Strategies];
        foreach (var (counts, ways, payoffs) in _others)
        {
            double probability = ways;
            for (int strategy = 0; strategy < Strategies; strategy++)
            {
                probability *= powers[strategy][counts[strategy]];
            }

            for (int strategy = 0; strategy < Strategies; strategy++)
            {
                expected[strategy] += probability * payoffs[strategy];
            }
        }

        return expected;
    }

    private static int[] With(int[] counts, int strategy)
    {
        int[] more = [.. counts];
        more[strategy]++;
        return more;
    }
}
