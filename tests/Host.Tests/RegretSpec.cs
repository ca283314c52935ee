using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FLCrowd.Actors.Definitions;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Results;
using FLCrowd.Model.Quadratic;

namespace FLCrowd.Host.Tests;

public sealed class RegretSpec : IDisposable
{
    private const double PayPerLoss = 200; // Phi = T c_p D'^2 / a

    /// <summary>In the quadratic world, where every expected gain has a closed form.</summary>
    private const string Known = """
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = 20 }
          game { assignment = 60 }
          experiment {
            kind = regret
            variants {
              "flat" {}
              "paid by loss" { game { mechanism = lceme, lceme { surrogate = given
                surrogate-options { batch-slope = [0.36], effort-slope = [0.2], constant = 0 } } } }
            }
            regret { reports = none, clients = [3], batch-factors = [0.02, 1], gammas = [0, 1, 2], replicates = 8, max-replicates = 32 }
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Known_gains_are_in_their_intervals_and_settled_deviations_are_played_no_more()
    {
        var report = await PlayAsync("out", "--threads", "2");
        Assert.Equal(["flat", "paid by loss"], report.Blocks.Select(block => block.Block.Name));
        Assert.All(report.Blocks[0].Gains, gain => Assert.Equal(
            Cost(1, 60) - Cost(gain.Deviation.Effort, gain.Deviation.BatchFactor == 1 ? 60 : 1), gain.Mean, 9));
        Assert.Equal(
            (20.0 + 1.2 - 0.02, GainVerdict.Above),
            (Math.Round(report.Blocks[0].Clients[0].Limits.High, 9), report.Blocks[0].Clients[0].Verdict));
        Assert.All(report.Blocks[0].Gains, gain => Assert.Equal(8, gain.Replicates));

        var paid = report.Blocks[1];
        Assert.All(paid.Gains, gain => Assert.InRange(Expected(gain.Deviation), gain.Limits.Low - 1e-3, gain.Limits.High + 1e-3));
        double regret = Math.Max(0, paid.Gains.Max(gain => Expected(gain.Deviation)));
        Assert.InRange(regret, paid.Clients[0].Limits.Low - 1e-3, paid.Clients[0].Limits.High + 1e-3);
        Assert.All(paid.Gains.Where(gain => Expected(gain.Deviation) < -500), gain => Assert.Equal(8, gain.Replicates));

        // Beside what was played stands what its actions lead to in expectation.
        Assert.All(paid.Gains, gain => Assert.Equal(
            Expected(gain.Deviation), report.ExpectedOf(paid.Block, gain.Deviation)!.Mean, 1e-6));
        Assert.Equal(regret, report.ExpectedRegret(paid, 3)!.Value, 1e-6);
        var clients = RegretFindings.Clients(report);
        string[] exact = [.. Enumerable.Range(0, 2).Select(row => clients.Text(row, Column(clients, "exact gain")))];
        Assert.Equal(exact, Enumerable.Range(0, 2).Select(row => clients.Text(row, Column(clients, "exact regret"))));
        Assert.All(exact, text => Assert.DoesNotContain('±', text));
        Assert.Contains("±", clients.Text(1, Column(clients, "gain")), StringComparison.Ordinal);

        int games = File.ReadLines(_folder.In("out/episodes.csv")).Count() - 1;
        Assert.Equal(8 * (6 * 2 + 1) * 2 + 2 * 8 * 2, FirstStageAndFresh("out"));
        Assert.True(games < 32 * 13 * 2, $"{games} games");
        Assert.True(new FileInfo(_folder.In("out/plots/regret-2.png")).Length > 5000);
    }

    [Fact]
    public async Task A_sum_of_regrets_from_one_client_of_an_entry_is_called_an_extrapolation()
    {
        var measured = await PlayAsync("out", "--threads", "2");
        Assert.Equal(("NashConv", false), Called(measured));
        Assert.Contains(Symbols.NashConv, RegretFindings.Of(measured).Glossary);

        var standing = measured with
        {
            Blocks = [.. measured.Blocks.Select(block => block with
            {
                Clients = [.. block.Clients.Select(client => client with { Client = new RegretClient(3, 10) })],
            })],
        };
        Assert.Equal(("extrapolated sum", true), Called(standing));
        Assert.Contains(Symbols.Extrapolated, RegretFindings.Of(standing).Glossary);
        Assert.DoesNotContain(Symbols.NashConv, RegretFindings.Of(standing).Glossary);
        Assert.Contains("an extrapolation, not NashConv", RegretFindings.Explanation(standing), StringComparison.Ordinal);
        Assert.Equal("1", RegretFindings.Sum(standing).Text(0, Column(RegretFindings.Sum(standing), "measured")));
        Assert.Equal("10", RegretFindings.Sum(standing).Text(0, Column(RegretFindings.Sum(standing), "clients")));

        static (string Name, bool IsExtrapolated) Called(RegretReport report)
        {
            var table = RegretFindings.Sum(report);
            var name = table.Columns[Column(table, "at least") - 1].Name;
            Assert.StartsWith(name == "NashConv" ? "NashConv of" : "Sum of regrets, extrapolated", table.Title, StringComparison.Ordinal);
            return (name, (bool)RegretDetail.Of(report).Value![0]!["is_extrapolated"]!);
        }
    }

    private static int Column(FindingTable table, string name) => table.Columns.ToList().FindIndex(column => column.Name == name);

    [Fact]
    public async Task The_tables_do_not_depend_on_threads_and_give_the_same_report_again()
    {
        await PlayAsync("one", "--threads", "1");
        await PlayAsync("two", "--threads", "2");
        foreach (var table in (string[])["episodes.csv", "rounds.csv", "clients.csv", "regret.csv"])
        {
            Assert.Equal(File.ReadAllText(_folder.In($"one/{table}")), File.ReadAllText(_folder.In($"two/{table}")));
        }

        string[] made = [File.ReadAllText(_folder.In("two/regret.csv")), WithoutPlots("two/report.html")];
        File.Delete(_folder.In("two/regret.csv"));
        var again = await FlcrowdProcess.RunAsync(_folder.Path, "report", "two");
        Assert.Equal((0, ""), (again.ExitCode, again.Error));
        string[] remade = [File.ReadAllText(_folder.In("two/regret.csv")), WithoutPlots("two/report.html")];
        Assert.Equal(made, remade);
        Assert.Contains("NashConv of the measured clients", again.Output, StringComparison.Ordinal);
        AssertNamesWhatWasTried(again.Output, "[0, 1]");
        AssertNamesWhatWasTried(remade[1], "[0, 1]");
    }

    /// <summary>A regret is one among deviations: whoever reads it learns among which.</summary>
    private static void AssertNamesWhatWasTried(string report, string efforts)
    {
        var words = string.Join(' ', report.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            $"Tried was every e of {efforts} with D / D' of [", System.Net.WebUtility.HtmlDecode(words), StringComparison.Ordinal);
        Assert.Contains(
            "each the same for a whole episode; other deviations, such as reports that change from round to round, may gain more",
            words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_reports_what_it_has()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "signals as Unix has them");
        Write();
        using var process = FlcrowdProcess.Start(
            _folder.Path, "run", "known.conf", "--out", "out",
            "--set", "experiment.regret.tolerance=0", "--set", "experiment.regret.max-replicates=100000");
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.StartsWith("replicates 17", StringComparison.Ordinal))
        {
            // Two stages first.
        }

        using (var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var run = await FlcrowdProcess.EndAsync(process);
        Assert.Equal((130, ""), (run.ExitCode, run.Error));
        var report = Read("out");
        Assert.All(report.Blocks[1].Gains, gain => Assert.True(gain.Replicates >= 8));
        Assert.Null(report.Blocks[1].Clients[0].Fresh);
        using var record = JsonDocument.Parse(File.ReadAllText(_folder.In("out/run.json")));
        int recorded = record.RootElement.GetProperty("episodes_recorded").GetInt32();
        Assert.Equal(File.ReadLines(_folder.In("out/episodes.csv")).Count() - 1, recorded);
        Assert.True(record.RootElement.GetProperty("episodes_planned").GetInt32() >= recorded);
    }

    [Fact]
    public void Every_replicate_plays_the_profile_and_every_deviation_with_the_same_draws()
    {
        var run = Configured.Run(
            "experiment.kind=regret", "experiment.regret.reports=none", "experiment.regret.clients=[2]", "experiment.regret.replicates=4",
            "experiment.regret.efforts=[0]", "experiment.regret.batch-factors=[1]", "experiment.regret.gammas=[1]");
        var block = run.Regret!.Blocks[0];
        var asked = RegretPlan.Games(run.Plan.Games[0], block, new RegretQuestions(run.Regret!.Deviations(block), []), 0, 4).ToList();
        var games = asked.ConvertAll(play => play.Game);
        Assert.Equal(8, games.Count);
        Assert.Equal(4, games.Select(game => game.DrawSeed).Distinct().Count());
        Assert.All(games.Chunk(2), pair => Assert.Equal(pair[0].DrawSeed, pair[1].DrawSeed));
        var deviating = games[1].Crowd.Groups;
        Assert.Equal(["truthful", "fixed"], deviating.Select(group => group.Strategy.Name));
        Assert.Equal([new ClientRange(0, 2), new ClientRange(3, 7)], deviating[0].Members);
        Assert.Equal([new ClientRange(2, 1)], deviating[1].Members);
        Assert.All(asked, play => Assert.Equal(play.Play.Values, RegretPlay.Parse(play.Game.Swept, default).Values));
    }

    [Theory]
    [InlineData("one-per-entry", "0x2 2x8")]
    [InlineData("all", "0x1 1x1 2x1 3x1 4x1 5x1 6x1 7x1 8x1 9x1")]
    [InlineData("[7, 3, 7]", "7x1 3x1")]
    [InlineData("5", "5x1")]
    public void Clients_stand_for_their_entry_or_for_themselves(string clients, string expected)
    {
        var run = Configured.Run(
            "experiment.kind=regret", "experiment.regret.reports=none", $"experiment.regret.clients={clients}",
            "clients=[{strategy=shirk-labeling,count=2},{strategy=truthful,share=1}]");
        Assert.Equal(expected, string.Join(' ', run.Regret!.Blocks[0].Clients.Select(client => $"{client.Client}x{client.Members}")));
    }

    [Theory]
    [InlineData("experiment.regret.clients=[10]", "experiment.regret.clients: names client 10; clients are 0 to 9")]
    [InlineData("experiment.regret.clients=some", "must be one-per-entry, all, or a list of client indices")]
    [InlineData("experiment.regret.clients=[]", "must be one-per-entry, all, or a list of client indices")]
    [InlineData("experiment.regret.gammas=[]", "experiment.regret.gammas: is []; must be a number")]
    [InlineData("experiment.regret.max-replicates=8", "experiment.regret.max-replicates: is 8; must be at least replicates, 16")]
    [InlineData("experiment.draws=2", "is regret; draws need kind = sweep or population (a regret experiment repeats its games by")]
    [InlineData("experiment.seeds=[]", "experiment.seeds: is []; must be a number of seeds or a list of at least one")]
    public void What_cannot_be_measured_is_refused(string setting, string message) =>
        Assert.Contains(message, Configured.Error("experiment.kind=regret", setting), StringComparison.Ordinal);

    [Fact]
    public void Stages_double_up_to_the_maximum()
    {
        var design = new RegretDesign(0.95, 0.1, 16, 100, [0], [1], [1], []);
        Assert.Equal([16, 32, 64, 100], design.Stages());
        Assert.Equal([16], (design with { MaxReplicates = 16 }).Stages());
    }

    private static double Cost(double effort, int batchSize) => 20 * effort + 20 * 0.001 * batchSize;

    private static double Expected(Deviation deviation)
    {
        var game = Configured.File(Known, null).Plan.Games[1];
        var world = QuadraticWorld.Create(new QuadraticOptions(), new LearningSetup(() => throw new InvalidOperationException())
        {
            Seed = new Seed(game.Seed),
            Weights = [.. Enumerable.Repeat(0.1, 10)],
            Partition = game.Learning.Partition,
        });
        ClientAction[] profile = [.. Enumerable.Repeat(new ClientAction(1, 60, 1), 10)];
        double truthful = world.ExpectedLoss(profile, game.Learning.Protocol);
        profile[deviation.Client] = new ClientAction(deviation.Effort, deviation.BatchFactor == 1 ? 60 : 1, deviation.Gamma);
        return -PayPerLoss * (world.ExpectedLoss(profile, game.Learning.Protocol) - truthful)
            + Cost(1, 60) - Cost(deviation.Effort, profile[deviation.Client].BatchSize);
    }

    private void Write() => File.WriteAllText(_folder.In("known.conf"), Known);

    private async Task<RegretReport> PlayAsync(string name, params string[] arguments)
    {
        Write();
        var run = await FlcrowdProcess.RunAsync(_folder.Path, ["run", "known.conf", "--out", name, .. arguments]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return Read(name);
    }

    private RegretReport Read(string name) => Reported.Regret(_folder.In(name));

    /// <summary>The drawing library numbers what it draws as its process goes on.</summary>
    private string WithoutPlots(string name) => Regex.Replace(File.ReadAllText(_folder.In(name)), "src=\"[^\"]*\"", "");

    private int FirstStageAndFresh(string name) => File.ReadLines(_folder.In($"{name}/episodes.csv")).Skip(1)
        .Select(line => int.Parse(line.Split(',')[9], CultureInfo.InvariantCulture)).Count(replicate => replicate is < 8 or >= 32);
}
