using System.Runtime.CompilerServices;
using MathNet.Numerics;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>
/// A symmetric game in normal form: what a player gets depends on what it plays and on how many others play what. Such a table of mean
/// payoffs
/// is an empirical game (M. Wellman, Methods for Empirical Game-Theoretic Analysis, 2006). Immutable.
/// </summary>
public sealed class SymmetricGame
{
    private readonly Dictionary<string, double[]> _payoffs;
    private readonly List<(int[] Counts, double Ways, double[] Payoffs)> _others;

    /// <summary>Asks for the payoffs of all profiles, once.</summary>
    /// <param name="players">N, at least 2.</param>
    /// <param name="strategies">m, at least 2.</param>
    /// <param name="payoff">The payoff of a player that plays a strategy (from 0) in a profile, given as how many play each strategy,
    /// with at
    /// least one of it; in money, a number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few players or strategies.</exception>
    /// <exception cref="ArgumentException">A payoff is not a number.</exception>
    public SymmetricGame(int players, int strategies, Func<int, IReadOnlyList<int>, double> payoff)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(players, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(strategies, 2);
        ArgumentNullException.ThrowIfNull(payoff);
        (Players, Strategies) = (players, strategies);
        _payoffs = Compositions.All(players, strategies).ToDictionary(Compositions.Text, counts =>
            counts.Select((count, strategy) => count > 0 ? Known(payoff(strategy, counts), strategy, counts) : double.NaN).ToArray());
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

    /// <summary>The largest payoff of the table less the smallest, in money; at least 0.</summary>
    public double Range { get; }

    /// <summary>The payoff of a player that plays a strategy in a profile.</summary>
    /// <param name="strategy">The strategy, from 0.</param>
    /// <param name="counts">How many play each strategy.</param>
    /// <returns>In money; NaN where nobody plays it.</returns>
    /// <exception cref="ArgumentException">The counts are no profile of this game.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such strategy.</exception>
    public double Payoff(int strategy, IReadOnlyList<int> counts)
    {
        CheckStrategy(strategy);
        return _payoffs.TryGetValue(Compositions.Text(counts), out var payoffs)
            ? payoffs[strategy]
            : throw new ArgumentException(
                $"{Compositions.Text(counts)} does not divide {Players} players into {Strategies} strategies.", nameof(counts));
    }

    /// <summary>
    /// The expected payoff of every strategy against others that are drawn independently from a mixture: over the multinomial
    /// compositions of the N - 1 others.
    /// </summary>
    /// <param name="mixture">Shares of the strategies; a polynomial in them, also outside of the simplex.</param>
    /// <returns>In money, by strategy; a new array.</returns>
    /// <exception cref="ArgumentException">There are more or fewer shares than strategies.</exception>
    public double[] Payoffs(IReadOnlyList<double> mixture)
    {
        CheckShares(mixture);
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

    internal void CheckStrategy(int strategy, [CallerArgumentExpression(nameof(strategy))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(strategy, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(strategy, Strategies, name);
    }

    internal void CheckShares(IReadOnlyList<double> mixture)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        if (mixture.Count != Strategies)
        {
            throw new ArgumentException($"A mixture has a share of each of {Strategies} strategies, not {mixture.Count}.", nameof(mixture));
        }
    }

    private static double Known(double payoff, int strategy, int[] counts) => double.IsNaN(payoff)
        ? throw new ArgumentException($"The payoff of strategy {strategy} in {Compositions.Text(counts)} is not a number.", nameof(payoff))
        : payoff;

    private static int[] With(int[] counts, int strategy)
    {
        int[] more = [.. counts];
        more[strategy]++;
        return more;
    }
}
