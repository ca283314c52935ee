using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Runs;

namespace FLCrowd.Host.Tests.OtherTools;

/// <summary>
/// Two small runs that all tests of other tools read: runs/pay, a sweep that was exported to a collector while it was played, and
/// runs/regret.
/// </summary>
public sealed class RecordedRuns : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Collector _collector = new();

    /// <summary>The folder that holds "runs".</summary>
    internal string Folder => _folder.Path;

    /// <summary>The sweep's folder.</summary>
    internal string Mine => _folder.In("runs/pay");

    /// <summary>The regret experiment's folder.</summary>
    internal string Regret => _folder.In("runs/regret");

    /// <summary>What the sweep's metrics went to.</summary>
    internal Collector Collector => _collector;

    /// <summary>What the sweep said of itself while it was played.</summary>
    internal KeptObserver Observer { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.In("pay.conf"), """
            flcrowd {
              data { set = digits, clients = 5, samples-per-client = 40 }
              learning { rounds = 4, step-size = 0.5 }
              game { assignment = 10 }
              clients = [{ strategy = shirk-labeling, ids = [3, 4] }, { strategy = truthful, share = 1 }]
              execution { evaluate-every = 2, resend-after = 1m }
              experiment { kind = sweep, episodes = 2, seeds = 3, variants { flat { }, "by influence" { game.mechanism = influence } } }
            }
            """);
        await File.WriteAllTextAsync(_folder.In("regret.conf"), """
            flcrowd {
              data.clients = 3
              learning { model = quadratic, step-size = 0.1, rounds = 2 }
              game { assignment = 20, mechanism = lceme, lceme.surrogate = theorem1 }
              experiment {
                kind = regret, variants { flat { game.mechanism = flat }, lceme { } }
                regret { reports = none, efforts = [0, 1], batch-factors = [1], gammas = [1, 2], replicates = 4, max-replicates = 4 }
              }
            }
            """);
        await PlayAsync("pay", new RunRequest(_folder.In("pay.conf"))
        {
            Overrides = [$"telemetry.otlp-endpoint=\"{_collector.Address}\"", "telemetry.export-timeout=1m"],
        }, Observer);
        await PlayAsync("regret", new RunRequest(_folder.In("regret.conf")), new KeptObserver());
    }

    public ValueTask DisposeAsync()
    {
        _collector.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task PlayAsync(string name, RunRequest request, IRunObserver observer)
    {
        var outcome = await new Laboratory().RunAsync(
            request with { Out = _folder.In($"runs/{name}"), Threads = 2, Parquet = true, TensorBoard = true }, observer);
        Assert.Equal((RunStatus.Completed, null), (outcome.Record.Status, outcome.Record.Failure));
    }
}

/// <summary>Tests that share <see cref="RecordedRuns"/>.</summary>
[CollectionDefinition(nameof(ReadersOfRuns))]
public sealed class ReadersOfRuns : ICollectionFixture<RecordedRuns>;

/// <summary>Keeps what a run warns of.</summary>
internal sealed class KeptObserver : QuietObserver
{
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    public override void Warn(string warning) => _warnings.Add(warning);
}
