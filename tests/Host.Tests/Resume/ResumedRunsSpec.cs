namespace FLCrowd.Host.Tests.Resume;

/// <summary>Sweeps, adaptive stages and collections that were interrupted.</summary>
public sealed class ResumedRunsSpec : IDisposable
{
    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_sweep_that_was_interrupted_twice_plays_no_finished_episode_again()
    {
        await File.WriteAllTextAsync(_runs.In("sweep.conf"), """
            flcrowd {
              learning { model = quadratic, step-size = 0.1, rounds = 150 }
              game { assignment = 60 }
              experiment { kind = sweep, seeds = 40 }
              execution { threads = 2 }
            }
            """, TestContext.Current.CancellationToken);
        string[] sweep = ["run", "sweep.conf"];
        await _runs.CompleteAsync([.. sweep, "--out", "whole"]);

        var journal = _runs.Journal("broken");
        var stopped = await _runs.InterruptAsync(Signals.Terminate, () => journal.Episodes.Count > 0, [.. sweep, "--out", "broken"]);
        var first = journal.Episodes;
        Assert.Equal("interrupted", (string)_runs.Record("broken")["status"]!);
        Assert.Contains("flcrowd resume broken", stopped.Output, StringComparison.Ordinal);
        await _runs.KillAsync(() => journal.Episodes.Count > first.Count, "resume", "broken");
        var second = journal.Episodes;
        Assert.InRange(second.Count, first.Count + 1, 40);
        Assert.Equal(first, second.Take(first.Count));
        Assert.Equal(second, second.Distinct());

        await _runs.CompleteAsync("resume", "broken", "--threads", "1");
        Assert.Equal((40 - second.Count) * 150 * 10, _runs.Updates("broken"));
        _runs.AssertSameTables("whole", "broken");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stages_are_decided_again_from_what_is_recorded(int deals)
    {
        const string Regret = "clients = [3], batch-factors = [0.02, 1], gammas = [0, 1], replicates = 8, max-replicates = 16";
        await File.WriteAllTextAsync(_runs.In("regret.conf"), $$"""
            flcrowd {
              learning { model = quadratic, step-size = 0.1, rounds = 20 }
              game { assignment = 60, mechanism = lceme, lceme { surrogate = pilot } }
              experiment { kind = regret, seeds = {{deals}}, regret { reports = none, {{Regret}} } }
            }
            """, TestContext.Current.CancellationToken);
        await _runs.CompleteAsync("run", "regret.conf", "--out", "whole");
        int all = File.ReadLines(_runs.In("whole/episodes.csv")).Count() - 1;

        // In the second stage; in the first one all eight replicates of the profile and of eight deviations are played.
        int firstStage = deals * 8 * 9;
        var journal = _runs.Journal("broken");
        await _runs.KillAsync(() => journal.Episodes.Count > firstStage, "run", "regret.conf", "--out", "broken");
        int recorded = journal.Episodes.Count;
        await _runs.CompleteAsync("resume", "broken");
        _runs.AssertSameTables("whole", "broken");
        Assert.Equal((all - recorded) * 20 * 10, _runs.Updates("broken"));
        Assert.Equal(all, (int)_runs.Record("broken")["episodes_recorded"]!);
    }

    [Fact]
    public async Task A_collection_goes_on_with_the_part_that_it_was_at()
    {
        await File.WriteAllTextAsync(
            _runs.In("both.conf"), "flcrowd { experiment { kind = collection, experiments = [quadratic, effort] } }",
            TestContext.Current.CancellationToken);
        string[] run =
        [
            "run", "both.conf", "--set", "data.samples-per-client=60", "--set", "learning.rounds=600", "--set", "experiment.seeds=1",
            "--set", "learning.model=quadratic", "--set", "learning.step-size=0.1",
        ];
        await _runs.CompleteAsync([.. run, "--out", "whole"]);
        await _runs.KillAsync(() => _runs.Journal("broken/effort").Episodes.Count >= 1, [.. run, "--out", "broken"]);
        var done = File.GetLastWriteTimeUtc(_runs.In("broken/quadratic/episodes.csv"));
        await _runs.CompleteAsync("resume", "broken");
        Assert.Equal(done, File.GetLastWriteTimeUtc(_runs.In("broken/quadratic/episodes.csv")));
        Assert.All((string[])["quadratic", "effort"], part => _runs.AssertSameTables($"whole/{part}", $"broken/{part}"));
        Assert.Equal(File.ReadAllText(_runs.In("whole/claims.csv")), File.ReadAllText(_runs.In("broken/claims.csv")));
    }
}
