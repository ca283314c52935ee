using FLCrowd.Analysis.Statistics;
using MathNet.Numerics;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>
/// The Moran process of a finite population whose members meet in games of N, drawn at random: now and then one of them takes over a
/// strategy of another, with probabilities of exponential fitness (equally, Fermi's pairwise comparison), T- / T+ = exp(-a (u_mutant -
/// u_resident)).
/// </summary>
public static class Moran
{
    /// <summary>
    /// The probability that one mutant among residents takes over: for a birth-death chain on M individuals
    /// rho = 1 / (1 + sum_k prod_{j = 1..k} T-_j / T+_j), k = 1 .. M - 1 (Nowak, Sasaki, Taylor and Fudenberg 2004; Traulsen et al.
    /// 2008). 1 / M for
    /// neutral mutants.
    /// </summary>
    /// <param name="game">The game; its other strategies are played by nobody.</param>
    /// <param name="mutant">A strategy.</param>
    /// <param name="resident">Another strategy.</param>
    /// <param name="intensity">a, the intensity of selection, per unit of payoff: 0 is neutral; below 0, who is paid less takes over.
    /// </param>
    /// <param name="population">M, at least N.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Mutant and resident are the same.</exception>
    public static double Fixation(SymmetricGame game, int mutant, int resident, double intensity, int population) =>
        Math.Exp(FixationLn(game, mutant, resident, intensity, population));

    /// <summary>The logarithm of <see cref="Fixation"/>, which does not underflow.</summary>
    /// <param name="game">The game; its other strategies are played by nobody.</param>
    /// <param name="mutant">A strategy.</param>
    /// <param name="resident">Another strategy.</param>
    /// <param name="intensity">a, the intensity of selection, per unit of payoff: 0 is neutral; below 0, who is paid less takes over.
    /// </param>
    /// <param name="population">M, at least N.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Mutant and resident are the same.</exception>
    public static double FixationLn(SymmetricGame game, int mutant, int resident, double intensity, int population)
    {
        ArgumentNullException.ThrowIfNull(game);
        game.CheckStrategy(mutant);
        game.CheckStrategy(resident);
        if (mutant == resident)
        {
            throw new ArgumentException($"Strategy {mutant} does not invade itself.", nameof(resident));
        }

        if (double.IsNaN(intensity))
        {
            throw new ArgumentOutOfRangeException(nameof(intensity), intensity, "must be a number");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(population, game.Players);

        // By the number of mutants in a game.
        var counts = Enumerable.Range(0, game.Players + 1);
        double[] ofMutants = [.. counts.Select(count => count > 0 ? game.Payoff(mutant, Pair(count)) : double.NaN)];
        double[] ofResidents = [.. counts.Select(count => count < game.Players ? game.Payoff(resident, Pair(count)) : double.NaN)];
        double exponent = 0;
        var terms = new List<double> { 0 };
        for (int mutants = 1; mutants < population; mutants++)
        {
            exponent -= intensity * (Expected(ofMutants, 1, mutants - 1) - Expected(ofResidents, 0, mutants));
            terms.Add(exponent);
        }

        return -LogSum.Of(terms);

        int[] Pair(int mutants)
        {
            var pair = new int[game.Strategies];
            pair[mutant] = mutants;
            pair[resident] = game.Players - mutants;
            return pair;
        }

        // The mean over the N - 1 others of a game, drawn without replacement from the M - 1 others, of whom some are mutants.
        double Expected(double[] payoffs, int own, int mutants)
        {
            double mean = 0;
            int others = population - 1, drawn = game.Players - 1;
            for (int met = Math.Max(0, drawn - (others - mutants)); met <= Math.Min(drawn, mutants); met++)
            {
                mean += payoffs[own + met] * Math.Exp(
                    SpecialFunctions.BinomialLn(mutants, met) + SpecialFunctions.BinomialLn(others - mutants, drawn - met)
                    - SpecialFunctions.BinomialLn(others, drawn));
            }

            return mean;
        }
    }
}
