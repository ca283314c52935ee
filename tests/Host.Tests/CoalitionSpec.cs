using System.Text.Json;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Regret;

namespace FLCrowd.Host.Tests;

public sealed class CoalitionSpec(CoalitionSpec.OneRun run) : IClassFixture<CoalitionSpec.OneRun>
{
    private const int Replicates = 6;

    /// <summary>Clients 4 to 9 label half of what they are asked.</summary>
    private const string World = """
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = 20 }
          game { assignment = 60, mechanism = lceme, lceme { surrogate = given
            surrogate-options { batch-slope = [0.36], effort-slope = [0.2], constant = 0 } } }
          clients = [{ strategy = truthful, count = 4 }, { strategy = shirk-labeling, effort = 0.5, share = 1 }]
        }
        """;

    private const string Asked = """
        flcrowd { experiment { kind = regret, regret { reports = none,
          clients = [2], efforts = [1], batch-factors = [1], gammas = [2], replicates = 6, max-replicates = 6
          coalitions = [
            { name = alone, clients = [2], gamma = 2 }
            { name = cartel, clients = [8, 2, 3], gamma = 2, batch-factor = 0.5 }
            { name = all, share = 1, effort = 0 }
          ] } } }
        """;

    [Fact]
    public async Task Gains_are_those_of_the_same_profiles_played_by_themselves_with_the_same_draws()
    {
        var gains = run.Report.Blocks[0].Coalitions;
        Assert.Equal(["alone", "cartel", "all"], gains.Select(gain => gain.Coalition.Name));
        Assert.All(gains, gain => Assert.Equal(Replicates, gain.Replicates));

        var profile = await DirectAsync("{ strategy = truthful, count = 4 }, { strategy = shirk-labeling, effort = 0.5, share = 1 }");
        var cartel = await DirectAsync("{ strategy = fixed, gamma = 2, batch-size = 30, ids = [2, 3] }, " + """
            { strategy = fixed, effort = 0.5, gamma = 2, batch-size = 30, ids = [8] },
            { strategy = truthful, ids = [0, 1] }, { strategy = shirk-labeling, effort = 0.5, share = 1 }
            """);
        var changes = cartel.Zip(profile, (one, other) => one.Zip(other, (joint, alone) => joint - alone).ToArray()).ToList();
        var measured = gains[1];
        Assert.Equal([2, 3, 8], measured.Members.Select(member => member.Client));
        Assert.All(measured.Members, member => Assert.Equal(changes.Average(change => change[member.Client]), member.Gain.Moments.Mean, 9));
        Assert.Equal(changes.Average(change => change[2] + change[3] + change[8]), measured.Total.Moments.Mean, 9);
        Assert.Equal(
            changes.Average(change => change.Where((_, client) => client is not (2 or 3 or 8)).Average()),
            measured.Others!.Moments.Mean, 9);
        Assert.NotEqual(0, measured.Others.Moments.Mean);

        var shirking = await DirectAsync("{ strategy = fixed, effort = 0, share = 1 }");
        Assert.Equal(
            shirking.Zip(profile, (one, other) => one.Sum() - other.Sum()).Average(), gains[2].Total.Moments.Mean, 9);
        Assert.Null(gains[2].Others);
    }

    [Fact]
    public void A_coalition_of_one_gains_what_its_member_gains_alone()
    {
        var block = run.Report.Blocks[0];
        var (coalition, single) = (block.Coalitions[0], Assert.Single(block.Gains));
        Assert.Equal(single.Mean, coalition.Total.Moments.Mean);
        Assert.Equal(coalition.Total, Assert.Single(coalition.Members).Gain);
        Assert.Equal(single.Threshold, coalition.Threshold, 12);
        Assert.Equal(single.StandardError, coalition.Total.Moments.StandardError, 9);
        Assert.True(coalition.Total.Limits.High > single.Limits.High, "ten more quantities are in the same statement");
    }

    [Fact]
    public async Task The_file_and_the_report_are_made_again_from_the_tables()
    {
        var file = run.Folder.In("out/coalitions.csv");
        var made = File.ReadAllText(file);
        Assert.Equal(1 + (2 + 1) + (2 + 3) + (1 + 10), made.Count(letter => letter == '\n'));
        Assert.Contains("\ncartel,8,,0.5,2,", made, StringComparison.Ordinal);
        File.Delete(file);
        var again = await FlcrowdProcess.RunAsync(run.Folder.Path, "report", "out");
        Assert.Equal((0, ""), (again.ExitCode, again.Error));
        Assert.Equal(made, File.ReadAllText(file));
        Assert.Contains("Gains of coalitions", again.Output, StringComparison.Ordinal);
        Assert.Contains("Gains of coalitions", File.ReadAllText(run.Folder.In("out/report.html")), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Json);
        Assert.Equal(3, json.RootElement.GetProperty("regret")[0].GetProperty("coalitions")[1].GetProperty("members").GetArrayLength());
    }

    [Theory]
    [InlineData("share=0.25", "0 1 2")]
    [InlineData("count=2", "0 1")]
    [InlineData("clients=[7,3,7]", "3 7")]
    [InlineData("clients=5", "5")]
    public void Members_are_named_or_the_first_ones(string who, string expected) => Assert.Equal(
        expected,
        string.Join(
            ' ',
            Configured.Run("experiment.kind=regret", $"experiment.regret.coalitions=[{{name=x,gamma=2,{who}}}]")
                .Regret!.Blocks[0].Coalitions[0].Members));

    [Theory]
    [InlineData("{name=x,gamma=2}", "coalitions[0]: must say who deviates together by exactly one of clients, count and share")]
    [InlineData("{name=x,gamma=2,count=2,share=1}",
        "coalitions[0]: must say who deviates together by exactly one of clients, count and share")]
    [InlineData("{name=x,gamma=2,clients=[]}", "coalitions[0].clients: is []; must be a whole number of at least 0, or a list of such")]
    [InlineData("{name=x,gamma=2,clients=[3,10]}", "coalitions[0].clients: names client 10; clients are 0 to 9")]
    [InlineData("{name=x,gamma=2,count=11}", "coalitions[0].count: is 11, but data.clients is 10")]
    [InlineData("{name=x,gamma=2,share=0.04}", "coalitions[0].share: is 0.04: no client out of 10; a coalition has at least one")]
    [InlineData("{name=x,count=3}", "coalitions[0]: deviates in nothing; set effort, batch-factor, gamma or attendance")]
    [InlineData("{name=x,count=3,gama=2}", "coalitions[0].gama: is unknown (did you mean 'gamma'?)")]
    [InlineData("{name=x,count=3,effort=2}", "coalitions[0].effort: is 2; must be a number of at least 0 and at most 1")]
    [InlineData("{count=3,gamma=2}", "coalitions[0].name: is missing")]
    [InlineData("{name=3,count=3,gamma=2}", "coalitions[0].name: is 3; must be a name that is not a number")]
    [InlineData("{name=x,count=3,gamma=2},{name=x,count=2,gamma=2}",
        "coalitions[1].name: is 'x', as is that of experiment.regret.coalitions[0]; names must differ")]
    [InlineData("shirkers", "coalitions: is [shirkers]; must be a list of blocks")]
    public void What_is_no_coalition_is_refused(string coalitions, string message)
    {
        foreach (var kind in (string[])["regret", "dynamics"])
        {
            Assert.Contains(
                $"experiment.regret.{message}",
                Configured.Error($"experiment.kind={kind}", $"experiment.regret.coalitions=[{coalitions}]"), StringComparison.Ordinal);
        }
    }

    /// <summary>Payoffs by client in every replicate, without anything of a regret experiment but its seeds.</summary>
    private static async Task<List<double[]>> DirectAsync(string clients)
    {
        var game = Configured.File(World, null, $"clients=[{clients.ReplaceLineEndings(" ")}]").Plan.Games[0];
        var games = Enumerable.Range(0, Replicates).Select(replicate => game with
        {
            Game = replicate,
            FirstEpisode = replicate,
            DrawSeed = new Seed(game.Seed).For("replicate", replicate).Value,
        });
        var played = await Played.PlanAsync(Configured.Catalog, new ExperimentPlan("direct", [], [.. games]));
        return [.. played.Episodes.OrderBy(episode => episode.Number)
            .Select(episode => episode.Clients.Select(client => client.Reward - client.Cost).ToArray())];
    }

    /// <summary>The experiment, played once for all tests.</summary>
    public sealed class OneRun : IAsyncLifetime
    {
        internal TemporaryFolder Folder { get; } = new();

        internal RegretReport Report { get; private set; } = null!;

        internal string Json { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            File.WriteAllText(Folder.In("asked.conf"), $"{World}\n{Asked}");
            var run = await FlcrowdProcess.RunAsync(Folder.Path, "run", "asked.conf", "--out", "out", "--threads", "2", "--json");
            Assert.Equal(0, run.ExitCode);
            (Report, Json) = (Reported.Regret(Folder.In("out")), run.Output);
        }

        public ValueTask DisposeAsync()
        {
            Folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
