using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>A row of <c>exact-gains.csv</c>.</summary>
/// <param name="Cell">The values of the swept columns.</param>
/// <param name="Deviator">A client, or the name of a coalition.</param>
/// <param name="Client">Whose gain it is.</param>
/// <param name="Effort">e of the deviation; null where members play what the profile has.</param>
/// <param name="BatchFactor">Its D / D'; null likewise.</param>
/// <param name="Gamma">Its gamma; null likewise.</param>
/// <param name="Gain">The client's expected payoff less that in the profile, in money.</param>
internal sealed record ExactGainRow(
    IReadOnlyList<string> Cell, string Deviator, int Client, double? Effort, double? BatchFactor, double? Gamma, double Gain);

/// <summary>
/// The table <c>exact-gains.csv</c> of a dynamics experiment whose payoffs are exact: what deviations from the profile reached gain, in
/// closed form. A row of a single deviator has its client, one of a coalition has the coalition's name and the client that gains.
/// </summary>
internal static class ExactGainsTable
{
    private static readonly Column<string, ExactGainRow> Deviator =
        Column.Text<ExactGainRow>("deviator", "who deviates: a client, or the name of a coalition", row => row.Deviator);

    private static readonly Column<int, ExactGainRow> Client = Column.Whole<ExactGainRow>("client", "whose gain it is", row => row.Client);

    private static readonly Column<double, ExactGainRow> Effort =
        Column.Number<ExactGainRow>("effort", "", "e of the deviation, as in regret.csv and coalitions.csv", row => row.Effort);

    private static readonly Column<double, ExactGainRow> BatchFactor =
        Column.Number<ExactGainRow>("batch_factor", "", "its D over the assigned D', likewise", row => row.BatchFactor);

    private static readonly Column<double, ExactGainRow> Gamma = Column.Number<ExactGainRow>(
        "gamma", "", "its gamma, likewise", row => row.Gamma);

    private static readonly Column<double, ExactGainRow> Gain = Column.Number<ExactGainRow>(
        "gain", "money", "the client's expected payoff less that in the profile reached", row => row.Gain);

    public static readonly TableSchema<ExactGainRow> Schema = new(
        "exact-gains.csv",
        "one row per deviation from the profile reached and client that it is a gain of, where `experiment.dynamics.payoffs = exact`",
        SweptColumns.Of<ExactGainRow>(row => row.Cell), Deviator, Client, Effort, BatchFactor, Gamma, Gain);

    /// <exception cref="Actors.Recording.DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(
        string directory,
        IReadOnlyList<string> swept,
        IEnumerable<(IReadOnlyList<string> Cell, RegretBlock Block, ExactGains Gains)> blocks) => CsvFile.Write(
            directory,
            Schema,
            new RunColumns { Swept = RunColumns.Texts(swept) },
            blocks.SelectMany(block => Rows(block.Cell, block.Block, block.Gains)));

    /// <summary>The gains of each cell, by its key; null where the run has none: its deviations were played.</summary>
    /// <exception cref="SettingException">The table is not what a run writes.</exception>
    public static IReadOnlyDictionary<string, ExactGains>? Read(string directory, Func<TableRow, string> cell)
    {
        if (!File.Exists(Path.Combine(directory, Schema.File)))
        {
            return null;
        }

        var gains = new Dictionary<string, (Dictionary<Deviation, double> Deviations, Dictionary<(string, int), double> Coalitions)>();
        foreach (var row in CsvRows.Of(directory, Schema))
        {
            if (!gains.TryGetValue(cell(row), out var known))
            {
                gains[cell(row)] = known = ([], []);
            }

            if (int.TryParse(row[Deviator], out int deviator))
            {
                known.Deviations[new Deviation(deviator, row[Effort], row[BatchFactor], row[Gamma])] = row[Gain];
            }
            else
            {
                known.Coalitions[(row[Deviator], row[Client])] = row[Gain];
            }
        }

        return gains.ToDictionary(entry => entry.Key, entry => new ExactGains(entry.Value.Deviations, entry.Value.Coalitions));
    }

    private static IEnumerable<ExactGainRow> Rows(IReadOnlyList<string> cell, RegretBlock block, ExactGains gains) =>
    [
        .. gains.Deviations.Select(gain => new ExactGainRow(
            cell, FormattableString.Invariant($"{gain.Key.Client}"), gain.Key.Client, gain.Key.Effort,
            gain.Key.BatchFactor, gain.Key.Gamma, gain.Value)),
        .. from coalition in block.Coalitions
           from gain in gains.Coalitions
           where gain.Key.Coalition == coalition.Name
           select new ExactGainRow(
               cell, coalition.Name, gain.Key.Client, coalition.Effort, coalition.BatchFactor, coalition.Gamma, gain.Value),
    ];
}
