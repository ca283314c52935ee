using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>
/// The table <c>exact-gains.csv</c> of a dynamics experiment whose payoffs are exact: what deviations from the profile reached gain, in closed
/// form. A row of a single deviator has its client, one of a coalition has the coalition's name and the client that gains.
/// </summary>
internal static class ExactGainsTable
{
    public const string File = "exact-gains.csv";

    private static readonly string[] Columns = ["deviator", "client", "effort", "batch_factor", "gamma", "gain"];

    /// <exception cref="Actors.Recording.DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(
        string directory,
        IReadOnlyList<string> swept,
        IEnumerable<(IReadOnlyList<string> Cell, RegretBlock Block, ExactGains Gains)> blocks)
    {
        object?[] header = [.. swept, .. Columns];
        CsvFile.Write(Path.Combine(directory, File), blocks.SelectMany(block => Rows(block.Block, block.Gains)
            .Select(row => (object?[])[.. block.Cell, .. row])).Prepend(header));
    }

    /// <summary>The gains of each cell, by its key; null where the run has none: its deviations were played.</summary>
    /// <exception cref="SettingException">The table is not what a run writes.</exception>
    public static IReadOnlyDictionary<string, ExactGains>? Read(string directory, Func<RunTables.Row, string> cell)
    {
        if (!System.IO.File.Exists(Path.Combine(directory, File)))
        {
            return null;
        }

        var gains = new Dictionary<string, (Dictionary<Deviation, double> Deviations, Dictionary<(string, int), double> Coalitions)>();
        foreach (var row in RunTables.Rows(directory, File))
        {
            if (!gains.TryGetValue(cell(row), out var known))
            {
                gains[cell(row)] = known = ([], []);
            }

            if (int.TryParse(row.Text("deviator"), out int deviator))
            {
                var deviation = new Deviation(deviator, row.Number("effort"), row.Number("batch_factor"), row.Number("gamma"));
                known.Deviations[deviation] = row.Number("gain");
            }
            else
            {
                known.Coalitions[(row.Text("deviator"), row.Whole("client"))] = row.Number("gain");
            }
        }

        return gains.ToDictionary(entry => entry.Key, entry => new ExactGains(entry.Value.Deviations, entry.Value.Coalitions));
    }

    private static IEnumerable<object?[]> Rows(RegretBlock block, ExactGains gains) =>
    [
        .. gains.Deviations.Select(gain => (object?[])[
            gain.Key.Client, gain.Key.Client, gain.Key.Effort, gain.Key.BatchFactor, gain.Key.Gamma, gain.Value]),
        .. from coalition in block.Coalitions
           from gain in gains.Coalitions
           where gain.Key.Coalition == coalition.Name
           select (object?[])[coalition.Name, gain.Key.Client, coalition.Effort, coalition.BatchFactor, coalition.Gamma, gain.Value],
    ];
}
