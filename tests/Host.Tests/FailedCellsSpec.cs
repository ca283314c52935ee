using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Tests;

/// <summary>Sweeps of which some cells cannot be played, in their pilot or later.</summary>
public sealed class FailedCellsSpec : IDisposable
{
    /// <summary>A pilot too small to settle anything, a step size that does not train, and one that no pilot tries.</summary>
    private const string Sweep = """
        flcrowd {
          data.clients = 2
          learning { model = quadratic, step-size = 0.1, rounds = 40 }
          game { mechanism = lceme, assignment = 60, lceme.surrogate-options { seeds = 4, force = true } }
          experiment { kind = sweep, seeds = 2, axes { kind {
            plain {}
            strict { learning.rounds = 2, game.lceme.surrogate-options.force = false }
            fast { learning.step-size = 50 }
            unpaid { game.mechanism = flat, learning.step-size = 50 }
            late { game.assignment = 61 } } } }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_others_are_played_and_the_end_says_which_were_not_and_why()
    {
        await WriteAsync("sweep.conf", Sweep);
        var run = await FlcrowdProcess.RunAsync(_folder.Path, "run", "sweep.conf", "--out", "out");
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith(
            "flcrowd: the run failed: 6 of 10 games failed, first game 2 (seed 1, kind = strict): ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("flcrowd resume", run.Error, StringComparison.Ordinal);
        Assert.Contains("Games that failed", run.Output, StringComparison.Ordinal);

        var record = RunDirectory.Open(_folder.In("out")).Read();
        Assert.Equal((RunStatus.Failed, 4), (record.Status, record.EpisodesRecorded));
        Assert.Equal(
            [(2, "strict"), (3, "strict"), (4, "fast"), (5, "fast"), (6, "unpaid"), (7, "unpaid")],
            record.FailedGames.Select(failed => (failed.Game, failed.Swept[0])));
        Assert.All(record.FailedGames.Skip(2), failed => Assert.Contains("diverged", failed.Reason, StringComparison.Ordinal));
        Assert.Contains("the pilot failed", record.FailedGames[2].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("pilot", record.FailedGames[4].Reason, StringComparison.Ordinal);
        Assert.Contains("Games that failed", await ReadAsync("out/report.html"), StringComparison.Ordinal);

        // Rows have their numbers, and the bytes of a run in which all can be played.
        await WriteAsync(
            "whole.conf",
            Sweep.Replace("force = false", "force = true", StringComparison.Ordinal).Replace("50", "0.2", StringComparison.Ordinal));
        Assert.Equal(0, (await FlcrowdProcess.RunAsync(_folder.Path, "run", "whole.conf", "--out", "whole")).ExitCode);
        foreach (var table in (string[])["episodes.csv", "rounds.csv", "clients.csv"])
        {
            var rows = (await ReadAsync($"whole/{table}")).Split('\n')
                .Where(row => row.Split(',')[0] is not ("2" or "3" or "4" or "5" or "6" or "7"));
            Assert.Equal(string.Join('\n', rows), await ReadAsync($"out/{table}"));
        }

        // Nothing of it is played again, or lost.
        var tables = await ReadAsync("out/clients.csv");
        var again = await FlcrowdProcess.RunAsync(_folder.Path, "resume", "out");
        Assert.Equal((3, run.Error), (again.ExitCode, again.Error));
        var resumed = RunDirectory.Open(_folder.In("out")).Read();
        Assert.Equal((record.FailedGames.Count, 0), (resumed.FailedGames.Count, resumed.ClientUpdates));
        Assert.Equal(tables, await ReadAsync("out/clients.csv"));
    }

    [Theory]
    [InlineData("sweep, seeds = 2", "strict { learning.rounds = 2, game.lceme.surrogate-options.force = false }",
        2, "game.lceme.surrogate-options: ")]
    [InlineData("regret", "plain {}, strict { learning.rounds = 2, game.lceme.surrogate-options.force = false }",
        2, "game.lceme.surrogate-options: ")]
    [InlineData("regret", "plain {}, fast { learning.step-size = 50 }", 3, "game 1 (seed 1, kind = fast")]
    public async Task Where_all_are_needed_or_none_is_left_the_first_one_is_named(string kind, string cells, int exit, string begins)
    {
        await WriteAsync("bad.conf", $$"""
            flcrowd {
              data.clients = 2
              learning { model = quadratic, step-size = 0.1, rounds = 40 }
              game { mechanism = lceme, assignment = 60, lceme.surrogate-options { seeds = 4, force = true } }
              experiment { kind = {{kind}}, axes { kind { {{cells}} } } }
            }
            """);
        var run = await FlcrowdProcess.RunAsync(
            _folder.Path, "run", "bad.conf", "--out", "out", "--set", "experiment.axes.pace={ usual {} }");
        Assert.Equal(exit, run.ExitCode);
        Assert.StartsWith($"flcrowd: {begins}", run.Error, StringComparison.Ordinal);
        Assert.Contains(", pace = usual", run.Error, StringComparison.Ordinal);

        // A pilot that diverges is no bad input: a smaller step size elsewhere would not be this run.
        Assert.Equal(exit == 3, Directory.Exists(_folder.In("out")));
    }

    private Task WriteAsync(string file, string text) =>
        File.WriteAllTextAsync(_folder.In(file), text, TestContext.Current.CancellationToken);

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(_folder.In(file), TestContext.Current.CancellationToken);
}
