using FLCrowd.Analysis.EmpiricalGames;

namespace FLCrowd.Experiments.Population;

/// <summary>A payoff table in closed form: over the same data, lots and actions as what was played, without noise of batches.</summary>
internal sealed class ExactTable
{
    private readonly IReadOnlyDictionary<string, double[]> _payoffs;

    private ExactTable(IReadOnlyDictionary<string, double[]> payoffs) => _payoffs = payoffs;

    /// <param name="games">The games of a cell: how many play each strategy, and what each is expected to be paid.</param>
    /// <returns>The means over games of a profile; null where some game has no closed form.</returns>
    public static ExactTable? Of(IEnumerable<(int[] Counts, double[] Payoffs)> games)
    {
        var payoffs = games.GroupBy(game => Compositions.Text(game.Counts)).ToDictionary(
            profile => profile.Key,
            profile => profile.First().Counts.Select((_, strategy) => profile.Average(game => game.Payoffs[strategy])).ToArray());
        return payoffs.Values.All(row => row.Any(double.IsFinite)) ? new ExactTable(payoffs) : null;
    }

    /// <summary>What a strategy is paid in a profile, in money; null where nobody plays it.</summary>
    public double? Payoff(IReadOnlyList<int> counts, int strategy) =>
        _payoffs.TryGetValue(Compositions.Text(counts), out var row) && double.IsFinite(row[strategy]) ? row[strategy] : null;

    /// <summary>What a client gains that goes from one strategy to another, in money; null where a profile was not played.</summary>
    public double? Gain(Switch change) =>
        Payoff(Compositions.Switch(change.Profile, change.From, change.To), change.To) - Payoff(change.Profile, change.From);
}
