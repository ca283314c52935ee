using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Runs;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Tests;

/// <summary>Reports on the runs of tests, as the program does.</summary>
internal static class Reported
{
    /// <summary>Writes everything that people look at.</summary>
    /// <returns>What came out.</returns>
    public static Findings Write(string folder) => RunReport.Write(folder, new RunTerminal(json: false), ExperimentList.BuiltIn);

    /// <summary>What came out, as data.</summary>
    public static Findings Findings(string folder) =>
        RunReport.Of(RunDirectory.Open(folder), RunDirectory.Open(folder).Read(), ExperimentList.BuiltIn);

    /// <summary>Writes everything that people look at, and the numbers behind it.</summary>
    public static RunSummary Summary(string folder)
    {
        Write(folder);
        return RunTables.Read(folder, RunDirectory.Open(folder).Read().Swept);
    }

    /// <summary>The same of a regret experiment.</summary>
    public static RegretReport Regret(string folder)
    {
        Write(folder);
        var run = RunDirectory.Open(folder);
        return RegretReport.Read(folder, run.Question<RegretDesign>(run.Read(), RegretKind.Key), run.Read().Swept);
    }

    /// <summary>A table of what was found, as texts.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Texts(FindingTable table) =>
        [.. Enumerable.Range(0, table.Rows.Count).Select(row => (IReadOnlyList<string>)[
            .. Enumerable.Range(0, table.Columns.Count).Select(column => table.Text(row, column))])];
}
