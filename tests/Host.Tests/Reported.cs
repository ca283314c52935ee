using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Rendering;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Tests;

/// <summary>Reports on the runs of tests, as the program does.</summary>
internal static class Reported
{
    /// <summary>Writes everything that people look at.</summary>
    /// <returns>What came out.</returns>
    public static Findings Write(string folder) => Report.Write(folder, new RunTerminal(json: false));

    /// <summary>The same, and the numbers behind it.</summary>
    public static RunSummary Summary(string folder)
    {
        Write(folder);
        return Report.Derive(folder);
    }

    /// <summary>A table of what was found, as texts.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Texts(FindingTable table) =>
        [.. Enumerable.Range(0, table.Rows.Count).Select(row => (IReadOnlyList<string>)[
            .. Enumerable.Range(0, table.Columns.Count).Select(column => table.Text(row, column))])];
}
