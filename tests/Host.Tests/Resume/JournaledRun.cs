using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Identity;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Runs;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Tests.Resume;

/// <summary>A run with a journal, played in this process as the program plays it, without a report.</summary>
/// <param name="folder">An existing folder, which is the run's.</param>
/// <param name="run">What it plays.</param>
internal sealed class JournaledRun(string folder, PreparedRun run)
{
    public static readonly string[] Tables = ["episodes.csv", "rounds.csv", "clients.csv"];

    private static readonly RunTerminal Terminal = new(json: true);

    public string Folder => folder;

    public RunDirectory Directory => RunDirectory.Open(folder);

    public JournalStore Store => JournalStore.Sqlite(JournalFile);

    public string JournalFile => Path.Combine(folder, RunDirectory.JournalFile);

    /// <summary>The tables, as text.</summary>
    public IReadOnlyList<string> Text => [.. Tables.Select(table => File.ReadAllText(Path.Combine(folder, table)))];

    /// <summary>A run that nobody worked on yet.</summary>
    public static JournaledRun Begin(string folder, PreparedRun run)
    {
        using var directory = RunDirectory.Prepare(folder, run.Plan.Name, overwrite: false, TimeProvider.System);
        directory.Write(NewRecord.Of(run, "flcrowd run test", TimeProvider.System));
        return new JournaledRun(folder, run);
    }

    /// <summary>A copy that somebody may spoil.</summary>
    public JournaledRun CopyTo(string other)
    {
        System.IO.Directory.CreateDirectory(other);
        foreach (var file in System.IO.Directory.EnumerateFiles(folder).Where(file => !file.EndsWith("run.lock", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(other, Path.GetFileName(file)));
        }

        return new JournaledRun(other, run);
    }

    /// <summary>What <c>flcrowd resume</c> looks at before anything is played.</summary>
    public void Check(bool fromLastGood = false) => new JournalCheck(Directory, Directory.Read(), Store).Pass(fromLastGood, Terminal);

    /// <summary>Plays what is missing.</summary>
    /// <param name="ends">Whether to interrupt the run, asked after every round; null: never.</param>
    /// <param name="atEnd">Called while the journal is still open.</param>
    public async Task<ExperimentResult> PlayAsync(Func<ExperimentProgress, bool>? ends = null, Action? atEnd = null)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Store.PrepareAsync(cancel.Token);
        await using var node = await LocalNode.StartAsync(Configured.Catalog, threads: 1, journals: Store);
        var journal = await RunJournal.OpenAsync(
            node.System, Directory.Read().Run!, ThisProgram.Build, ShippedData.Checksums, run.Process.Journal.CheckpointEvery);
        if (journal.Plan is null)
        {
            await journal.KeepAsync(run.Plan, run.Configuration);
        }

        void Look(ExperimentProgress progress)
        {
            if (ends?.Invoke(progress) == true)
            {
                cancel.Cancel();
            }
        }

        var result = run.Regret is not null
            ? await run.PlayAsync(node.System, journal.Plan!, folder, 1, Terminal, journal, cancel.Token)
            : await ExperimentRunner.RunAsync(node.System, journal.Plan!, folder, 1, Look, cancel.Token, journal);
        atEnd?.Invoke();
        return result;
    }
}
