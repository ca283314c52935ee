using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Preparation;

namespace FLCrowd.Host.Tests.Tuning;

public class StepSizeSearchSpec
{
    private static StepSizeTuning Tuning { get; } = new(From: 0.01, To: 10, Points: 9, Seeds: 12, TuningLoss.Test);

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.7)]
    [InlineData(3)]
    public async Task Finds_the_least_of_a_lopsided_loss(double best)
    {
        var found = await Search(stepSize => Lopsided(stepSize, best), noise: 0);
        Assert.Equal(best, found.Value, 0.02 * best);
        Assert.Equal(Lopsided(best, best), found.LeastLoss, 1e-3);
        Assert.Equal(0, found.StandardError, 1e-9 * best);
    }

    /// <summary>The truth within two standard errors in most of many searches, and in all within a few.</summary>
    [Fact]
    public async Task Standard_errors_are_calibrated()
    {
        var scores = new List<double>();
        for (ulong seed = 0; seed < 300; seed++)
        {
            var found = await Search(stepSize => 0.5 + 0.1 * Math.Pow(Math.Log(stepSize / 0.5), 2), noise: 0.02, new Seed(seed));
            scores.Add((found.Value - 0.5) / found.StandardError);
        }

        double within = scores.Count(score => Math.Abs(score) <= 2.2) / (double)scores.Count; // t with 11 degrees of freedom: 95%
        TestContext.Current.TestOutputHelper?.WriteLine($"within: {within}");
        Assert.InRange(within, 0.9, 0.985);
    }

    [Fact]
    public async Task A_step_size_that_fails_is_infinitely_bad_and_is_told()
    {
        var found = await Search(
            stepSize => stepSize > 2 ? double.NaN : stepSize > 0.8 ? throw new FailedPlay() : Lopsided(stepSize, 0.5), noise: 0);
        Assert.Equal(0.5, found.Value, 0.01);
        Assert.All(found.Failed, step => Assert.InRange(step.StepSize, 0.8, 2));
        Assert.NotEmpty(found.Failed);
        Assert.Equal("it diverged", found.Failed[0].Reason);
    }

    [Fact]
    public async Task A_minimum_at_the_border_is_refused()
    {
        Assert.StartsWith(
            "learning.tuning.from: is 0.01, where the test loss is least: it may be less below",
            await Error(stepSize => stepSize), StringComparison.Ordinal);
        Assert.StartsWith(
            "learning.tuning.to: is 10, where the test loss is least: it may be less above",
            await Error(stepSize => 1 / stepSize), StringComparison.Ordinal);
        Assert.StartsWith("learning.tuning.to: is 10", await Error(stepSize => Lopsided(stepSize, 9.99)), StringComparison.Ordinal);
        Assert.Equal(
            "learning.tuning.from: is 0.01, and no step size from there on trains: it diverged", await Error(_ => throw new FailedPlay()));
    }

    [Fact]
    public async Task A_minimum_that_noise_hides_asks_for_seeds() =>
        Assert.StartsWith("learning.tuning.", await Error(_ => 1, noise: 1), StringComparison.Ordinal);

    /// <summary>Falls slowly below the best step size, and rises ever more steeply above it.</summary>
    private static double Lopsided(double stepSize, double best)
    {
        double x = stepSize / best;
        return 0.5 + x - Math.Log(x) + 1e-3 * Math.Exp(Math.Min(20 * (x - 1), 700)) - 0.02 * x;
    }

    private static async Task<string> Error(Func<double, double> loss, double noise = 0) =>
        (await Assert.ThrowsAsync<SettingException>(() => Search(loss, noise))).Message;

    /// <summary>Each seed has a loss of its own, smooth in log eta, as paired episodes have.</summary>
    private static Task<StepSizeOptimum> Search(Func<double, double> loss, double noise, Seed? seed = null) =>
        new StepSizeSearch(Tuning, (stepSize, seeds) =>
        {
            try
            {
                double expected = loss(stepSize), log = Math.Log(stepSize);
                return Task.FromResult<(double[]?, string?)>(([.. Enumerable.Range(0, seeds).Select(replicate =>
                {
                    var draws = (seed ?? new Seed(1)).For("replicate", replicate);
                    return expected + noise * (draws.Normal(0) + draws.Normal(1) * log + 0.2 * draws.Normal(2) * Math.Sin(3 * log));
                })], null));
            }
            catch (FailedPlay)
            {
                return Task.FromResult<(double[]?, string?)>((null, "it diverged"));
            }
        }).RunAsync();

    private sealed class FailedPlay : Exception;
}
