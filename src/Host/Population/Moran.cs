namespace FLCrowd.Host.Population;

/// <summary>
/// The Moran process of N clients that play one game together: now and then one of them takes over a strategy of another with
/// probabilities of exponential fitness (equally, Fermi's pairwise comparison), T- / T+ = exp(-a (u_mutant - u_resident)).
/// </summary>
internal static class Moran
{
    /// <summary>
    /// The probability that one mutant among N - 1 residents takes over: for a birth-death chain
    /// rho = 1 / (1 + sum_k prod_{j = 1..k} T-_j / T+_j), k = 1 .. N - 1 (Nowak, Sasaki, Taylor and Fudenberg 2004; Traulsen et al. 2008). 1 / N for
    /// neutral mutants.
    /// </summary>
    /// <param name="game">The game; the others' strategies are played by nobody.</param>
    /// <param name="mutant">A strategy.</param>
    /// <param name="resident">Another strategy.</param>
    /// <param name="intensity">a, the intensity of selection, per unit of payoff, at least 0.</param>
    public static double Fixation(SymmetricGame game, int mutant, int resident, double intensity) =>
        Math.Exp(FixationLn(game, mutant, resident, intensity));

    /// <summary>Its logarithm, which does not underflow.</summary>
    public static double FixationLn(SymmetricGame game, int mutant, int resident, double intensity)
    {
        double exponent = 0;
        var terms = new List<double> { 0 };
        for (int mutants = 1; mutants < game.Players; mutants++)
        {
            var counts = new int[game.Strategies];
            counts[mutant] = mutants;
            counts[resident] = game.Players - mutants;
            exponent -= intensity * (game.Payoff(mutant, counts) - game.Payoff(resident, counts));
            terms.Add(exponent);
        }

        return -LogSum.Of(terms);
    }
}

/// <summary>Logarithms of sums of exponentials.</summary>
internal static class LogSum
{
    /// <summary>ln(sum of exp(term)), without overflow.</summary>
    public static double Of(IReadOnlyCollection<double> terms)
    {
        double largest = terms.DefaultIfEmpty(double.NegativeInfinity).Max();
        return double.IsInfinity(largest) ? largest : largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)));
    }
}
