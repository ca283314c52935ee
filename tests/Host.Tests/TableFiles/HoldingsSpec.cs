using System.Globalization;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Runs;

namespace FLCrowd.Host.Tests.TableFiles;

/// <summary>Who holds what, where it is asked for.</summary>
public sealed class HoldingsSpec : IDisposable
{
    private const string Experiment = """
        flcrowd {
          data { clients = 3, samples-per-client = [10, 40, 50], partition = shards, shards { classes-per-client = 1 } }
          learning { rounds = 1, weights = samples }
          experiment { kind = sweep, grid { "learning.step-size" = [0.1, 0.2] }, HOLDINGS }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_table_and_plots_say_it()
    {
        var folder = await PlayAsync("holdings = on");
        var rows = File.ReadAllLines(Path.Combine(folder, "holdings.csv")).Select(line => line.Split(',')).ToList();
        Assert.Equal(["game", "client", "weight", "samples", "class", "held"], rows[0]);

        // Both games hold the same: they are there once.
        Assert.Equal(30, rows.Count - 1);
        Assert.All(rows.Skip(1), row => Assert.Equal("0", row[0]));
        Assert.Equal(
            [("0.1", "10", 10), ("0.4", "40", 40), ("0.5", "50", 50)],
            rows.Skip(1).GroupBy(row => row[1]).Select(client => (
                client.First()[2], client.First()[3], client.Sum(row => int.Parse(row[5], CultureInfo.InvariantCulture)))));

        var findings = Reported.Findings(folder);
        Assert.Equal(3, Assert.Single(findings.Tables, table => table.Title == "Who holds what").Rows.Count);
        Assert.Equal(["holdings", "holdings-sizes"], findings.Plots.TakeLast(2).Select(plot => plot.Name));
    }

    [Fact]
    public async Task Nobody_else_has_it()
    {
        var folder = await PlayAsync("seeds = 1");
        Assert.False(File.Exists(Path.Combine(folder, "holdings.csv")));
        Assert.DoesNotContain(Reported.Findings(folder).Items.OfType<FindingTable>(), table => table.Title == "Who holds what");
    }

    private async Task<string> PlayAsync(string setting)
    {
        var (file, folder) = (_folder.In("test.conf"), _folder.In("out"));
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(file, Experiment.Replace("HOLDINGS", setting, StringComparison.Ordinal), cancel);
        var outcome = await new Laboratory().RunAsync(
            new RunRequest(file) { Out = folder, Threads = 1, Overwrite = true }, new QuietObserver(), cancel);
        Assert.Equal((RunStatus.Completed, null), (outcome.Record.Status, outcome.Record.Failure));
        return folder;
    }
}
