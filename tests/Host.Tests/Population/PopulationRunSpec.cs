using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Population;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments.Tables;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Tests.Population;

/// <summary>Populations in the quadratic world, played by the real actors.</summary>
public sealed class PopulationRunSpec : IDisposable
{
    private const string Third = """ "gamma 2" { strategy = misreport, gamma = 2 },""";

    private const string World = $$"""
        flcrowd {
          data.clients = 3
          learning { model = quadratic, step-size = 0.1, rounds = 4 }
          game { assignment = 10, mechanism = lceme, lceme.surrogate = theorem1 }
          experiment {
            kind = population
            seeds = 2
            population {
              intensities = [1, 10]
              strategies { truthful { strategy = truthful },{{Third}} shirk { strategy = shirk-labeling } }
            }
          }
        }
        """;

    private static readonly string[] Tables =
        ["episodes.csv", "rounds.csv", "clients.csv", "payoffs.csv", "switches.csv", "replicator.csv", "alpharank.csv", "game.nfg"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_table_is_what_its_profiles_pay_in_plain_experiments_of_their_own()
    {
        var (report, _) = await PlayAsync("out", threads: 2);
        var analysis = report.Blocks.Single().Analysis!;
        string[] strategies = ["truthful", "misreport, gamma = 2", "shirk-labeling"];
        foreach (var profile in (string[])["3/0/0", "1/2/0", "0/1/2", "1/1/1"])
        {
            var counts = Compositions.Parse(profile);
            var row = report.Blocks[0].Profiles.Single(row => Compositions.Text(row.Counts) == profile);
            ulong seed = counts[0] == 1 ? 2UL : 1UL;
            var roles = PopulationPlan.Roles(seed, 0, counts);
            var entries = roles.Select((role, client) => $"{{ strategy = {strategies[role]}, ids = [{client}] }}");
            var played = await Played.FileAsync($$"""
                flcrowd {
                  seed = {{seed}}
                  data.clients = 3
                  learning { model = quadratic, step-size = 0.1, rounds = 4 }
                  game { assignment = 10, mechanism = lceme, lceme.surrogate = theorem1 }
                  clients = [{{string.Join(", ", entries)}}]
                }
                """);
            var episode = Assert.Single(played.Episodes);
            var play = row.Replicates[(seed, 0)];
            Assert.Equal(episode.Result.Rounds[^1].Evaluation.TestLoss, play.TestLoss);
            foreach (var strategy in roles.Distinct())
            {
                Assert.Equal(
                    episode.Clients.Where((_, client) => roles[client] == strategy).Average(client => client.Reward - client.Cost),
                    play.Payoffs[strategy]);
            }
        }

        Assert.Equal(10, report.Blocks[0].Profiles.Count);
        Assert.Equal(
            analysis.Game.Payoff(1, [1, 2, 0]),
            report.Blocks[0].Profiles.Single(row => row.Counts.SequenceEqual([1, 2, 0])).Payoff(1).Mean);
    }

    [Fact]
    public void A_table_in_closed_form_has_all_games_or_is_none()
    {
        const double None = double.NaN;
        (int[], double[])[] games = [([2, 0], [1, None]), ([2, 0], [2, None]), ([1, 1], [4, 7]), ([0, 2], [None, 3])];
        var table = ExactTable.Of(games)!;
        Assert.Equal((1.5, (double?)null, 7.0), (table.Payoff([2, 0], 0), table.Payoff([2, 0], 1), table.Payoff([1, 1], 1)));
        Assert.Equal(5.5, table.Gain(new Switch([2, 0], 0, 1, 0, 0, default, 1, default)));
        Assert.Null(ExactTable.Of([.. games, ([0, 2], [None, None])]));
    }

    [Fact]
    public async Task Any_number_of_threads_and_any_cache_gives_the_same_files()
    {
        var (_, played) = await PlayAsync("plain", threads: 1);
        await PlayAsync("two", threads: 2);
        AssertSame("plain", "two");
        Assert.Equal((20, 20 * 4 * 3), (played.EpisodesRecorded, played.ClientUpdates));

        // A new cache, then one that knows it all.
        var (_, kept) = await PlayAsync("kept", threads: 2, "cache");
        var (_, known) = await PlayAsync("known", threads: 2, "cache");
        Assert.Equal((20, 20 * 4 * 3), (kept.EpisodesRecorded, kept.ClientUpdates));
        Assert.Equal((20, 0), (known.EpisodesRecorded, known.ClientUpdates));
        AssertSame("plain", "kept");
        AssertSame("plain", "known");
    }

    [Fact]
    public async Task A_strategy_or_a_seed_more_plays_what_is_new_only()
    {
        await PlayAsync(World.Replace(Third, "", StringComparison.Ordinal), "fewer", threads: 2, "cache");
        var (report, more) = await PlayAsync("more", threads: 2, "cache");
        Assert.Equal((10 - 4) * 2 * 4 * 3, more.ClientUpdates);
        var (_, seeds) = await PlayAsync("seeds", threads: 2, "cache", "experiment.seeds=3");
        Assert.Equal(10 * 4 * 3, seeds.ClientUpdates);

        // Another world is another game, also where profiles are called the same.
        var (other, all) = await PlayAsync("other", threads: 2, "cache", "learning.step-size=0.2");
        Assert.Equal(20 * 4 * 3, all.ClientUpdates);
        Assert.NotEqual(report.Blocks[0].Profiles[0].Payoff(0).Mean, other.Blocks[0].Profiles[0].Payoff(0).Mean);

        // A file that is damaged is played again.
        var file = Directory.EnumerateFiles(_folder.In("cache")).Order().First();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[^30] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        Assert.Equal(
            4 * 3,
            (await PlayAsync("again", threads: 2, "cache", "experiment.seeds=3")).Result.ClientUpdates
            + (await PlayAsync("again-other", threads: 2, "cache", "learning.step-size=0.2")).Result.ClientUpdates);
    }

    [Fact]
    public async Task Episodes_are_averaged_and_draws_share_their_world()
    {
        var (report, _) = await PlayAsync("out", threads: 2, null, "experiment.seeds=1", "experiment.draws=3", "experiment.episodes=2");
        var profile = report.Blocks[0].Profiles[0];
        Assert.Equal([(1UL, 0), (1UL, 1), (1UL, 2)], profile.Replicates.Keys);
        Assert.Equal(3, profile.Replicates.Values.Select(play => play.TestLoss).Distinct().Count());
        var losses = CsvRows.Of(_folder.In("out"), EpisodeTable.Schema)
            .Where(row => row[PopulationDesign.Profile] == "3/0/0" && row[PopulationDesign.Draw] == 1)
            .Select(row => row[EpisodeTable.TestLoss])
            .ToList();
        Assert.Equal(2, losses.Count);
        Assert.Equal(losses.Average(), profile.Replicates[(1, 1)].TestLoss);
    }

    [Fact]
    public void Roles_are_drawn_by_lot_and_kept_from_profile_to_profile()
    {
        var played = new int[10];
        for (ulong seed = 0; seed < 2000; seed++)
        {
            var three = PopulationPlan.Roles(seed, 0, [7, 3]);
            Assert.Equal(3, three.Sum());
            var four = PopulationPlan.Roles(seed, 0, [6, 4]);
            Assert.Equal(1, three.Zip(four, (before, after) => after - before).Sum(Math.Abs));
            for (int client = 0; client < 10; client++)
            {
                played[client] += three[client];
            }
        }

        Assert.All(played, times => Assert.InRange(times, 500, 700));
        Assert.NotEqual(PopulationPlan.Roles(1, 0, [5, 5]), PopulationPlan.Roles(1, 1, [5, 5]));
    }

    private Task<(PopulationReport Report, ExperimentResult Result)> PlayAsync(
        string folder, int threads, string? cache = null, params string[] settings) =>
        PlayAsync(World, folder, threads, cache, settings);

    private async Task<(PopulationReport Report, ExperimentResult Result)> PlayAsync(
        string world, string folder, int threads, string? cache, params string[] settings)
    {
        var cancel = TestContext.Current.CancellationToken;
        var run = Configured.File(
            world, null, [.. settings, .. cache is null ? [] : (string[])[$"experiment.population.cache=\"{_folder.In(cache)}\""]]);
        var directory = Directory.CreateDirectory(_folder.In(folder)).FullName;
        await using var node = await LocalNode.StartAsync(Configured.Catalog, threads);
        var plan = await new SurrogatePreparation(Configured.Catalog, node.System, ConstantsCache.Open("off"), threads, _ => { }, cancel)
            .PrepareAsync(run.Plan);
        var result = await run.PlayAsync(node.System, plan, directory, threads, new RunTerminal(json: true), journal: null, cancel);
        Assert.Equal((ExperimentStatus.Completed, null), (result.Status, result.Failure));
        var report = PopulationReport.Read(directory, run.Population!);
        PopulationFiles.Write(report, directory);
        return (report, result);
    }

    private void AssertSame(string expected, string actual) =>
        Assert.All(Tables, table => Assert.Equal(
            File.ReadAllText(_folder.In($"{expected}/{table}")), File.ReadAllText(_folder.In($"{actual}/{table}"))));
}
