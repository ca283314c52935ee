using System.Text.Json.Nodes;
using FLCrowd.Host.Tests.Resume;

namespace FLCrowd.Host.Tests.Population;

/// <summary>Populations as users play them: configuration, program, resume, report.</summary>
public sealed class PopulationProgramSpec : IDisposable
{
    private const string Pay = """
        flcrowd {
          data.clients = 5
          learning { model = quadratic, step-size = 0.1, rounds = 40 }
          game { assignment = 60 }
          experiment {
            kind = population
            seeds = 4
            variants { "flat" {}, "by the loss" { game { mechanism = lceme, lceme { surrogate = theorem1 } } } }
            population.strategies { truthful { strategy = truthful }, shirk { strategy = shirk-labeling } }
          }
        }
        """;

    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Under_flat_pay_all_shirk_in_files_that_a_resumed_run_writes_alike()
    {
        await File.WriteAllTextAsync(_runs.In("pay.conf"), Pay, TestContext.Current.CancellationToken);
        var whole = (JsonObject)JsonNode.Parse((await _runs.CompleteAsync("run", "pay.conf", "--out", "whole", "--json")).Output)!;
        var flat = whole["population"]![0]!;
        Assert.Equal("flat", (string)flat["swept"]!["variant"]!);
        var profiles = flat["profiles"]!.AsArray();
        Assert.Equal(6, profiles.Count);
        Assert.Equal(["above", "above", "above", "above", "above", "below"], profiles.Select(profile => (string)profile!["verdict"]!));
        Assert.All(profiles.SkipLast(1), profile => Assert.Equal(
            ("truthful", "shirk", 20.0),
            ((string)profile!["from"]!, (string)profile["to"]!, Math.Round((double)profile["gain"]!, 9))));
        Assert.Equal(1, (double)flat["rest_points"]![1]!["basin"]!);
        Assert.InRange((double)flat["evolution"]![2]!["alpha_rank"]![1]!, 0.999999, 1);
        Assert.Contains(
            "NFG 1 R \"FLCrowd, by the loss\"",
            await File.ReadAllTextAsync(_runs.In("whole/game-2.nfg"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        var journal = _runs.Journal("broken");
        await _runs.KillAsync(() => journal.Episodes.Count > 0, "run", "pay.conf", "--out", "broken");
        int recorded = journal.Episodes.Count;
        await _runs.CompleteAsync("resume", "broken", "--threads", "1");
        Assert.Equal((48 - recorded) * 40 * 5, _runs.Updates("broken"));
        _runs.AssertSameTables("whole", "broken");
        foreach (var table in (string[])[
            "expected.csv", "payoffs.csv", "switches.csv", "rest-points.csv", "replicator.csv", "moran.csv", "alpharank.csv",
            "game-1.nfg", "plots/payoffs-2.svg"])
        {
            Assert.Equal(
                await File.ReadAllTextAsync(_runs.In($"whole/{table}"), TestContext.Current.CancellationToken),
                await File.ReadAllTextAsync(_runs.In($"broken/{table}"), TestContext.Current.CancellationToken));
        }

        Assert.Contains(
            "Profiles that no client alone would leave",
            await File.ReadAllTextAsync(_runs.In("broken/report.html"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payoffs_in_closed_form_stand_beside_what_was_drawn()
    {
        await File.WriteAllTextAsync(_runs.In("pay.conf"), Pay, TestContext.Current.CancellationToken);
        var result = await _runs.CompleteAsync(
            "run", "pay.conf", "--out", "exact", "--json", "--set", "experiment.seeds=1", "--set", "experiment.draws=12");
        var cells = JsonNode.Parse(result.Output)!["population"]!.AsArray();
        foreach (var profile in cells.SelectMany(cell => cell!["profiles"]!.AsArray()))
        {
            for (int strategy = 0; strategy < 2; strategy++)
            {
                var (drawn, exact) = (profile!["payoffs"]![strategy], profile["exact_payoffs"]![strategy]);
                Assert.Equal(drawn is null, exact is null);
                if (drawn is not null)
                {
                    double room = 1e-9 + 5 * (double)drawn["standard_error"]!;
                    Assert.InRange((double)exact!, (double)drawn["mean"]! - room, (double)drawn["mean"]! + room);
                }
            }
        }

        // Under flat pay nothing is left to chance; by the loss it is.
        Assert.Equal([0.0, 0.0], cells[0]!["profiles"]!.AsArray().Where(profile => profile!["payoffs"]![1] is not null).Take(2).Select(
            profile => Math.Round((double)profile!["payoffs"]![1]!["mean"]! - (double)profile["exact_payoffs"]![1]!, 9)));
        var paid = cells[1]!["profiles"]!.AsArray()[1]!;
        Assert.NotEqual((double)paid["payoffs"]![0]!["mean"]!, (double)paid["exact_payoffs"]![0]!);
        string report = await File.ReadAllTextAsync(_runs.In("exact/report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("exact gain", report, StringComparison.Ordinal);
        Assert.Contains("shirk, exact", report, StringComparison.Ordinal);
    }

    [Fact]
    public void One_strategy_is_no_population() => Assert.StartsWith(
        "experiment.population.strategies: must name at least two strategies",
        Assert.Throws<SettingException>(
            () => Configured.File(Pay.Replace(", shirk { strategy = shirk-labeling }", "", StringComparison.Ordinal), null)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("experiment.population.strategies.shirk=3", "experiment.population.strategies.shirk: must be a block { strategy = ... }")]
    [InlineData("experiment.population.strategies.other={ gamma = 2 }", "experiment.population.strategies.other.strategy: is missing")]
    [InlineData("experiment.population.strategies.shirk={ strategy = shirk, x = 1 }",
        "experiment.population.strategies.shirk: unknown strategy 'shirk'")]
    [InlineData("experiment.population.strategies.truthful.weight=2", "experiment.population.strategies.truthful.weight: is unknown")]
    [InlineData("experiment.population.max-profiles=5",
        "experiment.population.max-profiles: is 5, but 5 clients divide into 2 strategies in 6 ways; name fewer")]
    [InlineData("data.clients=1", "data.clients: is 1; a population needs at least 2")]
    [InlineData("data.clients=600", "experiment.population.max-profiles: is 500, but 600 clients divide into 2 strategies in 601 ways")]
    [InlineData("experiment.population.starts=1", "experiment.population.starts: is 1; must be a whole number of at least 2")]
    [InlineData("experiment.population.intensities=[0]", "experiment.population.intensities: is [0]; must be a number of above 0")]
    [InlineData("experiment.population.population-size=4",
        "experiment.population.population-size: is 4; must be at least 5, the clients of one game, or auto")]
    [InlineData("experiment.population.cash=x", "experiment.population.cash: is unknown (did you mean 'cache'?)")]
    [InlineData("experiment.draws=2", "experiment.draws: and seeds are both above 1; a population repeats its games by one of them")]
    [InlineData("experiment.figure=fig2", "experiment.kind: is population; figure needs kind = sweep")]
    [InlineData("clients=[{ strategy = free-rider, share = 1 }]",
        "clients: is set, but in a population strategies come from experiment.population.strategies")]
    [InlineData("experiment.grid={ \"data.clients\" = [4, 5] }", "data.clients: is 4 and 5 in cells of one population")]
    public void A_wrong_setting_says_where_it_is_and_what_would_be_right(string setting, string message) =>
        Assert.StartsWith(
            message, Assert.Throws<SettingException>(() => Configured.File(Pay, null, setting)).Message, StringComparison.Ordinal);
}
