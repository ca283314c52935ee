using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using FLCrowd.Experiments.Dynamics;
using FLCrowd.Host.Tests.Resume;

namespace FLCrowd.Host.Tests.Dynamics;

/// <summary>What the program tells whoever starts it for the first time: clients on MNIST that learn what pays.</summary>
public sealed class QuickstartSpec : IDisposable
{
    private const string Pilot = "experiment.variants.\"lceme, pilot\".game.lceme.surrogate-options";
    private const string Protocol = "experiment.variants.\"the same, protocol\".game.lceme.surrogate-options";

    private static readonly string[] Tables = ["episodes.csv", "rounds.csv", "clients.csv", "dynamics.csv", "regret.csv", "terms.csv"];

    /// <summary>The quickstart with few and short episodes.</summary>
    private static readonly string[] Short =
    [
        "run", "quickstart", "--set", "learning.rounds=4", "--set", "experiment.episodes=6", "--set", "experiment.revision.turn=1",
        "--set", "experiment.dynamics.settled=2", "--set", "experiment.regret.replicates=4", "--set", "experiment.regret.max-replicates=4",
        "--set", $"{Pilot}={{ seeds = 4, force = true }}", "--set", $"{Protocol}={{ seeds = 4, force = true }}",
    ];

    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Under_flat_pay_all_learn_to_ride_free_and_the_model_knows_nothing()
    {
        await File.WriteAllTextAsync(_runs.In("flat.conf"), """
            flcrowd {
              learning { rounds = 10 }
              game { assignment = 20 }
              clients = [{ strategy = best-response, belief = experience, share = 1 }]
              experiment {
                kind = dynamics
                episodes = 100
                revision { order = round-robin, turn = 8 }
                dynamics.settled = 10
                regret { reports = none, clients = [0, 9], batch-factors = [0.05, 1], gammas = [0, 1], replicates = 4, max-replicates = 4 }
              }
              execution { evaluate-every = 0 }
            }
            """, TestContext.Current.CancellationToken);
        var run = await _runs.CompleteAsync("run", "flat.conf", "--out", "two", "--threads", "2", "--json");
        var end = JsonNode.Parse(run.Output)!["dynamics"]![0]!;
        Assert.Equal("10 x (0, 1, 0)", (string)end["reached"]!);
        Assert.Equal(0, (double)end["epsilon"]!, 9);
        Assert.InRange((double)end["accuracy"]!["mean"]!, 0.05, 0.15);
        Assert.InRange((double)end["accuracy_as_asked"]!["mean"]!, 0.7, 1);
        Assert.True(RevisionTable.Read(_runs.In("two"), [])[0].Accuracy > 0.7);

        await _runs.CompleteAsync("run", "flat.conf", "--out", "one", "--threads", "1");
        AssertSameTables("one", "two");
    }

    /// <summary>The settings of the quickstart, on data that nothing was tuned on, and the two clients with most reason to deviate of ten
    /// (docs/equilibrium.md).</summary>
    [Fact]
    public async Task Over_the_pilot_all_go_on_as_asked_and_lose_for_certain_by_not_labeling_or_riding_free()
    {
        const string Regret =
            "clients = [0, 4], efforts = [0, 1], batch-factors = [1], gammas = [0, 1, 1.2], replicates = 20, max-replicates = 160";
        await File.WriteAllTextAsync(_runs.In("pilot.conf"), $$"""
            flcrowd {
              seed = 4
              learning { rounds = 50, step-size = 0.8 }
              game { assignment = 100, mechanism = lceme, lceme { surrogate = pilot, surrogate-options.batch-factors = [0.1, 0.25] } }
              clients = [{ strategy = best-response, belief = experience, share = 1 }]
              experiment {
                kind = dynamics
                episodes = 100
                revision { order = round-robin, turn = 10 }
                dynamics.settled = 10
                regret { reports = none, {{Regret}} }
              }
              execution { evaluate-every = 0 }
            }
            """, TestContext.Current.CancellationToken);
        var run = await _runs.CompleteAsync("run", "pilot.conf", "--out", "pilot", "--json");
        var end = JsonNode.Parse(run.Output)!["dynamics"]![0]!;
        Assert.Equal("10 x (1, 100, 1)", (string)end["reached"]!);
        double accuracy = (double)end["accuracy"]!["mean"]!;
        Assert.InRange(accuracy, 0.85, 1);
        Assert.InRange(accuracy - (double)end["accuracy_as_asked"]!["mean"]!, -0.01, 0.01);

        // Half of what doing as asked costs. What is left to gain is by a longer report: the step size suits this data not quite.
        Assert.InRange((double)end["epsilon_limits"]!["high"]!, 0, 12.5);
        using var table = new CsvReader(new StreamReader(_runs.In("pilot/regret.csv")), CultureInfo.InvariantCulture);
        var withheld = table.GetRecords(new { client = 0, effort = 0.0, gamma = 0.0, regret_limit = 0.0 })
            .Where(gain => gain.effort == 0 || gain.gamma == 0).ToList();
        Assert.Equal(8, withheld.Count);
        Assert.All(withheld, gain => Assert.True(gain.regret_limit < 0, $"{gain}"));
    }

    [Fact]
    public async Task It_compares_mechanisms_and_a_protocol_in_one_table_and_one_plot()
    {
        var run = await _runs.CompleteAsync([.. Short, "--out", "whole", "--json"]);
        var ends = JsonNode.Parse(run.Output)!["dynamics"]!.AsArray();
        Assert.Equal(
            ["flat", "lceme, printed bound", "lceme, pilot", "the same, protocol"],
            ends.Select(end => (string)end!["swept"]!["variant"]!));

        // What is asked is the same under all of them, and so are the draws: pay changes no model, but the protocol does.
        Assert.Single(ends.SkipLast(1).Select(end => (double)end!["accuracy_as_asked"]!["mean"]!).Distinct());
        Assert.Single(run.Error.Split('\n'), line => line.Contains("Where the clients ended", StringComparison.Ordinal));
        Assert.Equal(4, run.Error.Split('\n').Count(line => line.StartsWith("  flat ", StringComparison.Ordinal)
            || line.StartsWith("  lceme, ", StringComparison.Ordinal) || line.StartsWith("  the same, ", StringComparison.Ordinal)));
        Assert.True(new FileInfo(_runs.In("whole/plots/dynamics.png")).Length > 5000);
        Assert.Contains("<img alt=\"dynamics\"", File.ReadAllText(_runs.In("whole/report.html")), StringComparison.Ordinal);

        // Killed while clients learn.
        await _runs.KillAsync(() => _runs.Journal("broken").Episodes.Count >= 4, [.. Short, "--out", "broken"]);
        await _runs.CompleteAsync("resume", "broken", "--threads", "1");
        AssertSameTables("whole", "broken");
    }

    private void AssertSameTables(string expected, string actual) => Assert.All(
        Tables.Where(table => File.Exists(_runs.In($"{expected}/{table}"))),
        table => Assert.Equal(File.ReadAllText(_runs.In($"{expected}/{table}")), File.ReadAllText(_runs.In($"{actual}/{table}"))));
}
