namespace FLCrowd.Host.Tests;

/// <summary>Runs that were killed go on, and what comes out is what a run gives that was not.</summary>
public sealed class ResumeSpec : IDisposable
{
    private static readonly string[] Sweep =
        ["run", "quadratic", "--seed", "3", "--threads", "2", "--set", "experiment.seeds=14", "--set", "learning.rounds=400"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_that_was_killed_twice_ends_with_the_same_tables()
    {
        Assert.Equal(0, (await Run([.. Sweep, "--out", "whole"])).ExitCode);
        await KillAfterAsync(rows: 5, [.. Sweep, "--out", "killed"]);
        await KillAfterAsync(rows: 20, ["resume", "killed"]);
        var resumed = await Run(["resume", "killed"]);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        foreach (var table in (string[])["episodes.csv", "rounds.csv", "clients.csv"])
        {
            Assert.Equal(File.ReadAllText(_folder.In($"whole/{table}")), File.ReadAllText(_folder.In($"killed/{table}")));
        }

        Assert.False(File.Exists(_folder.In("killed/journal.db")));
        Assert.Contains("the run is finished", (await Run(["resume", "killed"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_configuration_or_version_is_refused()
    {
        await KillAfterAsync(rows: 2, [.. Sweep, "--out", "killed"]);
        var file = _folder.In("killed/run.json");
        var record = File.ReadAllText(file);
        File.WriteAllText(file, record.Replace("\"rounds\": 400", "\"rounds\": 401", StringComparison.Ordinal));
        var changed = await Run(["resume", "killed"]);
        Assert.Equal(2, changed.ExitCode);
        Assert.Contains("was changed since the run began", changed.Error, StringComparison.Ordinal);

        File.WriteAllText(file, record.Replace("\"program\": \"", "\"program\": \"9", StringComparison.Ordinal));
        var other = await Run(["resume", "killed"]);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("was begun by version 9", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_a_run_is_refused()
    {
        var run = await Run(["resume", "."]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is not the folder of a run", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Kills the process once its episodes.csv has so many episodes.</summary>
    private async Task KillAfterAsync(int rows, string[] arguments)
    {
        using var process = FlcrowdProcess.Start(_folder.Path, arguments);
        var table = _folder.In("killed/episodes.csv");
        var end = FlcrowdProcess.EndAsync(process);
        while (!end.IsCompleted && Rows(table) < rows)
        {
            await Task.Yield();
        }

        Assert.False(end.IsCompleted, "the run ended before it was killed");
        process.Kill();
        await end;
    }

    private static int Rows(string table)
    {
        if (!File.Exists(table))
        {
            return 0;
        }

        using var reader = new StreamReader(new FileStream(table, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Count(c => c == '\n') - 1;
    }

    private Task<FlcrowdProcess> Run(string[] arguments) => FlcrowdProcess.RunAsync(_folder.Path, arguments);
}
