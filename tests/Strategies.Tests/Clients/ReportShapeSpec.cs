using System.Globalization;

namespace FLCrowd.Strategies.Tests.Clients;

public class ReportShapeSpec
{
    private static readonly float[] Previous = [1, 2, 3];
    private static readonly float[] Global = [2, 2, 5];
    private static readonly float[] Local = [3, 1, 5];

    [Theory]
    [InlineData("linear 5 0", 1, new[] { 7f, -3, 5 })]
    [InlineData("linear 5 0", 3, new[] { 4.5f, -0.5f, 5 })]
    [InlineData("linear 5 0", 5, new[] { 2f, 2, 5 })]
    [InlineData("pieces 2 0", 3, new[] { 4f, 0, 5 })]
    [InlineData("pieces 2 0", 4, new[] { 2f, 2, 5 })]
    [InlineData("replay 3", 2, new[] { 5f, 2, 11 })]
    [InlineData("replay 3", 1, new[] { 2f, 2, 5 })]
    [InlineData("average 0.25", 2, new[] { 3f, 1.25f, 5.5f })]
    [InlineData("inflate 0.1", 4, new[] { 3f, 1, 5 })]
    [InlineData("inflate 0.1", 5, new[] { 3.8f, 1.8f, 7 })]
    [InlineData("inflate 0.1 2", 4, new[] { 3.8f, 1.8f, 7 })]
    [InlineData("stale", 2, new[] { 2f, 1, 3 })]
    [InlineData("stale", 1, new[] { 3f, 1, 5 })]
    [InlineData("mix 0 0 2 0", 3, new[] { 4f, 0, 5 })]
    [InlineData("mix 3 0.1 0", 2, new[] { 5f, 2, 11 })]
    [InlineData("mix 3 0.1 1", 5, new[] { 6.8f, 1.8f, 13 })]
    public void A_shape_is_a_function_of_the_round(string shape, int round, float[] expected)
    {
        var report = Report(shape, round);
        Assert.All(expected.Zip(report), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Noise_is_as_long_as_the_crowds_last_step_and_the_same_for_the_same_draws()
    {
        var squares = Enumerable.Range(0, 4000).Select(draw => Report("noise 2", 3, (ulong)draw)
            .Zip(Global, (reported, global) => (reported - global) * (reported - global)).Sum()).ToList();
        Assert.Equal(4 * 5, squares.Average(), 0.8); // the step is (1, 0, 2)
        Assert.Equal(Report("noise 2", 3, 9), Report("noise 2", 3, 9));
        Assert.Equal(Global, Report("noise 2", 1));
    }

    [Fact]
    public void Who_reports_so_labels_and_computes_as_it_is_told()
    {
        var strategy = Game.Strategy("fixed", """{ "effort": 0, "batch-factor": 0.5, "report": "replay 1" }""");
        Assert.Equal(new ClientAction(0, 30, 1), strategy.Choose(Game.View()));
        Assert.NotNull(strategy.Capability<IReporter>());
        Assert.Null(Game.Strategy("fixed").Capability<IReporter>());
        var other = Game.Strategy("fixed", """{ "report": "stale", "otherwise": { "strategy": "epsilon-greedy", "efforts": [0, 1] } }""");
        Assert.NotNull(other.Capability<IStrategyMemory>());
        Assert.NotNull(other.Capability<IReporter>());
    }

    [Theory]
    [InlineData("linear 5")]
    [InlineData("linear 5 0 1")]
    [InlineData("pieces")]
    [InlineData("inflate 0.1 1.5")]
    [InlineData("inflate 0.1 0")]
    [InlineData("replay x")]
    [InlineData("loud 1")]
    [InlineData("")]
    public void What_is_no_shape_is_refused_with_those_that_there_are(string shape) => Assert.Equal(
        $"clients[3].report: is '{shape}'; must be one of linear A B | pieces A B ... | replay FACTOR | average WEIGHT | "
        + "inflate SHARE [ROUNDS] | noise FACTOR | stale | mix STEP SHARE A B ...",
        Game.SettingError(() => Game.Strategy("fixed", $$"""{ "report": "{{shape}}" }""")));

    private static float[] Report(string shape, int round, ulong seed = 1)
    {
        var strategy = Game.Strategy("fixed", string.Create(CultureInfo.InvariantCulture, $$"""{ "report": "{{shape}}" }"""));
        float[] report = [.. Local];
        strategy.Capability<IReporter>()!.Report(
            new ReportView
            {
                Client = 7,
                Round = round,
                Rounds = 5,
                Weight = 0.25,
                Global = Global,
                Previous = round == 1 ? [] : Previous,
                Local = Local,
                Seed = new Seed(seed),
            },
            report);
        return report;
    }
}
