namespace FLCrowd.Host.Tests.Resume;

/// <summary>What cannot be gone on with, and what is said of it.</summary>
public sealed class ResumeMessagesSpec : IDisposable
{
    private static readonly string[] Long =
        ["run", "quadratic", "--set", "experiment.seeds=1000", "--set", "learning.rounds=200", "--out", "broken"];

    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_run_that_is_under_way_or_of_another_program_or_of_other_settings_is_refused()
    {
        using var process = FlcrowdProcess.Start(_runs.Path, Long);
        try
        {
            Assert.True(await process.StopAtAsync(InterruptedRuns.Patience, () => _runs.Journal("broken").Episodes.Count > 2));
            await RefusedResumeAsync("broken", "is being written by a run that is under way");
            var overwrite = await _runs.RunAsync([.. Long, "--overwrite"]);
            Assert.Equal(2, overwrite.ExitCode);
            Assert.Contains("is being written by a run that is under way", overwrite.Error, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var file = _runs.In("broken/run.json");
        var record = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await RefusedAsync("\"rounds\": \"200\"", "\"rounds\": \"201\"", "was changed since the run began");
        await RefusedAsync(
            "\"version\": \"", "\"version\": \"9", "was begun by another program, which may give other numbers (its version is 9");
        await RefusedAsync("\"arithmetic\": \"", "\"arithmetic\": \"vacuum tubes, ", "its arithmetic is that of vacuum tubes, ");
        await RefusedAsync("\"FLCrowd.Strategies ", "\"FLCrowd.Strategies 9", "it is another build: FLCrowd.Strategies is 9");

        async Task RefusedAsync(string before, string after, string message)
        {
            Assert.Contains(before, record, StringComparison.Ordinal);
            await File.WriteAllTextAsync(
                file, record.Replace(before, after, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            await RefusedResumeAsync("broken", message);
        }
    }

    [Fact]
    public async Task What_is_finished_or_has_no_journal_is_said_to_be()
    {
        await RefusedResumeAsync(".", "is not the folder of a run");
        string[] small = ["run", "quadratic", "--set", "experiment.seeds=1", "--set", "learning.rounds=2"];
        await _runs.CompleteAsync([.. small, "--out", "done"]);
        File.Delete(_runs.In("done/report.html"));
        Assert.Contains("the run is finished", (await _runs.CompleteAsync("resume", "done")).Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_runs.In("done/report.html")));

        await _runs.InterruptAsync(
            Signals.Terminate,
            () => File.Exists(_runs.In("broken/episodes.csv")) && File.ReadLines(_runs.In("broken/episodes.csv")).Count() > 2,
            [.. Long, "--set", "execution.journal.store=off"]);
        await RefusedResumeAsync("broken", "has no journal to go on from; begin again with: flcrowd run quadratic");
    }

    private async Task RefusedResumeAsync(string folder, string message)
    {
        var ended = await _runs.RunAsync("resume", folder);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(message, ended.Error, StringComparison.Ordinal);
    }
}
