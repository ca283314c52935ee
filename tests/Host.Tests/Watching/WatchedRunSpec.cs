using System.Globalization;
using System.Text.RegularExpressions;
using FLCrowd.Host.Tests.Cluster;
using FLCrowd.Host.Tests.Resume;

namespace FLCrowd.Host.Tests.Watching;

/// <summary>The program with <c>--watch</c> on three nodes, killed and gone on with, and a browser that looks on.</summary>
public sealed partial class WatchedRunSpec(Chromium chromium) : IDisposable
{
    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Three_nodes_are_seen_and_a_run_that_was_killed_and_resumed_is_seen_to_its_end()
    {
        string[] settings =
        [
            "quadratic", "--set", "learning.rounds=150", "--set", "experiment.seeds=1", "--set", "experiment.episodes=12",
            "--set", "execution.cohort-size=5", "--threads", "1",
        ];
        await using var page = await chromium.OpenAsync();
        using (var run = new RunningProcess(FlcrowdProcess.Start(
            _runs.Path, ["run", .. settings, "--workers", "2", "--watch", "--json", "--out", "watched"])))
        {
            await page.Page.GotoAsync(await AddressAsync(run));
            await page.UntilAsync("() => document.querySelectorAll('#nodes tbody tr').length === 2");
            await page.UntilAsync("() => document.getElementById('progress').innerText.includes('3 nodes')");
            await page.UntilAsync("() => document.getElementById('cells').shown && document.querySelector('#sequence g.message')");
        }

        await page.UntilAsync("() => document.getElementById('progress').innerText.includes('no connection')");
        using var resumed = new RunningProcess(FlcrowdProcess.Start(_runs.Path, "resume", "watched", "--watch", "--json"));
        await page.Page.GotoAsync(await AddressAsync(resumed));
        await page.UntilAsync("() => document.getElementById('cells').shown");
        Assert.Equal(0, (await resumed.Ended).ExitCode);

        // What is over is seen by `flcrowd watch`.
        using var watch = new RunningProcess(FlcrowdProcess.Start(_runs.Path, "watch", "watched"));
        await Observe.UntilAsync(() => watch.Output.Contains("http", StringComparison.Ordinal));
        await page.Page.GotoAsync(Address().Match(watch.Output).Value);
        var episodes = File.ReadAllLines(_runs.In("watched/episodes.csv"));
        await page.UntilAsync($"() => document.getElementById('charts').shown === {episodes.Length - 2}");
        var last = episodes[^1].Split(',');
        Assert.Equal(
            double.Parse(last[4], CultureInfo.InvariantCulture), (await page.EndsAsync("final test loss by episode"))["test_loss"]);
        watch.Process.Send(Signals.Terminate);
        Assert.Equal(0, (await watch.Ended).ExitCode);
        await _runs.CompleteAsync(["run", .. settings, "--out", "alone"]);
        _runs.AssertSameTables("alone", "watched");
    }

    private static async Task<string> AddressAsync(RunningProcess run)
    {
        await run.SaysAsync("watch it at ");
        return Address().Match(run.Error).Value;
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Address();
}
