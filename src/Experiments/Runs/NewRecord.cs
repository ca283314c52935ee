using System.Globalization;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Runs;

/// <summary>The record of a run that begins.</summary>
internal static class NewRecord
{
    /// <param name="run">What is run.</param>
    /// <param name="command">The command that gives the same tables.</param>
    /// <param name="clock">Says when.</param>
    public static RunRecord Of(PreparedRun run, string command, TimeProvider clock) => new RunRecord
    {
        Experiment = run.Plan.Name,
        Run = run.Process.Journal.Kind == JournalKind.Off ? null : IdOf(run.Plan.Name, clock),
        Command = command,
        Status = RunStatus.Running,
        Seed = run.Seed,
        Started = clock.GetLocalNow(),
        Games = run.FirstGames,
        EpisodesPlanned = run.FirstEpisodes,
        Versions = RunVersions.Current(),
        Swept = run.Plan.SweptPaths,
        Files = [.. run.Kind.Tables.SelectMany(table => (string[])[table.File, ParquetFile.NameOf(table)]), .. run.Kind.Files],
        Configuration = run.Configuration,
    }.Asking(run.Course.Question);

    /// <summary>Unique among the runs that share a journal's store, and short enough for its columns.</summary>
    private static string IdOf(string name, TimeProvider clock) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name[..Math.Min(name.Length, 100)]}-{clock.GetUtcNow():yyyyMMddHHmmssfffffff}-{Environment.ProcessId}");
}
