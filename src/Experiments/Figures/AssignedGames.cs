using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments.Tables;

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
        var terms = CsvRows.Of(tables.Directory, TermsTable.Schema)
            .Select(row => (Game: row[TermsTable.Game], Slope: row[TermsTable.BatchSlope], Labeling: row[TermsTable.LabelingCost]))
            .ToLookup(row => row.Game);
        var clients = CsvRows.Of(tables.Directory, ClientTable.Schema)
            .Select(row => (
                Episode: row[ClientTable.Episode], Size: row.Or(ClientTable.BatchSize), Cost: row[ClientTable.Cost],
                Effort: row[ClientTable.Effort]))
            .ToLookup(row => row.Episode);
        return [.. CsvRows.Of(tables.Directory, EpisodeTable.Schema).Select(row =>
        {
            var own = terms[row[EpisodeTable.Game]].ToList();
            var played = clients[row[EpisodeTable.Episode]].ToList();
            double cost = played.Sum(client => client.Cost);
            return new AssignedGame(
                row[EpisodeTable.Seed],
                row.Text(OutcomeTable.Panel),
                row.Text(ServerPayoffs.Axis),
                row[EpisodeTable.TestLoss],
                row[EpisodeTable.ServerPayoff],
                cost,
                cost - played.Zip(own, (client, term) => term.Labeling * client.Effort).Sum(),
                [.. played.Select(client => client.Size)],
                [.. own.Select(term => term.Slope)]);
        })];
    }
}
