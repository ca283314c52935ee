using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments;

namespace FLCrowd.Host.Tests;

/// <summary>A surrogate is made around the batch sizes that the mechanism assigns by it.</summary>
public class OptimalAssignmentSpec
{
    private const string Optimal = "game.assignment=optimal";

    [Fact]
    public async Task A_source_is_fitted_around_the_assignment_until_that_settles()
    {
        var source = new ProbeSource(sizes => 1.8 * sizes[0] / 60.0); // D_min = 60 at a = 1.8
        var (surrogate, warnings) = await Make(source, Optimal);
        Assert.Equal([50, 56], source.FittedAround.Select(sizes => sizes[0]));
        Assert.Equal(1.8 * 56 / 60, surrogate.BatchSlope[0], 1e-12);
        Assert.Empty(warnings);
    }

    [Fact]
    public async Task One_that_does_not_settle_is_told()
    {
        var source = new ProbeSource(sizes => sizes[0] > 60 ? 1 : 3);
        var (_, warnings) = await Make(source, Optimal);
        Assert.Equal(3, source.FittedAround.Count);
        Assert.StartsWith("the optimal batch sizes did not settle", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Even_batches_are_of_the_surrogate_that_the_optimal_ones_are_made_by()
    {
        string[] costly = [Optimal, "data.clients=2", "game.computation-cost=[0.001,0.004]"];
        var (optimal, even) = (new ProbeSource(sizes => 1.8 * sizes[0] / 60.0), new ProbeSource(sizes => 1.8 * sizes[0] / 60.0));
        await Make(optimal, costly);
        await Make(even, [.. costly, "game.lceme.even=true"]);
        Assert.Equal(optimal.FittedAround, even.FittedAround);
        Assert.NotEqual(even.FittedAround[^1][0], even.FittedAround[^1][1]);
    }

    [Fact]
    public async Task A_given_assignment_is_fitted_once()
    {
        var source = new ProbeSource(sizes => sizes[0]);
        await Make(source, "game.assignment=40");
        Assert.Equal([40], source.FittedAround.Select(sizes => sizes[0]));
    }

    private static async Task<(LossSurrogate Surrogate, List<string> Warnings)> Make(ProbeSource source, params string[] settings)
    {
        var catalog = PluginCatalog.Of(new FLCrowd.Model.ModelPlugin(), new Strategies.StrategiesPlugin(), new ProbePlugin(source));
        var run = PlanBuilder.Build(
            "test",
            ExperimentSources.Resolve(
                new ExperimentSource(
                    "test", "test.conf",
                    "flcrowd { learning.model = quadratic, game { mechanism = lceme, lceme.surrogate = test/probe } }", "test.conf"),
                [.. settings, "game.money-per-loss=1e-9"],
                null).Tree,
            catalog, ExperimentList.BuiltIn);
        await using var node = await LocalNode.StartAsync(catalog, 1);
        var warnings = new List<string>();
        var game = run.Plan.Games[0];
        var preparation = new SurrogatePreparation(
            catalog, node.System, ConstantsCache.Open("off"), 1, warnings.Add, TestContext.Current.CancellationToken);
        var surrogate = await preparation.SurrogateOfAsync(
            game, ((ISurrogateMechanism)catalog.CreateMechanism(game.Incentive.Mechanism)).Surrogate);
        return (surrogate, warnings);
    }

    private sealed class ProbeSource(Func<IReadOnlyList<int>, double> slope) : ILossSurrogateSource
    {
        public List<IReadOnlyList<int>> FittedAround { get; } = [];

        public Task<LossSurrogate> FitAsync(SurrogateSetup setup, CancellationToken cancel)
        {
            FittedAround.Add(setup.BatchSizes);
            return Task.FromResult(new LossSurrogate
            {
                Name = "probe",
                Constant = 1,
                MinimalLoss = 0,
                BatchSlope = slope(setup.BatchSizes),
                EffortSlope = 0.1,
                ReportCurvature = 0.2,
            });
        }
    }

    private sealed class NoOptions;

    private sealed class ProbePlugin(ProbeSource source) : IPlugin
    {
        public void Register(IPluginRegistry registry) => registry.AddSurrogate<NoOptions>("test/probe", "Counts.", _ => source);
    }
}
