namespace FLCrowd.Host.Tests.Resume;

/// <summary>A run of one game of several episodes, killed at one moment or another.</summary>
public sealed class KillMomentsSpec : IDisposable
{
    private const int Episodes = 4;

    /// <summary>Enough for an episode to last much longer than it takes to write a checkpoint, or none of a later episode would ever be
    /// seen.</summary>
    private const int Rounds = 3_000;

    private const int Clients = 10;

    private static readonly string[] Run =
        ["run", "learners.conf", "--set", "execution.checkpoint-every=20ms", "--set", "execution.evaluate-every=7"];

    private readonly InterruptedRuns _runs = new();

    public KillMomentsSpec() => File.WriteAllText(_runs.In("learners.conf"), Learners.Experiment(Episodes, Rounds));

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Whenever_a_run_is_killed_it_ends_with_the_tables_of_one_that_was_not()
    {
        await _runs.CompleteAsync([.. Run, "--out", "whole"]);
        Assert.Equal(Episodes * Rounds * Clients, _runs.Updates("whole"));

        await KillAsync("start", () => File.Exists(_runs.In("start/run.json")));
        await KillAsync("early", () => Checkpoint("early") is { Round: > 20 });
        await KillAsync("between", () => _runs.Journal("between").Episodes.Count >= 2);

        // An episode has no checkpoint before the journal holds the one before it, which takes a while: any later episode will do.
        await KillAsync("late", () => Checkpoint("late") is { Episode: >= 1, Round: > 20 });
        await KillAsync(
            "end", () => File.Exists(_runs.In("end/episodes.csv")) && File.ReadLines(_runs.In("end/episodes.csv")).Count() == 1 + Episodes);
    }

    private async Task KillAsync(string run, Func<bool> moment)
    {
        await _runs.KillAsync(moment, [.. Run, "--out", run]);
        int recorded = _runs.Journal(run).Episodes.Count;
        bool isOver = (string)_runs.Record(run)["status"]! == "completed";
        int rounds = Checkpoint(run) is { } kept && kept.Episode == recorded ? kept.Round : 0;
        await _runs.CompleteAsync("resume", run);
        _runs.AssertSameTables("whole", run);
        Assert.Equal("completed", (string)_runs.Record(run)["status"]!);
        Assert.True(File.Exists(_runs.In($"{run}/report.html")));
        Assert.Empty(Directory.EnumerateFiles(_runs.In(run), "journal.db*"));

        // Neither recorded episodes nor rounds before the checkpoint are trained again; a run that was over keeps what it had noted.
        Assert.Equal((isOver ? Episodes * Rounds : (Episodes - recorded) * Rounds - rounds) * Clients, _runs.Updates(run));
    }

    private (int Episode, int Round)? Checkpoint(string run) => _runs.Journal(run).Checkpoints is [var only] ? only : null;
}
