using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments;
using FLCrowd.Host.Tests.Templates;
using FLCrowd.Model;
using FLCrowd.Sample.Plugin;
using FLCrowd.Strategies;

namespace FLCrowd.Host.Tests;

/// <summary>A third party's mechanism and surrogate, in games of the real actors beside the built-in ones.</summary>
public class SamplePluginSpec
{
    private const string Game = """
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = 10 }
          game {
            assignment = 60, money-per-loss = 1000
            lceme { surrogate = "sample/by-class", surrogate-options { batch-slope = [2, 4, 8], pilots = 2 } }
            "sample/improvement-share" { share = 0.3, surrogate-options { batch-slope = [2, 4, 8], pilots = 2 } }
          }
          clients = [{ strategy = shirk-labeling, ids = [7] }, { strategy = truthful, share = 1 }]
        }
        """;

    private static readonly PluginCatalog Catalog = PluginCatalog.Of(new ModelPlugin(), new StrategiesPlugin(), new SamplePlugin());

    [Fact]
    public void The_experiment_that_comes_with_it_is_valid()
    {
        var source = ExperimentSources.Find(Path.Combine(OutsideProjects.Solution(), "samples/FLCrowd.Sample.Plugin/fading-reports.conf"));
        var run = PlanBuilder.Build(source.Name, ExperimentSources.Resolve(source, [], null).Tree, Catalog, ExperimentList.BuiltIn);
        Assert.Equal(66 * 24, run.Plan.Games.Count);
    }

    [Theory]
    [InlineData("lceme")]
    [InlineData("sample/improvement-share")]
    public async Task A_surrogate_of_a_plug_in_is_made_before_the_game_and_pays_in_it(string mechanism)
    {
        var played = await Played.FileAsync(Catalog, Game, $"game.mechanism={mechanism}", "game.payoff-basis=bound");
        var surrogate = played.Plan.Games[0].Incentive.Surrogate!;
        Assert.Equal("sample/by-class", surrogate.Name);
        Assert.Equal([2, 4, 8, 2, 4, 8, 2, 4, 8, 2], Enumerable.Range(0, 10).Select(client => surrogate.BatchSlope[client]));

        var episode = played.Episodes[0];
        double asked = surrogate.TruthfulLoss([.. Enumerable.Repeat(60, 10)]);
        Assert.Equal(asked + 0.1, episode.Result.PaidLoss!.Value, 1e-12);
        var shirker = episode.Clients.ElementAt(7);
        Assert.Equal(shirker.SurrogatePayoff!.Value, shirker.Reward - shirker.Cost, 1e-9);
    }

    [Fact]
    public async Task The_plug_ins_mechanism_pays_the_cost_of_what_is_asked_and_a_share_of_the_improvement()
    {
        var played = await Played.FileAsync(Catalog, Game, "game.mechanism=sample/improvement-share");
        var (episode, surrogate) = (played.Episodes[0], played.Plan.Games[0].Incentive.Surrogate!);
        double improvement = surrogate.TruthfulLoss([.. Enumerable.Repeat(60, 10)]) - episode.Result.PaidLoss!.Value;
        double reward = 20 + 10 * 0.001 * 60 + 0.3 * 1000 * 0.1 * improvement;
        Assert.All(episode.Clients, client => Assert.Equal(reward, client.Reward, 1e-9));
        Assert.Equal(20 + 10 * 30 * improvement, episode.Rent, 1e-9); // the shirker spares its cost, the others are paid theirs
    }

    [Fact]
    public async Task The_level_is_what_cooperative_episodes_test()
    {
        // Pilots play what the game plays when all are truthful: the levels are close, and not equal, as draws differ.
        var played = await Played.FileAsync(
            Catalog, Game, "game.mechanism=sample/improvement-share", "clients=[{ strategy = truthful, share = 1 }]",
            "game.\"sample/improvement-share\".surrogate-options.pilots=40", "experiment.episodes=40");
        double level = played.Plan.Games[0].Incentive.Surrogate!.TruthfulLoss([.. Enumerable.Repeat(60, 10)]);
        double mean = played.Episodes.Average(episode => episode.Result.Rounds[^1].Evaluation.TestLoss);
        Assert.Equal(mean, level, 0.05 * mean);
        Assert.NotEqual(mean, level);
    }
}
