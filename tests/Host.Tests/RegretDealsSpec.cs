using System.Globalization;
using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Host.Tests;

/// <summary>Regret on several deals of data in one run.</summary>
public sealed class RegretDealsSpec : IDisposable
{
    private const string Known = """
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = 20 }
          game { assignment = 60 }
          experiment {
            kind = regret
            variants {
              "flat" {}
              "paid by loss" { game { mechanism = lceme, lceme { surrogate = pilot } } }
            }
            regret { clients = [3, 5], efforts = [1], batch-factors = [0.02, 1], gammas = [0, 1], reports = none
              replicates = 4, max-replicates = 8
              coalitions = [{ name = pair, clients = [3, 5], gamma = 2 }] }
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_deal_is_what_a_run_of_its_seed_alone_says_and_their_means_stand_beside_them()
    {
        await RunAsync("all", "--set", "experiment.seeds=4", "--seed", "2");
        for (int seed = 2; seed <= 5; seed++)
        {
            await RunAsync($"{seed}", "--seed", $"{seed}");
            foreach (var table in (string[])["regret.csv", "coalitions.csv"])
            {
                var (columns, rows) = Table("all", table);
                int deal = Array.IndexOf(columns, "seed");
                var (own, alone) = Table($"{seed}", table);
                Assert.Equal([.. columns.Where((_, column) => column != deal)], own);
                Assert.Equal(
                    alone,
                    rows.Where(row => row[deal] == $"{seed}").Select(row => row.Where((_, column) => column != deal).ToArray()));
            }

            Assert.False(File.Exists(_folder.In($"{seed}/deals.csv")));
        }

        var regret = Table("all", "regret.csv");
        var deals = Table("all", "deals.csv");
        string[] key = ["client", "effort", "batch_factor", "gamma", "variant"];
        Assert.Equal(2 * 2 * 4, deals.Rows.Count);
        foreach (var row in deals.Rows)
        {
            double[] gains = [.. regret.Rows
                .Where(entry => key.All(column => Of(regret.Columns, entry, column) == Of(deals.Columns, row, column)))
                .Select(entry => Number(regret.Columns, entry, "gain"))];
            Assert.Equal(4, gains.Length);
            Assert.Equal(gains.Average(), Number(deals.Columns, row, "gain"), 12);
            var limits = MeanLimits.Of(gains, 0.025 / 8);
            Assert.Equal(limits.Low, Number(deals.Columns, row, "low"), 9);
            Assert.Equal(limits.High, Number(deals.Columns, row, "high"), 9);
        }

        var clients = Table("all", "deals-clients.csv");
        Assert.Equal(["3", "5", "worst", "3", "5", "worst"], clients.Rows.Select(row => row[0]));
        Assert.All(clients.Rows.Take(3), row => Assert.Equal(
            ("4", "1.18", "0", "below"),
            (Of(clients.Columns, row, "deals"), $"{Math.Round(Number(clients.Columns, row, "best_gain"), 9)}",
                Of(clients.Columns, row, "above"), Of(clients.Columns, row, "verdict"))));

        var found = Reported.Findings(_folder.In("all"));
        Assert.Equal(
            ["Across deals: would a client deviate?", "Would a client deviate? Regret within the grid of deviations"],
            found.Tables.Take(2).Select(table => table.Title));
        Assert.Contains("3.2 standard errors each way for one number and 6.9 for 8", found.Tables.First().Note, StringComparison.Ordinal);
        Assert.Equal(["cells", "regret", "across_deals"], found.Details.Select(detail => detail.Name));
        var detail = found.Details[2].Value![1]!;
        Assert.Equal("paid by loss", (string?)detail["swept"]!["variant"]);
        Assert.Equal("[2,3,4,5]", detail["seeds"]!.ToJsonString());
        Assert.Equal(2, detail["clients"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("experiment.max-games=100", "is 100, but the run has 160 games (4 replicates of profiles and deviations)")]
    [InlineData("experiment.seeds=[7,7]", "experiment.seeds: has 7 twice")]
    public void What_cannot_be_measured_is_refused(string setting, string message) => Assert.Contains(
        message,
        Assert.Throws<SettingException>(() => Configured.File(Known, null, "experiment.seeds=2", setting)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_list_of_seeds_says_which_deals()
    {
        var run = Configured.File(Known, null, "experiment.seeds=[7,3]");
        Assert.Equal([7ul, 3, 7, 3], run.Regret!.Blocks.Select(block => block.Deal!.Value));
        Assert.Equal("flat, seed 3", run.Regret!.Blocks[1].Name);
        Assert.Null(Configured.File(Known, null, "experiment.seeds=[7]").Regret!.Blocks[0].Deal);
        Assert.Equal(7ul, Configured.File(Known, null, "experiment.seeds=[7]").Plan.Games[0].Seed);
    }

    private async Task RunAsync(string name, params string[] arguments)
    {
        File.WriteAllText(_folder.In("known.conf"), Known);
        var run = await FlcrowdProcess.RunAsync(_folder.Path, ["run", "known.conf", "--out", name, .. arguments]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private (string[] Columns, List<string[]> Rows) Table(string run, string name)
    {
        var lines = File.ReadAllLines(_folder.In($"{run}/{name}"));
        return (lines[0].Split(','), [.. lines.Skip(1).Select(line => line.Split(','))]);
    }

    private static string Of(string[] columns, string[] row, string column) => row[Array.IndexOf(columns, column)];

    private static double Number(string[] columns, string[] row, string column) =>
        double.Parse(Of(columns, row, column), CultureInfo.InvariantCulture);
}
