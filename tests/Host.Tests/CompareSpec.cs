using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Runs;

namespace FLCrowd.Host.Tests;

/// <summary>Runs held against each other.</summary>
public sealed class CompareSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Settings_that_differ_are_named_and_games_of_the_same_seed_are_paired()
    {
        string one = await PlayAsync("one", "game.flat.amount = 30"), other = await PlayAsync(
            "other", "game.flat.amount = 31, experiment.seeds = [2, 3, 4, 5]");
        var findings = Laboratory.Compare([one, other]);
        Assert.Equal(["Settings that differ", $"{other} less {one}"], findings.Tables.Select(table => table.Title));
        Assert.Equal(
            [("experiment.seeds", "[1, 2, 3]", "[2, 3, 4, 5]"), ("game.flat.amount", "30", "31")],
            findings.Tables.First().Rows.Select(row => (Text(row[0]), Text(row[1]), Text(row[2]))));

        var differences = findings.Tables.Last();
        Assert.Equal(["variant", "what", one, other, "difference", "pairs", "differs"], differences.Columns.Select(column => column.Name));
        var paid = differences.Rows.Single(row => (Text(row[0]), Text(row[1])) == ("plain", "payoff of truthful"));
        Assert.Equal(1, ((IntervalCell)paid[4]).Value!.Value, 9);
        Assert.Equal((2.0, "yes"), (((NumberCell)paid[5]).Value, ((VerdictCell)paid[6]).Word));
        var loss = differences.Rows.Single(row => (Text(row[0]), Text(row[1])) == ("plain", "test loss"));
        Assert.Equal((0.0, "open"), (((IntervalCell)loss[4]).Value, ((VerdictCell)loss[6]).Word)); // the very same games

        // Free riders: what the tables say, by hand.
        var rent = differences.Rows.Single(row => (Text(row[0]), Text(row[1])) == ("3 riders", "total reward"));
        Assert.Equal((300.0, 310.0, 10.0), (((NumberCell)rent[2]).Value, ((NumberCell)rent[3]).Value, ((IntervalCell)rent[4]).Value));
    }

    [Fact]
    public async Task What_does_not_pair_is_said_not_to()
    {
        var one = await PlayAsync("one", "experiment.seeds = [1]");
        var apart = await PlayAsync("apart", "experiment.seeds = [8]");
        var row = Laboratory.Compare([one, apart]).Tables.Last().Rows[0];
        Assert.Equal((null, 0.0, "–"), (((NumberCell)row[4]).Value, ((NumberCell)row[5]).Value, ((VerdictCell)row[6]).Word));

        var swept = await PlayAsync("swept", "experiment { grid { \"learning.step-size\" = [0.1] } }");
        Assert.Equal(
            $"{swept} sweeps variant, learning.step-size, {one} variant: games are compared where both sweep the same.",
            Laboratory.Compare([one, swept]).Items.OfType<FindingNote>().Single().Text);
        Assert.Equal("DIR: is one run; must be at least two", Assert.Throws<SettingException>(() => Laboratory.Compare([one])).Message);
        Assert.Contains(
            "nowhere", Assert.Throws<SettingException>(() => Laboratory.Compare([one, _folder.In("nowhere")])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_shows_both_tables_and_says_them_to_programs()
    {
        var one = await PlayAsync("one", "learning.step-size = 0.1");
        await PlayAsync("other", "learning.step-size = 0.05");
        var shown = await FlcrowdProcess.RunAsync(_folder.Path, "compare", "one", "other");
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Contains("Settings that differ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("other less one", shown.Output, StringComparison.Ordinal);
        var json = await FlcrowdProcess.RunAsync(_folder.Path, "compare", "one", "other", "--json");
        Assert.Equal(2, System.Text.Json.Nodes.JsonNode.Parse(json.Output)!["tables"]!.AsArray().Count);
        Assert.NotEmpty(one);
    }

    private static string Text(FindingCell cell) => ((TextCell)cell).Words;

    private async Task<string> PlayAsync(string name, string settings)
    {
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(_folder.In($"{name}.conf"), $$"""
            flcrowd {
              learning { model = quadratic, step-size = 0.1, rounds = 3 }
              experiment { kind = sweep, seeds = [1, 2, 3], variants {
                plain {}, "3 riders" { clients = [{ strategy = free-rider, count = 3 }, { strategy = truthful, share = 1 }] } } }
              game { flat { amount = 30 } }
              {{settings}}
            }
            """, cancel);
        var outcome = await new Laboratory().RunAsync(
            new RunRequest(_folder.In($"{name}.conf")) { Out = _folder.In(name), Threads = 1 }, new QuietObserver(), cancel);
        Assert.Equal((RunStatus.Completed, null), (outcome.Record.Status, outcome.Record.Failure));
        return _folder.In(name);
    }
}
