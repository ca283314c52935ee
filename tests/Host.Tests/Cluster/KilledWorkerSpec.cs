namespace FLCrowd.Host.Tests.Cluster;

/// <summary>
/// Two workers of which one is killed: wherever the run is, and whether or not it is started again, its files are those of one process.
/// </summary>
public class KilledWorkerSpec(KilledWorkerSpec.OneProcess alone) : IClassFixture<KilledWorkerSpec.OneProcess>
{
    [Theory]
    [InlineData(OneProcess.Loading, "before it has joined", true)]
    [InlineData(OneProcess.Loading, "while cohorts are placed", false)]
    [InlineData(OneProcess.Rounds, "while it pays", false)]
    [InlineData(OneProcess.Rounds, "between episodes", true)]
    public async Task No_number_changes(string experiment, string moment, bool startsAgain)
    {
        using var folder = new TemporaryFolder();
        string file = alone.In(startsAgain ? "quick.conf" : "once.conf");
        using var run = FlcrowdProcess.Start(
            folder.Path, "run", alone.In(experiment), "--workers", "2", "--cluster", file, "--out", "robbed");
        if (moment == "before it has joined")
        {
            await Observe.UntilAsync(() => run.Children().Count == 2);
        }
        else
        {
            await run.LineWithAsync("on 3 nodes");
        }

        var workers = run.Children();
        Assert.Equal(2, workers.Count);
        var victim = workers[startsAgain ? 0 : 1];
        switch (moment)
        {
            case "while cohorts are placed":
                await Observe.UntilAsync(
                    () => File.ReadAllText($"/proc/{victim.Id}/maps").Contains("torch", StringComparison.OrdinalIgnoreCase));
                break;
            case "while it pays":
                await run.LineWithAsync(" 4 of 8 rounds");
                break;
            case "between episodes":
                await Observe.UntilAsync(
                    () => File.Exists(folder.In("robbed/episodes.csv")) && File.ReadAllLines(folder.In("robbed/episodes.csv")).Length > 1);
                break;
        }

        victim.Kill();
        Assert.False(run.HasExited);
        var ended = await FlcrowdProcess.EndAsync(run);
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Matches(
            startsAgain
                ? @"flcrowd: worker [12] ended with exit code 137; it starts again \(1 of 3\)"
                : @"flcrowd: worker [12] ended with exit code 137; it does not start again \(cluster.restarts = 0\)",
            ended.Error);
        Assert.All(OneProcess.Tables, table => Assert.Equal(
            File.ReadAllBytes(alone.In($"{experiment}.alone/{table}")), File.ReadAllBytes(folder.In($"robbed/{table}"))));
    }

    [Fact]
    public async Task A_run_whose_worker_dies_too_often_before_it_begins_says_so()
    {
        using var folder = new TemporaryFolder();
        using var run = FlcrowdProcess.Start(
            folder.Path, "run", alone.In(OneProcess.Loading), "--workers", "1", "--cluster", alone.In("once.conf"), "--out", "robbed");
        await Observe.UntilAsync(() => run.Children().Count == 1);
        run.Children()[0].Kill();
        var ended = await FlcrowdProcess.EndAsync(run);
        Assert.Equal(3, ended.ExitCode);
        Assert.Contains("a worker that the run was to begin with has ended for good", ended.Error);
        Assert.Single(
            ended.Error.Split('\n'),
            line => line.StartsWith("flcrowd: worker 1 ended with exit code 137; it does not start again", StringComparison.Ordinal));
    }

    /// <summary>The experiments, and their runs without workers.</summary>
    public sealed class OneProcess : IAsyncLifetime
    {
        /// <summary>Its data take a while to load.</summary>
        public const string Loading = "loading.conf";

        /// <summary>Its rounds take a while.</summary>
        public const string Rounds = "rounds.conf";

        internal static readonly string[] Tables = ["episodes.csv", "rounds.csv", "clients.csv"];

        private const string Crowd = """
            clients = [
              { strategy = mixed, strategies = [{ strategy = truthful }, { strategy = free-rider }], count = 3 }
              { strategy = shirk-labeling, count = 2 }
              { strategy = truthful, share = 1 }
            ]
            execution { evaluate-every = 1, cohort-size = 2, resend-after = 1s }
            """;

        private readonly TemporaryFolder _folder = new();

        public async ValueTask InitializeAsync()
        {
            File.WriteAllText(_folder.In(Loading), $"flcrowd {{ learning {{ rounds = 2, step-size = 0.7 }}\n{Crowd} }}");
            File.WriteAllText(_folder.In(Rounds), $$"""
                flcrowd {
                  learning { model = quadratic, quadratic { dimension = 10000 }, step-size = 0.1, rounds = 4, local-steps = 100 }
                  experiment { episodes = 2 }
                  {{Crowd}}
                }
                """);

            // A dead worker is found sooner than by default.
            const string Quick = """
                flcrowd.cluster.akka.cluster {
                  failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 2s }
                  split-brain-resolver.stable-after = 500ms
                }
                """;
            File.WriteAllText(_folder.In("quick.conf"), Quick);
            File.WriteAllText(_folder.In("once.conf"), $"{Quick}\nflcrowd.cluster.restarts = 0");
            foreach (var experiment in (string[])[Loading, Rounds])
            {
                var ended = await FlcrowdProcess.RunAsync(_folder.Path, "run", experiment, "--out", $"{experiment}.alone");
                Assert.True(ended.ExitCode == 0, ended.Error);
            }
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        internal string In(string name) => _folder.In(name);
    }
}
