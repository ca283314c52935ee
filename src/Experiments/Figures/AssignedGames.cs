using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments.Figures;

/// <summary>One game under one assignment of batch sizes.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Panel">Its panel.</param>
/// <param name="Assignment">What its assignment is called.</param>
/// <param name="TestLoss">f(w_T).</param>
/// <param name="ServerPayoff">u_0, as paid.</param>
/// <param name="Cost">The costs of all clients.</param>
/// <param name="ComputationCost">Those of computation only.</param>
/// <param name="BatchSizes">D, by client.</param>
/// <param name="BatchSlopes">a_i of the surrogate that pay is made from, by client.</param>
internal sealed record AssignedGame(
    ulong Seed, string Panel, string Assignment, double TestLoss, double ServerPayoff, double Cost, double ComputationCost,
    IReadOnlyList<double> BatchSizes, IReadOnlyList<double> BatchSlopes);

/// <summary>Puts the games of Fig. 7 together from a run's tables.</summary>
internal static class AssignedGames
{
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static IReadOnlyList<AssignedGame> Read(FigureTables tables)
    {
        var terms = RunTables.Rows(tables.Directory, TermsTable.File)
            .Select(row => (Game: row.Whole("game"), Slope: row.Number("batch_slope"), Labeling: row.Number("labeling_cost")))
            .ToLookup(row => row.Game);
        var clients = RunTables.Rows(tables.Directory, "clients.csv")
            .Select(row => (Episode: row.Whole("episode"), Size: row.Number("batch_size"), Cost: row.Number("cost"), Effort: row.Number("effort")))
            .ToLookup(row => row.Episode);
        return [.. RunTables.Rows(tables.Directory, "episodes.csv").Select(row =>
        {
            var own = terms[row.Whole("game")].ToList();
            var played = clients[row.Whole("episode")].ToList();
            double cost = played.Sum(client => client.Cost);
            return new AssignedGame(
                row.Seed(),
                row.Text(OutcomeTable.Panel),
                row.Text(ServerPayoffs.Column),
                row.Number("test_loss"),
                row.Number("server_payoff"),
                cost,
                cost - played.Zip(own, (client, term) => term.Labeling * client.Effort).Sum(),
                [.. played.Select(client => client.Size)],
                [.. own.Select(term => term.Slope)]);
        })];
    }
}
