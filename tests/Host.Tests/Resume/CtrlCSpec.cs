namespace FLCrowd.Host.Tests.Resume;

/// <summary>Ctrl-C, once and twice in a row.</summary>
public sealed class CtrlCSpec : IDisposable
{
    private static readonly string[] Sweep = ["run", "quadratic", "--set", "experiment.seeds=20", "--set", "learning.rounds=100"];

    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task The_first_ends_the_run_in_order_and_the_second_ends_the_process_and_both_may_be_resumed()
    {
        var stopped = await _runs.InterruptAsync(
            Signals.Interrupt, () => _runs.Journal("once").Episodes.Count > 0, [.. Sweep, "--out", "once"]);
        Assert.Equal("", stopped.Error);
        Assert.Contains("flcrowd resume once", stopped.Output, StringComparison.Ordinal);
        var record = _runs.Record("once");
        Assert.Equal("interrupted", (string)record["status"]!);
        Assert.Equal(_runs.Journal("once").Episodes.Count, (int)record["episodes_recorded"]!);

        using var process = FlcrowdProcess.StartOnTerminal(_runs.Path, [.. Sweep, "--out", "twice"]);
        var end = FlcrowdProcess.EndAsync(process);
        Assert.True(await process.StopAtAsync(InterruptedRuns.Patience, () => _runs.Journal("twice").Episodes.Count > 0));
        process.Send(Signals.Interrupt);
        Assert.True(await process.StopAtAsync(InterruptedRuns.Patience, () => !process.HasPending(Signals.Interrupt)));
        process.Send(Signals.Interrupt);
        var ended = await end;
        Assert.Equal((130, ""), (ended.ExitCode, ended.Error));
        Assert.Equal("running", (string)_runs.Record("twice")["status"]!);

        await _runs.CompleteAsync([.. Sweep, "--out", "whole"]);
        foreach (var run in (string[])["once", "twice"])
        {
            await _runs.CompleteAsync("resume", run);
            _runs.AssertSameTables("whole", run);
        }
    }
}
