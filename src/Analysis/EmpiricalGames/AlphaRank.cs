using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>
/// Alpha-rank for one population (Omidshafiei et al., Alpha-Rank: Multi-Agent Evaluation by Evolution, 2019): a chain over populations in
/// which
/// all play the same. From resident r, each of the m - 1 other strategies s appears as a mutant with probability 1 / (m - 1) and takes
/// over with
/// the probability rho(s, r) of <see cref="Moran"/>. The share of time that the chain spends with each strategy ranks them.
/// </summary>
public static class AlphaRank
{
    /// <summary>The stationary distribution of the chain.</summary>
    /// <param name="game">The game.</param>
    /// <param name="intensity">The ranking intensity alpha, per unit of payoff: 0 is neutral.</param>
    /// <param name="population">M, the individuals of the population, at least N.</param>
    /// <returns>A share per strategy, of sum 1; a new array.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double[] Of(SymmetricGame game, double intensity, int population)
    {
        ArgumentNullException.ThrowIfNull(game);
        int strategies = game.Strategies;
        var rates = new double[strategies, strategies];
        for (int resident = 0; resident < strategies; resident++)
        {
            for (int mutant = 0; mutant < strategies; mutant++)
            {
                rates[resident, mutant] = mutant == resident
                    ? double.NegativeInfinity
                    : Moran.FixationLn(game, mutant, resident, intensity, population) - Math.Log(strategies - 1);
            }
        }

        return Stationary(rates);
    }

    /// <summary>
    /// Grassmann, Taksar and Heyman's elimination (1985) on logarithms: it adds, multiplies and divides only, so that it is exact where
    /// rates
    /// differ by hundreds of orders of magnitude.
    /// </summary>
    /// <param name="rates">ln of the probability to go from row to column; the diagonal is not used. Changed.</param>
    private static double[] Stationary(double[,] rates)
    {
        int last = rates.GetLength(0) - 1;
        var leaving = new double[last + 1];
        for (int state = last; state > 0; state--)
        {
            leaving[state] = LogSum.Of([.. Enumerable.Range(0, state).Select(to => rates[state, to])]);
            for (int from = 0; from < state; from++)
            {
                for (int to = 0; to < state; to++)
                {
                    if (from != to)
                    {
                        rates[from, to] = LogSum.Of([rates[from, to], rates[from, state] + rates[state, to] - leaving[state]]);
                    }
                }
            }
        }

        var mass = new double[last + 1];
        for (int state = 1; state <= last; state++)
        {
            mass[state] = LogSum.Of([.. Enumerable.Range(0, state).Select(from => mass[from] + rates[from, state])]) - leaving[state];
        }

        double total = LogSum.Of(mass);
        return [.. mass.Select(value => Math.Exp(value - total))];
    }
}
