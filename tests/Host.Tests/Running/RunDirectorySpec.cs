using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Tests.Running;

/// <summary>Whose a folder is, and what of it may be deleted.</summary>
public sealed class RunDirectorySpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_takes_back_what_it_made_and_nothing_else()
    {
        using var refused = Prepare("runs/refused");
        Write("runs/refused/run.json", "runs/refused/journal.db", "runs/refused/journal.db-wal", "runs/refused/episodes.csv");
        using (var other = Prepare("runs/other"))
        {
            Write("runs/other/run.json", "runs/other/report.html");
            refused.Discard();
            Assert.Equal(["runs/other/report.html", "runs/other/run.json", "runs/other/run.lock"], Files());
        }

        Assert.Equal(["runs/other/report.html", "runs/other/run.json"], Files());
    }

    [Fact]
    public void Folders_go_where_they_are_empty_and_were_made_for_the_run()
    {
        Directory.CreateDirectory(_folder.In("there"));
        using (Prepare("there/new/out"))
        {
            Assert.True(Directory.Exists(_folder.In("there/new/out")));
        }

        using (Prepare("there"))
        {
            Assert.Equal(["there/run.lock"], Files());
        }

        Assert.Equal([_folder.In("there")], Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories));

        using (var kept = Prepare("kept"))
        {
            Write("kept/notes.txt");
            kept.Discard();
        }

        Assert.Equal(["kept/notes.txt"], Files());
    }

    [Fact]
    public void Runs_of_the_same_second_have_folders_of_their_own()
    {
        var clock = new StoppedClock();
        var here = Directory.GetCurrentDirectory();
        var made = new RunDirectory[8];
        try
        {
            Parallel.For(0, made.Length, index => made[index] = RunDirectory.Prepare(
                null, $"same-{Environment.ProcessId}", overwrite: false, clock));
            Assert.Equal(made.Length, made.Select(directory => directory.Path).Distinct().Count());
            Assert.All(made, directory => Assert.True(File.Exists(directory.PathOf(RunDirectory.LockFile))));
        }
        finally
        {
            Array.ForEach(made, directory => directory?.Dispose());
        }

        Assert.All(made, directory => Assert.False(directory.Exists));
        Assert.Equal(here, Directory.GetCurrentDirectory());
    }

    [Fact]
    public void Only_what_runs_write_is_replaced()
    {
        Directory.CreateDirectory(_folder.In("old/plots"));
        Directory.CreateDirectory(_folder.In("old/fig2/plots"));
        Write(
            "old/run.json", "old/claims.csv", "old/report.html", "old/mine.csv", "old/game-mine.txt", "old/game-2.nfg",
            "old/run.json.77.new", "old/mine.new", "old/plots/payoffs.svg", "old/plots/payoffs.png", "old/plots/mine.png",
            "old/fig2/run.json", "old/fig2/episodes.csv", "old/fig2/plots/a.svg", "old/fig2/plots/a.png", "old/fig9");
        File.WriteAllText(_folder.In("old/run.json"), """
            { "parts": ["fig2", "../elsewhere"], "files": ["claims.csv", "game-*.nfg", "*", "game-mine.txt", "*.csv", "../mine.csv"] }
            """);
        var e = Assert.Throws<SettingException>(() => Prepare("old"));
        Assert.Contains("exists and is not empty", e.Message, StringComparison.Ordinal);
        using (Prepare("old", overwrite: true))
        {
            Assert.Equal(["old/fig9", "old/game-mine.txt", "old/mine.csv", "old/mine.new", "old/plots/mine.png", "old/run.lock"], Files());
        }
    }

    [Fact]
    public void A_folder_that_is_locked_is_told_from_one_that_cannot_be_written()
    {
        using var first = Prepare("out");
        Write("out/run.json");
        Assert.Contains(
            "is being written by a run that is under way",
            Assert.Throws<SettingException>(() => Prepare("out", overwrite: true)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is being written by a run that is under way",
            Assert.Throws<SettingException>(() => RunDirectory.Open(_folder.In("out")).Lock()).Message, StringComparison.Ordinal);

        // A folder in the lock's place: whatever is wrong, nobody holds it.
        Directory.CreateDirectory(_folder.In("strange/run.lock"));
        Write("strange/run.json");
        var e = Assert.Throws<SettingException>(() => RunDirectory.Open(_folder.In("strange")).Lock());
        Assert.StartsWith($"{_folder.In("strange")}: cannot be written: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("under way", e.Message, StringComparison.Ordinal);
    }

    private RunDirectory Prepare(string name, bool overwrite = false) =>
        RunDirectory.Prepare(_folder.In(name), "test", overwrite, TimeProvider.System);

    private void Write(params string[] files) => Array.ForEach(files, file => File.WriteAllText(_folder.In(file), ""));

    private IEnumerable<string> Files() => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder.Path, file)).Order(StringComparer.Ordinal);

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
