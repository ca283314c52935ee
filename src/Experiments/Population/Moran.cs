using MathNet.Numerics;

namespace FLCrowd.Experiments.Population;

/// <summary>
/// The Moran process of a finite population whose members meet in games of N, drawn at random: now and then one of them takes over a
/// strategy of another, with probabilities of exponential fitness (equally, Fermi's pairwise comparison), T- / T+ = exp(-a (u_mutant - u_resident)).
/// </summary>
internal static class Moran
{
    /// <summary>
    /// The probability that one mutant among residents takes over: for a birth-death chain on M individuals
    /// rho = 1 / (1 + sum_k prod_{j = 1..k} T-_j / T+_j), k = 1 .. M - 1 (Nowak, Sasaki, Taylor and Fudenberg 2004; Traulsen et al. 2008). 1 / M for
    /// neutral mutants.
    /// </summary>
    /// <param name="game">The game; its other strategies are played by nobody.</param>
    /// <param name="mutant">A strategy.</param>
    /// <param name="resident">Another strategy.</param>
    /// <param name="intensity">a, the intensity of selection, per unit of payoff, at least 0.</param>
    /// <param name="population">M, at least N.</param>
    public static double Fixation(SymmetricGame game, int mutant, int resident, double intensity, int population) =>
        Math.Exp(FixationLn(game, mutant, resident, intensity, population));

    /// <summary>Its logarithm, which does not underflow.</summary>
    public static double FixationLn(SymmetricGame game, int mutant, int resident, double intensity, int population)
    {
        // By the number of mutants in a game.
        double[] ofMutants = [.. Enumerable.Range(0, game.Players + 1).Select(count => count > 0 ? game.Payoff(mutant, Pair(count)) : double.NaN)];
        double[] ofResidents = [.. Enumerable.Range(0, game.Players + 1).Select(count => count < game.Players ? game.Payoff(resident, Pair(count)) : double.NaN)];
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
            var counts = new int[game.Strategies];
            counts[mutant] = mutants;
            counts[resident] = game.Players - mutants;
            return counts;
        }

        // The mean over the N - 1 others of a game, drawn without replacement from the M - 1 others, of whom some are mutants.
        double Expected(double[] payoffs, int own, int mutants)
        {
            double mean = 0;
            int others = population - 1, drawn = game.Players - 1;
            for (int met = Math.Max(0, drawn - (others - mutants)); met <= Math.Min(drawn, mutants); met++)
            {
                mean += payoffs[own + met] * Math.Exp(
                    SpecialFunctions.BinomialLn(mutants, met) + SpecialFunctions.BinomialLn(others - mutants, drawn - met) - SpecialFunctions.BinomialLn(others, drawn));
            }

            return mean;
        }
    }
}
