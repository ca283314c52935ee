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
            "experiment.variants={ a { learning.local-steps = 2 }, \"b c\" { "
            + "clients = [{ strategy = misreport, gamma = 0, share = 1 }] } }",
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
            Assert.Equal(
                game.Swept[2], game.Crowd.BatchSizes.Length == 1 ? $"{game.Crowd.BatchSizes[0]}" : "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]");
        });
    }

    [Fact]
    public void Axes_are_dimensions_with_names_between_variants_and_grid()
    {
        var plan = Configured.Run(
            Sweep,
            "experiment.variants={ v { learning.rounds = 3 } }",
            "experiment.axes={ crowd { none {}, \"two liars\" { "
                + "clients = [{ strategy = misreport, count = 2 }, { strategy = truthful, share = 1 }] } }, "
                + "gamma { low { clients { 0 { weight = 2 } } }, high { clients { 0 { weight = 4 } } } } }",
            "experiment.grid.\"learning.local-steps\"=[1, 2]").Plan;

        Assert.Equal(["variant", "crowd", "gamma", "learning.local-steps"], plan.SweptPaths);
        Assert.Equal(
            from crowd in (string[])["none", "two liars"]
            from gamma in (string[])["low", "high"]
            from steps in (string[])["1", "2"]
            select $"v|{crowd}|{gamma}|{steps}",
            plan.Games.Select(game => string.Join('|', game.Swept)));
        Assert.All(plan.Games, game =>
        {
            Assert.Equal(3, game.Learning.Protocol.Rounds);
            Assert.Equal(game.Swept[1] == "none" ? "truthful" : "misreport", game.Crowd.Groups[0].Strategy.Name);
            Assert.Equal(game.Swept[2] == "low" ? 2.0 : 4.0, game.Crowd.Groups[0].Weight);
        });
    }

    [Fact]
    public void Draws_repeat_a_game_on_the_data_of_its_seed()
    {
        var games =
            Configured.Run(Sweep, "experiment.seeds=2", "experiment.draws=3", "experiment.grid.\"game.assignment\"=[10, 20]").Plan.Games;
        Assert.Equal([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2], games.Select(game => (int)game.Seed));
        Assert.Equal(6, games.Select(game => game.DrawSeed).Distinct().Count());
        Assert.Equal(games.Take(6).Select(game => game.DrawSeed), games.Skip(6).Select(game => game.DrawSeed));
        Assert.Null(Configured.Run(Sweep, "experiment.seeds=2").Plan.Games[1].DrawSeed);
    }

    [Fact]
    public void Seeds_may_be_listed() => Assert.Equal(
        [7UL, 0UL], Configured.Run(Sweep, "experiment.seeds=[7, 0]").Plan.Games.Select(game => game.Seed));

    [Theory]
    [InlineData("experiment.grid.\"learning.step-sise\"=[1]", "learning.step-sise: is unknown (did you mean 'step-size'?) (in the cell 1)")]
    [InlineData("experiment.grid.\"learning.step-size\"=[0.5, -1]",
        "learning.step-size: is -1; must be a number of above 0, or tuned (in the cell -1)")]
    [InlineData("experiment.grid.\"learning.step-size\"=1", "experiment.grid.\"learning.step-size\": must be a list of values")]
    [InlineData("experiment.grid.learning.step-size=[1]", "experiment.grid.learning: must be a list of values")]
    [InlineData("experiment.grid.seed=[1]",
        "experiment.grid.seed: must not change seed, which belongs to the whole run; use experiment.seeds")]
    [InlineData("experiment.variants.a.experiment.episodes=3",
        "experiment.variants.a: must not change experiment, which belongs to the whole run")]
    [InlineData("experiment.variants.a.execution.threads=3",
        "experiment.variants.a: must not change execution.threads, which belongs to the whole run")]
    [InlineData("experiment.variants.a=3", "experiment.variants.a: must be a block of overrides")]
    [InlineData("experiment.variants.a.data.clients=0", "data.clients: is 0; must be a whole number of at least 1 (in the cell a)")]
    [InlineData("experiment.grid.\"learning.step-size\"=[]", "experiment.grid.\"learning.step-size\": must be a list of values")]
    [InlineData("experiment.axes.a=3", "experiment.axes.a: must be a block of named overrides")]
    [InlineData("experiment.axes.a.b=3", "experiment.axes.a.b: must be a block of overrides")]
    [InlineData("experiment.axes.seed={ b {} }", "experiment.axes.seed: is the name of another column")]
    [InlineData("experiment.axes.a.b.seed=3",
        "experiment.axes.a.b: must not change seed, which belongs to the whole run; use experiment.seeds")]
    [InlineData("experiment.figure=fig1", "experiment.figure: is fig1; must be none | fig2 | fig3 | fig4 | fig5 | fig6 | fig7")]
    [InlineData("experiment.figure=fig2", "experiment.figure: is fig2, which needs a sweep over panel, shirkers, game.assignment")]
    [InlineData("experiment.experiments=[fig2]", "experiment.kind: is sweep; experiments needs kind = collection")]
    [InlineData("experiment.seeds=[]", "experiment.seeds: is []; must be a number of seeds or a list of at least one")]
    [InlineData("experiment.seeds=[1, 1]", "experiment.seeds: has 1 twice")]
    [InlineData("experiment.seeds=0", "experiment.seeds: is 0; must be a whole number of at least 1")]
    public void Every_cell_is_checked(string setting, string message) =>
        Assert.StartsWith(message, Configured.Error(Sweep, setting), StringComparison.Ordinal);
}
