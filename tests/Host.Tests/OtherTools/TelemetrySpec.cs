using FLCrowd.Actors.Recording;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Tests.OtherTools;

/// <summary>Metrics reach a collector, say what the run says, and change nothing.</summary>
[Collection(nameof(ReadersOfRuns))]
public sealed class TelemetrySpec(RecordedRuns runs) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_collector_gets_the_sums_that_the_run_has()
    {
        var (collector, record) = (runs.Collector, RunDirectory.Open(runs.Mine).Read());
        Assert.DoesNotContain(runs.Observer.Warnings, warning => warning.Contains("collector", StringComparison.Ordinal));
        Assert.Equal(["POST /v1/metrics HTTP/1.1"], collector.Paths);
        Assert.Equal(5 * 4 * record.EpisodesRecorded, record.ClientUpdates);
        Assert.Equal(
            new Dictionary<string, (long, string)>
            {
                ["alone flcrowd.client.updates"] = (record.ClientUpdates, "{update}"),
                ["alone flcrowd.rounds flcrowd.round.replay=False"] = (4 * record.EpisodesRecorded, "{round}"),
                ["alone flcrowd.episodes"] = (record.EpisodesRecorded, "{episode}"),
                ["alone flcrowd.cohorts"] = (0, "{cohort}"),
            },
            collector.Sums.ToDictionary(sum => sum.Key, sum => (sum.Value.Value, sum.Value.Unit)));
        Assert.All(collector.Sums.Values, sum =>
        {
            Assert.True(sum.IsCumulative);
            Assert.Equal(
                ("flcrowd", "pay", record.Run, Path.GetFullPath(runs.Mine)),
                (sum.Resource["service.name"], sum.Resource["flcrowd.experiment"], sum.Resource["flcrowd.run.id"],
                    sum.Resource["flcrowd.run.folder"]));
            Assert.Contains("service.instance.id", sum.Resource.Keys);
        });
    }

    [Fact]
    public async Task Every_node_exports_what_it_does_itself()
    {
        using var collector = new Collector();
        Write(collector.Address, "1m");
        var program = await FlcrowdProcess.RunAsync(_folder.Path, "run", "test.conf", "--workers", "1", "--threads", "1", "--out", "out");
        Assert.True(program.ExitCode == 0, program.Error);
        Assert.DoesNotContain("collector", program.Output + program.Error, StringComparison.Ordinal);
        var record = RunDirectory.Open(_folder.In("out")).Read();
        Assert.True(record.ClientUpdates > 0);
        Assert.Equal(record.ClientUpdates, collector["worker flcrowd.client.updates"]);
        Assert.Equal(record.EpisodesRecorded, collector["server flcrowd.episodes"]);
        Assert.Equal(
            (0, 0), (collector["server flcrowd.client.updates"], collector["worker flcrowd.episodes"]));
        Assert.True(collector["server flcrowd.model.sent"] > 0 && collector["worker flcrowd.model.sent"] > 0);
        Assert.Equal(
            (record.Run, "test"),
            (collector.Sums["worker flcrowd.client.updates"].Resource["flcrowd.run.id"],
                collector.Sums["worker flcrowd.client.updates"].Resource["flcrowd.experiment"]));
    }

    /// <summary>The tables are those of a run without metrics.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_collector_that_refuses_or_never_answers_costs_a_warning(bool isThere)
    {
        using var collector = new Collector(answers: false);
        if (!isThere)
        {
            collector.Dispose();
        }

        var (record, warnings) = await PlayAsync(collector.Address, "50ms");
        Assert.Equal(
            [$"the collector of metrics at {collector.Address}/v1/metrics did not take the last ones (telemetry.otlp-endpoint)"],
            warnings);
        Assert.Equal(isThere, collector.Visitors > 0);
        Assert.Equal((RunStatus.Completed, null), (record.Status, record.Failure));
        var tables = Tables();
        await PlayAsync("off", "auto");
        Assert.Equal(tables, Tables());
    }

    [Fact]
    public async Task A_setting_that_makes_no_sense_is_named_before_anything_is_written()
    {
        var wrong = await Assert.ThrowsAsync<SettingException>(() => PlayAsync("localhost:4318", "auto"));
        Assert.Equal(
            "telemetry.otlp-endpoint: is \"localhost:4318\"; must be a collector's address such as \"http://localhost:4318\", auto or off",
            wrong.Message);
        Assert.False(Directory.Exists(_folder.In("out")));
    }

    private List<(string File, string Text)> Tables() => [.. GameTables.All
        .Select(table => _folder.In($"out/{table.File}")).Where(File.Exists).Select(file => (file, File.ReadAllText(file)))];

    private string Write(string endpoint, string timeout)
    {
        File.WriteAllText(_folder.In("test.conf"), $$"""
            flcrowd {
              data.clients = 3
              learning { model = quadratic, step-size = 0.1, rounds = 2 }
              game.assignment = 20
              telemetry { otlp-endpoint = "{{endpoint}}", export-interval = 10ms, export-timeout = {{timeout}} }
            }
            """);
        return _folder.In("test.conf");
    }

    private async Task<(RunRecord Record, IReadOnlyList<string> Warnings)> PlayAsync(string endpoint, string timeout)
    {
        var observer = new KeptObserver();
        var outcome = await new Laboratory().RunAsync(
            new RunRequest(Write(endpoint, timeout)) { Out = _folder.In("out"), Threads = 1, Overwrite = true }, observer,
            TestContext.Current.CancellationToken);
        return (outcome.Record, observer.Warnings);
    }
}
