using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Regret;

namespace FLCrowd.Host.Tests;

public sealed class RegretSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Truth inside all intervals at once, over many experiments: close to the confidence that they claim.</summary>
    [Fact]
    public void Intervals_hold_for_all_deviations_at_once()
    {
        const int Experiments = 200, Replicates = 24, Deviations = 30;
        int covered = 0;
        for (int experiment = 0; experiment < Experiments; experiment++)
        {
            var draws = new Seed(7).For("experiment", experiment);
            var gains = Enumerable.Range(0, Deviations).Select(deviation => (
                new Deviation(deviation, 1, 1, 1),
                Enumerable.Range(0, Replicates).Select(replicate =>
                    -deviation + draws.Normal(replicate) + (1 + deviation) * draws.For("own", deviation).Normal(replicate)).ToArray())).ToList();
            covered += DeviationGains.Of(gains, 0.95, draws).All(gain => gain.Low <= -gain.Deviation.Client && gain.High >= -gain.Deviation.Client) ? 1 : 0;
        }

        Assert.InRange(covered / (double)Experiments, 0.9, 1);
    }

    [Fact]
    public void Regret_is_of_the_best_deviation_and_never_negative()
    {
        var gains = DeviationGains.Of(
            [
                (new Deviation(0, 1, 1, 1), [0, 0, 0, 0]),
                (new Deviation(0, 0, 1, 1), [-5, -6, -5, -4]),
                (new Deviation(1, 1, 1, 2), [2, 3, 2, 1]),
            ],
            0.95,
            new Seed(1));
        var regrets = DeviationGains.Regrets(gains);
        Assert.Equal([(0, 0.0), (1, 2.0)], regrets.Select(client => (client.Best.Deviation.Client, client.Regret)));
        Assert.Equal(0, regrets[0].Low);
        Assert.True(regrets[1].Low <= 2 && regrets[1].High >= 2);
        Assert.Equal(-5, gains[1].Mean); // negative gains are shown as they are
    }

    [Fact]
    public void Every_replicate_plays_the_profile_and_every_deviation_with_the_same_draws()
    {
        var run = Configured.Run(
            "learning.model=quadratic", "experiment.kind=regret", "experiment.regret.clients=[2]", "experiment.regret.replicates=4",
            "experiment.regret.efforts=[0]", "experiment.regret.batch-factors=[1]", "experiment.regret.gammas=[1]");
        Assert.Equal(8, run.Plan.Games.Count);
        Assert.Equal(4, run.Plan.Games.Select(game => game.DrawSeed).Distinct().Count());
        Assert.All(run.Plan.Games.Chunk(2), pair => Assert.Equal(pair[0].DrawSeed, pair[1].DrawSeed));
        var deviating = run.Plan.Games[1].Crowd.Groups;
        Assert.Equal(["truthful", "fixed"], deviating.Select(group => group.Strategy.Name));
        Assert.Equal([new ClientRange(0, 2), new ClientRange(3, 7)], deviating[0].Members);
        Assert.Equal([new ClientRange(2, 1)], deviating[1].Members);
        var error = Assert.Throws<SettingException>(() => Configured.Run("experiment.kind=regret", "experiment.regret.clients=[10]"));
        Assert.Contains("names client 10; clients are 0 to 9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_flat_pay_the_regret_of_a_truthful_client_is_its_cost_less_that_of_one_sample()
    {
        File.WriteAllText(_folder.In("flat.conf"), """
            flcrowd {
              learning { model = quadratic, step-size = 0.1 }
              experiment { kind = regret, regret { replicates = 4, clients = [3] } }
            }
            """);
        var run = await FlcrowdProcess.RunAsync(_folder.Path, "run", "flat.conf", "--out", "out");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("NashConv of the measured clients: 24.90", run.Output, StringComparison.Ordinal); // 20 + 5 - 0.1: e = 0, D = 1
        Assert.True(File.Exists(_folder.In("out/regret.csv")));
    }
}
