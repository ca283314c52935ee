using System.Collections.Immutable;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>Evolution of a finite population under selection of one intensity.</summary>
/// <param name="Intensity">As a multiple of 1 / (the median size of a switch's gain).</param>
/// <param name="Fixation">The probability that one mutant (first index) takes over residents (second index); NaN on the diagonal.</param>
/// <param name="Rank">Alpha-rank: the share of time that all play each strategy.</param>
public sealed record Evolution(double Intensity, IReadOnlyList<ImmutableArray<double>> Fixation, ImmutableArray<double> Rank)
{
    /// <summary>Per unit of money: beyond it, products with payoffs are no numbers.</summary>
    private const double Strongest = 1e200;

    /// <summary>Fixation probabilities of all pairs of strategies, and alpha-rank.</summary>
    /// <param name="game">The game.</param>
    /// <param name="intensity">As a multiple of 1 / <paramref name="scale"/>, at least 0.</param>
    /// <param name="scale">The size of a gain, in money; without one that is above 0, selection is neutral.</param>
    /// <param name="population">M, at least N.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Evolution Of(SymmetricGame game, double intensity, double scale, int population)
    {
        ArgumentNullException.ThrowIfNull(game);
        double perMoney = scale > 0 ? Math.Min(intensity / scale, Strongest) : 0;
        var strategies = Enumerable.Range(0, game.Strategies).ToList();
        return new Evolution(
            intensity,
            [.. strategies.Select(mutant => strategies
                .Select(resident => mutant == resident ? double.NaN : Moran.Fixation(game, mutant, resident, perMoney, population))
                .ToImmutableArray())],
            [.. AlphaRank.Of(game, perMoney, population)]);
    }
}
