using FLCrowd.Experiments.Figures;

namespace FLCrowd.Host.Tests;

public class ClaimSpec
{
    private static readonly Claim Some = new("fig2", "loss falls", "the training loss decreases");

    [Fact]
    public void A_claim_holds_where_every_interval_lies_above_0()
    {
        var judged = JudgedClaim.Of(Some, "panel", new Comparison("1 to 5", [3, 3.1, 2.9]), new Comparison("5 to 10", [1, 1.2, 0.8]));
        Assert.Equal((Verdict.Held, "5 to 10", 2, 3), (judged.Verdict, judged.Decisive, judged.Comparisons, judged.Margin.Count));
        Assert.Equal(1, judged.Margin.Mean, 12);

        // Student with two degrees of freedom at 1 - .05/2/2: 6.205.
        Assert.Equal(0.2 / Math.Sqrt(3) * 6.2053, judged.Interval.High - judged.Margin.Mean, 1e-3);
    }

    [Fact]
    public void One_comparison_that_is_surely_the_other_way_is_enough_against_it()
    {
        var judged = JudgedClaim.Of(
            Some,
            "panel",
            new Comparison("1 to 5", [3, 3.1, 2.9]),
            new Comparison("5 to 10", [0.5, -0.6, 0.1]),
            new Comparison("10 to 50", [-1, -1.1, -0.9]));
        Assert.Equal((Verdict.NotHeld, "10 to 50"), (judged.Verdict, judged.Decisive));
        Assert.True(judged.Interval.High < 0);
    }

    [Fact]
    public void A_comparison_within_the_noise_settles_nothing()
    {
        var judged = JudgedClaim.Of(Some, "panel", new Comparison("1 to 5", [3, 3.1, 2.9]), new Comparison("5 to 10", [0.5, -0.6, 0.4]));
        Assert.Equal((Verdict.NotSettled, "5 to 10"), (judged.Verdict, judged.Decisive));
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new double[] { 5 })]
    public void Fewer_than_two_seeds_settle_nothing(double[] differences) =>
        Assert.Equal(Verdict.NotSettled, JudgedClaim.Of(Some, "panel", new Comparison("1 to 5", differences)).Verdict);

    [Fact]
    public void No_difference_is_no_gain_but_is_enough_for_at_least()
    {
        Assert.Equal(Verdict.NotHeld, JudgedClaim.Of(Some, "panel", new Comparison("1 to 5", [0, 0, 0])).Verdict);
        Assert.Equal(Verdict.Held, JudgedClaim.Of(Some, "panel", new Comparison("1 to 5", [-1e-9, 0, 1e-9], OrEqual: true)).Verdict);
        Assert.Equal(Verdict.NotHeld, JudgedClaim.Of(Some, "panel", new Comparison("1 to 5", [-1, -1.01, -0.99], OrEqual: true)).Verdict);
    }

    [Fact]
    public void Differences_are_paired_by_seed()
    {
        var samples = new Samples();
        foreach (ulong seed in (ulong[])[3, 1, 2])
        {
            samples.Add(seed, 10 * seed, "panel", "1");
            samples.Add(seed, 10 * seed - 1, "panel", "5");
        }

        samples.Add(9, 100, "panel", "1");
        Assert.Equal([1, 1, 1], samples.Difference(["panel", "1"], ["panel", "5"]));
        Assert.Equal([-1, -1, -1], Outcome.TrainingLoss.HowMuchWorse(samples, ["panel", "5"], ["panel", "1"]));
        Assert.Equal([1, 1, 1], Outcome.Accuracy.HowMuchWorse(samples, ["panel", "5"], ["panel", "1"]));
        Assert.Equal([10, 20, 30, 100], samples.At("panel", "1"));
        Assert.Empty(samples.Difference(["panel", "1"], ["panel", "7"]));
    }
}
