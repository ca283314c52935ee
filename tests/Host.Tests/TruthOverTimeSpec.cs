using System.Globalization;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Regret;
using FLCrowd.Host.Tests.Resume;
using FLCrowd.Model.Quadratic;

namespace FLCrowd.Host.Tests;

/// <summary>Protocols and reports that change from round to round.</summary>
public sealed class TruthOverTimeSpec : IDisposable
{
    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("learning.step-size.schedule: is cosine; must be linear | inverse-time | pieces", "learning.step-size={schedule=cosine}")]
    [InlineData("learning.step-size.last: is missing", "learning.step-size={schedule=linear,first=1}")]
    [InlineData("learning.step-size.first: is 0; must be a number of above 0", "learning.step-size={schedule=linear,first=0,last=1}")]
    [InlineData(
        "learning.step-size.decay: is -1; must be a number of at least 0", "learning.step-size={schedule=inverse-time,first=1,decay=-1}")]
    [InlineData("learning.step-size.first: is unknown", "learning.step-size={schedule=pieces,values=[1],first=1}")]
    [InlineData("learning.momentum: is 1; must be a number of at least 0 and below 1, or tuned", "learning.momentum=1")]
    [InlineData(
        "experiment.regret.reports.report: is 'loud'; must be one of linear A B", "experiment.kind=regret",
        "experiment.regret.reports=[loud]")]
    [InlineData(
        "experiment.regret.reports[0].effort: is 2; must be a number of at least 0 and at most 1",
        "experiment.kind=regret", "experiment.regret.reports=[{report=stale,effort=2}]")]
    [InlineData(
        "experiment.regret.reports: has reports that change, but experiment.dynamics.payoffs = exact",
        "experiment.kind=dynamics", "experiment.dynamics.method=best-response", "experiment.dynamics.payoffs=exact",
        "experiment.regret.reports=[stale]")]
    public void What_is_no_protocol_or_report_is_refused(string message, params string[] settings) =>
        Assert.StartsWith(message, Configured.Error(settings), StringComparison.Ordinal);

    [Theory]
    [InlineData("theorem1", "learning.momentum=0.1")]
    [InlineData("corrected", "learning.step-size={schedule=linear,first=0.1,last=0.01}")]
    public async Task Bounds_of_one_step_size_are_refused_for_others(string surrogate, string setting)
    {
        var ended = await _runs.RunAsync(
            "run", "quadratic", "--set", "game.mechanism=lceme", "--set", $"game.lceme.surrogate={surrogate}", "--set", setting);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("one step size and without server momentum", ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("learning.momentum=0.4")]
    [InlineData("learning.step-size={schedule=linear,first=0.3,last=0.02}")]
    [InlineData("learning.step-size={schedule=pieces,values=[0.3,0.02]}", "learning.momentum=0.3")]
    public async Task A_game_without_noise_ends_where_the_closed_form_says(params string[] settings)
    {
        string[] all =
        [
            "learning.model=quadratic", "learning.quadratic.noise=0", "learning.rounds=7", "learning.step-size=0.2",
            "execution.cohort-size=4", .. settings,
        ];
        await _runs.CompleteAsync(["run", "quadratic", "--out", "run", .. all.SelectMany(setting => (string[])["--set", setting])]);
        var game = Configured.Run(["experiment.kind=play", .. all]).Plan.Games[0];
        var world = QuadraticWorld.Create(new QuadraticOptions { Noise = 0 }, new LearningSetup(() => throw new InvalidOperationException())
        {
            Seed = new Seed(game.Seed),
            Weights = [.. Enumerable.Repeat(0.1, 10)],
            Partition = game.Learning.Partition,
        });
        var lines = await File.ReadAllLinesAsync(_runs.In("run/episodes.csv"), TestContext.Current.CancellationToken);
        double loss = double.Parse(
            lines[1].Split(',')[Array.IndexOf(lines[0].Split(','), "test_loss")], CultureInfo.InvariantCulture);
        double expected = world.ExpectedLoss([.. Enumerable.Repeat(new ClientAction(1, 60, 1), 10)], game.Learning.Protocol);
        Assert.Equal(expected, loss, 1e-4 * expected);
    }

    [Fact]
    public async Task A_run_that_was_killed_in_the_middle_of_an_episode_ends_with_the_same_tables()
    {
        await File.WriteAllTextAsync(
            _runs.In("learners.conf"), Learners.Experiment(episodes: 2, rounds: 3_000), TestContext.Current.CancellationToken);
        string[] run =
        [
            "run", "learners.conf", "--set", "execution.checkpoint-every=20ms", "--set", "learning.momentum=0.3",
            "--set", "learning.step-size={schedule=inverse-time,first=0.2,decay=0.001}", "--set", "learning.aggregator=clipped-mean",
            "--set", "clients=[{strategy=fixed,report=\"average 0.3\",count=2},{strategy=truthful,share=1}]",
        ];
        await _runs.CompleteAsync([.. run, "--out", "whole"]);
        await _runs.KillAsync(() => _runs.Journal("killed").Checkpoints is [{ Round: > 20 }], [.. run, "--out", "killed"]);
        await _runs.CompleteAsync("resume", "killed", "--threads", "1");
        _runs.AssertSameTables("whole", "killed");
        await _runs.CompleteAsync([.. run, "--out", "nodes", "--workers", "2", "--set", "execution.cohort-size=2"]);
        await _runs.CompleteAsync([.. run, "--out", "node", "--set", "execution.cohort-size=2"]);
        _runs.AssertSameTables("node", "nodes");
    }

    [Fact]
    public async Task Reports_are_tried_beside_the_grid_and_are_in_the_tables()
    {
        string[] settings =
        [
            "learning.model=quadratic", "learning.rounds=10", "experiment.regret.clients=[0]", "experiment.regret.efforts=[1]",
            "experiment.regret.batch-factors=[1]", "experiment.regret.gammas=[1]", "experiment.regret.replicates=4",
            "experiment.regret.max-replicates=4", "experiment.regret.reports=[standard,{report=\"linear 2 0\",effort=0}]",
        ];
        await File.WriteAllTextAsync(
            _runs.In("r.conf"), "flcrowd { game { mechanism = flat, assignment = 60 }, experiment { kind = regret } }",
            TestContext.Current.CancellationToken);
        await _runs.CompleteAsync(["run", "r.conf", "--out", "run", .. settings.SelectMany(setting => (string[])["--set", setting])]);
        var regret = await File.ReadAllLinesAsync(_runs.In("run/regret.csv"), TestContext.Current.CancellationToken);
        Assert.Contains(",report,", regret[0], StringComparison.Ordinal);
        Assert.Equal(2 + 12 + 1, regret.Length); // the header, the profile's own action, the battery, the one of our own
        Assert.Contains(regret, line => line.Contains(",replay 3,", StringComparison.Ordinal));
        await _runs.CompleteAsync("report", "run");
        var report = Reported.Regret(_runs.In("run"));
        Assert.Contains(report.Blocks[0].Gains, gain =>
            gain.Deviation == new Deviation(0, 0, 1, 1) { Report = "linear 2 0" } && gain.Mean > 19); // flat pay: labeling is saved
        Assert.Equal(new TriedColumns(false, true), report.Tried);
    }

    [Fact]
    public async Task What_a_search_finds_is_played_again_and_shown_with_what_it_was_chosen_from_and_a_killed_run_finds_the_same()
    {
        await File.WriteAllTextAsync(_runs.In("s.conf"), """
            flcrowd {
              learning { model = quadratic, rounds = 1000 }
              game { mechanism = flat, assignment = 60 }
              experiment {
                kind = regret
                regret {
                  clients = [0, 4], efforts = [1], batch-factors = [1], gammas = [1], reports = none, replicates = 8, max-replicates = 8
                  search { pieces = 3, generations = 3, population = 8, draws = 4, replicates = 6 }
                }
              }
            }
            """, TestContext.Current.CancellationToken);
        await _runs.CompleteAsync("run", "s.conf", "--out", "whole");
        var report = Reported.Regret(_runs.In("whole"));
        Assert.Equal([0, 4], report.Blocks[0].Attacks.Select(attack => attack.Deviation.Client));
        Assert.All(report.Blocks[0].Attacks, attack =>
        {
            Assert.Equal((8, 6), (attack.Searched.Count, attack.Fresh.Count));
            Assert.True(attack.Fresh.Mean > 19, attack.ToString()); // flat pay: labeling is saved, and nearly all of the computation
            Assert.True(attack.Deviation.Effort < 0.1, attack.ToString());
            Assert.Equal(GainVerdict.Above, attack.Verdict);
        });
        Assert.Equal(2, report.Blocks[0].Gains.Count); // regret is about what was asked
        Assert.All(report.Blocks[0].Clients, client => Assert.Equal(0, client.Regret));
        var shown = await _runs.RunAsync("report", "whole");
        Assert.Contains("24 deviations were tried (3 generations of 8", shown.Output, StringComparison.Ordinal);

        await _runs.KillAsync(() => _runs.Journal("killed").Episodes.Count > 80, "run", "s.conf", "--out", "killed");
        await _runs.CompleteAsync("resume", "killed", "--threads", "1");
        _runs.AssertSameTables("whole", "killed");
    }

    [Fact]
    public void A_search_comes_near_the_best_response_of_a_known_gain_and_depends_on_its_seed_alone()
    {
        var design = new AttackDesign(Pieces: 3, Generations: 30, Population: 40, Draws: 4, Replicates: 8);
        var best = Best(new AttackSearch(design, 2, new Seed(5)), design.Generations);
        Assert.True(Gain(best) > -0.1, best.ToString());
        Assert.Equal(best, Best(new AttackSearch(design, 2, new Seed(5)), design.Generations));
        Assert.Equal(2, best.Client);

        static Deviation Best(AttackSearch search, int generations)
        {
            for (int generation = 0; generation < generations; generation++)
            {
                Assert.InRange(search.Next().Count, 8, 40);
                search.Learn(Gain);
            }

            Assert.Equal(AttackDesign.Finalists, search.Finalists().Count);
            return search.Finalists()[0];
        }

        static double Gain(Deviation deviation)
        {
            double[] values = [.. deviation.Report!.Split(' ').Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            double[] optimum = [0.5, 0.1, 4, 1, 0.2];
            return -values.Zip(optimum, (value, at) => (value - at) * (value - at)).Sum() - Math.Abs(deviation.Effort - 0.4);
        }
    }

    [Theory]
    [InlineData("experiment.regret.search.draws: is 9; must be at most regret.replicates, 8", "generations=1, draws=9")]
    [InlineData("experiment.regret.search.population: is 7; must be a whole number of at least 8", "population=7")]
    [InlineData("experiment.max-games: is 100,000, but the run has", "generations=100000, population=1000")]
    public void A_search_out_of_range_is_refused(string message, string search) => Assert.StartsWith(
        message,
        Configured.Error(
            "experiment.kind=regret", "experiment.regret.replicates=8", $"experiment.regret.search={{{search}}}"),
        StringComparison.Ordinal);
}
