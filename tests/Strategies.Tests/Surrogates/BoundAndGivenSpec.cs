using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Tests.Surrogates;

public class BoundAndGivenSpec
{
    [Theory]
    [InlineData("theorem1")]
    [InlineData("corrected")]
    public async Task Bounds_take_the_models_constants_and_options_overrule_them(string name)
    {
        double[] weights = [0.4, 0.6];
        var setup = SurrogateGame.Setup(weights, [60, 60], () => SurrogateGame.Constants);
        Func<LearningConstants, IReadOnlyList<double>, TrainingProtocol, string, LossSurrogate> bound =
            name == "theorem1" ? Theorem1.Surrogate : CorrectedBound.Surrogate;
        Same(bound(SurrogateGame.Constants, weights, setup.Protocol, ""), await Source(name, "{}").FitAsync(setup));
        Same(
            bound(SurrogateGame.Constants with { LabelNoise = 7, GradientVariance = new PerClient(1, 2) }, weights, setup.Protocol, ""),
            await Source(name, """{ "label-noise": 7, "gradient-variance": [1, 2] }""").FitAsync(setup));
    }

    [Fact]
    public async Task A_model_without_constants_is_refused_unless_all_are_given()
    {
        var setup = SurrogateGame.Setup([1], [60]);
        Assert.Equal("learning.model: has no constants",
            await Game.SettingErrorAsync(() => Source("theorem1", """{ "smoothness": 1 }""").FitAsync(setup)));
        var given = await Source("theorem1", """
            {
              "smoothness": 1, "strong-convexity": 1, "gradient-variance": [180], "label-noise": 1, "gradient-norm": 10,
              "heterogeneity": [0.2], "minimal-loss": 0.3, "initial-distance": 1
            }
            """).FitAsync(setup);
        Same(Theorem1.Surrogate(SurrogateGame.Constants, [1], setup.Protocol), given);
    }

    [Fact]
    public async Task The_corrected_bound_refuses_several_local_steps() => Assert.StartsWith(
        "learning.local-steps: is 2, but the corrected bound is proved for 1 only",
        await Game.SettingErrorAsync(() => Source("corrected", "{}").FitAsync(SurrogateGame.Setup(
            [1], [60], () => SurrogateGame.Constants, protocol: new TrainingProtocol { Rounds = 100, LocalSteps = 2, StepSize = 0.1 }))),
        StringComparison.Ordinal);

    [Fact]
    public async Task Given_numbers_are_taken_as_they_are()
    {
        var setup = SurrogateGame.Setup([0.5, 0.5], [10, 20]);
        var fit = await Source(
            "given", """{ "batch-slope": [1, 2], "effort-slope": [3], "truthful-loss": 5, "minimal-loss": 1 }""").FitAsync(setup);
        Assert.Equal(5, fit.TruthfulLoss([10, 20]) + fit.MinimalLoss, 12);
        Assert.Equal(new ClientLossTerm(2, 3, 0, 1, 0, 0), fit.Client(1));
        var level = await Source("given", """{ "batch-slope": [1], "effort-slope": [3], "constant": 7 }""").FitAsync(setup);
        Assert.Equal(7, level.Constant);
    }

    [Theory]
    [InlineData("""{ "batch-slope": [1], "effort-slope": [1] }""",
        "game.lceme.surrogate-options: needs exactly one of truthful-loss and constant")]
    [InlineData("""{ "batch-slope": [1], "effort-slope": [1], "constant": 0, "truthful-loss": 1 }""",
        "game.lceme.surrogate-options: needs exactly one of truthful-loss and constant")]
    [InlineData("""{ "effort-slope": [1], "constant": 0 }""",
        "game.lceme.surrogate-options.batch-slope: is empty; must have one number for all clients or one per client")]
    [InlineData("""{ "batch-slope": [1, 2, 3], "effort-slope": [1], "constant": 0 }""",
        "game.lceme.surrogate-options: the surrogate 'given' has 3 values of batch-slope; must be 1 or 2")]
    public async Task Given_numbers_must_be_complete(string options, string message) =>
        Assert.Equal(
            message, await Game.SettingErrorAsync(() => Source("given", options).FitAsync(SurrogateGame.Setup([0.5, 0.5], [10, 20]))));

    /// <summary>Every constant of its own: none is read in the place of another.</summary>
    [Fact]
    public async Task Each_constant_that_is_given_takes_the_place_of_the_estimated_one()
    {
        var setup = SurrogateGame.Setup([0.4, 0.6], [60, 60], () => SurrogateGame.Constants);
        foreach (var (option, constants) in ((string, LearningConstants)[])
        [
            ("\"smoothness\": 3", SurrogateGame.Constants with { Smoothness = 3 }),
            ("\"strong-convexity\": 0.5", SurrogateGame.Constants with { StrongConvexity = 0.5 }),
            ("\"gradient-norm\": 4", SurrogateGame.Constants with { GradientNorm = 4 }),
            ("\"heterogeneity\": [1, 2]", SurrogateGame.Constants with { Heterogeneity = new PerClient(1, 2) }),
            ("\"minimal-loss\": 0", SurrogateGame.Constants with { MinimalLoss = 0 }),
            ("\"initial-distance\": 9", SurrogateGame.Constants with { InitialDistance = 9 }),
        ])
        {
            Same(Theorem1.Surrogate(constants, [0.4, 0.6], setup.Protocol), await Source("theorem1", $"{{ {option} }}").FitAsync(setup));
        }
    }

    private static ILossSurrogateSource Source(string name, string options) =>
        Game.Catalog.CreateSurrogate(new PluginChoice(name, options, SurrogateGame.Path));

    private static void Same(LossSurrogate expected, LossSurrogate actual)
    {
        Assert.Equal((expected.Name, expected.Constant, expected.MinimalLoss), (actual.Name, actual.Constant, actual.MinimalLoss));
        Assert.All(
            Enumerable.Range(0, expected.BatchSlope.Values.Count), client => Assert.Equal(expected.Client(client), actual.Client(client)));
    }
}
