using System.Globalization;

namespace FLCrowd.Host.Tests;

public class SweepSpec
{
    private const string Sweep = "experiment.kind=sweep";

    [Fact]
    public void A_sweep_is_variants_times_grid_times_seeds()
    {
        var plan = Configured.Run(
            Sweep,
            "experiment.variants={ a { learning.local-steps = 2 }, \"b c\" { clients = [{ strategy = misreport, gamma = 0, share = 1 }] } }",
            "experiment.grid.\"learning.step-size\"=[0.1, 0.2]",
            "experiment.grid.\"game.assignment\"=[10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 30]",
            "experiment.seeds=4",
            "experiment.episodes=2",
            "seed=40").Plan;

        Assert.Equal(["variant", "learning.step-size", "game.assignment"], plan.SweptPaths);
        Assert.Equal(2 * 2 * 3 * 4, plan.Games.Count);
        Assert.Equal(Enumerable.Range(0, plan.Games.Count), plan.Games.Select(game => game.Game));
        Assert.Equal(Enumerable.Range(0, plan.Games.Count).Select(game => 2 * game), plan.Games.Select(game => game.FirstEpisode));
        Assert.Equal([40, 41, 42, 43], plan.Games.Take(4).Select(game => game.Seed));
        Assert.Equal(plan.Games.Count / 4, plan.Games.Select(game => string.Join('|', game.Swept)).Distinct().Count());
        Assert.All(plan.Games, game =>
        {
            Assert.Equal(game.Swept[0] == "a" ? 2 : 1, game.Learning.Protocol.LocalSteps);
            Assert.Equal(game.Swept[0] == "a" ? "truthful" : "misreport", game.Crowd.Groups.Single().Strategy.Name);
            Assert.Equal(game.Swept[1], game.Learning.Protocol.StepSize.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(game.Swept[2], game.Crowd.BatchSizes.Length == 1 ? $"{game.Crowd.BatchSizes[0]}" : "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]");
        });
    }

    [Fact]
    public void Seeds_may_be_listed() => Assert.Equal(
        [7UL, 0UL], Configured.Run(Sweep, "experiment.seeds=[7, 0]").Plan.Games.Select(game => game.Seed));

    [Theory]
    [InlineData("experiment.grid.\"learning.step-sise\"=[1]", "learning.step-sise: is unknown (did you mean 'step-size'?) (in the cell 1)")]
    [InlineData("experiment.grid.\"learning.step-size\"=[0.5, -1]", "learning.step-size: is -1; must be a number of above 0, or tuned (in the cell -1)")]
    [InlineData("experiment.grid.\"learning.step-size\"=1", "experiment.grid.\"learning.step-size\": must be a list of values")]
    [InlineData("experiment.grid.learning.step-size=[1]", "experiment.grid.learning: must be a list of values")]
    [InlineData("experiment.grid.seed=[1]", "experiment.grid.seed: must not change seed, which belongs to the whole run; use experiment.seeds")]
    [InlineData("experiment.variants.a.experiment.episodes=3", "experiment.variants.a: must not change experiment, which belongs to the whole run")]
    [InlineData("experiment.variants.a.execution.threads=3", "experiment.variants.a: must not change execution.threads, which belongs to the whole run")]
    [InlineData("experiment.variants.a=3", "experiment.variants.a: must be a block of overrides")]
    [InlineData("experiment.variants.a.data.clients=0", "data.clients: is 0; must be a whole number of at least 1 (in the cell a)")]
    [InlineData("experiment.seeds=[1, 1]", "experiment.seeds: has 1 twice")]
    [InlineData("experiment.seeds=0", "experiment.seeds: is 0; must be a whole number of at least 1")]
    public void Every_cell_is_checked(string setting, string message) =>
        Assert.StartsWith(message, Configured.Error(Sweep, setting), StringComparison.Ordinal);
}
