namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>What is asked of a payoff table.</summary>
/// <param name="Confidence">1 - alpha, of the intervals of all switches of a table together; in (0, 1).</param>
/// <param name="Tolerance">The gain that counts, in money; at least 0.</param>
/// <param name="PopulationSize">M, the individuals of the Moran process; at least N, the clients of a game.</param>
/// <param name="Intensities">Of selection, as multiples of 1 / (the median size of a switch's gain); at least 0.</param>
/// <param name="Starts">Trajectories start where shares are multiples of 1 / this; at least m, the number of strategies.</param>
public sealed record PopulationReading(
    double Confidence, double Tolerance, int PopulationSize, IReadOnlyList<double> Intensities, int Starts)
{
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Check(int clients, int strategies)
    {
        CheckTolerance();
        ArgumentOutOfRangeException.ThrowIfLessThan(PopulationSize, clients, nameof(PopulationSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(Starts, strategies, nameof(Starts));
    }

    private void CheckTolerance()
    {
        if (!(Tolerance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "must be at least 0");
        }
    }
}
