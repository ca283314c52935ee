using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Figures;

namespace FLCrowd.Host.Tests;

public class ClaimSpec
{
    private static readonly Claim Some = new("fig2", "loss falls", "the training loss decreases");
    private static readonly Claim Seen = Some with { Text = "loss falls in the end", Origin = ClaimOrigin.Found };

    [Fact]
    public void A_claim_holds_where_every_interval_lies_above_0()
    {
        var judged = Judge(new Comparison("1 to 5", [3, 3.1, 2.9]), new Comparison("5 to 10", [1, 1.2, 0.8]));
        Assert.Equal((Verdict.Held, "5 to 10", 2, 3), (judged.Verdict, judged.Decisive, judged.Comparisons, judged.Margin.Count));
        Assert.Equal(1, judged.Margin.Mean, 12);

        // Student with two degrees of freedom at 1 - .05/2/2: 6.205.
        Assert.Equal(0.2 / Math.Sqrt(3) * 6.2053, judged.Interval.High - judged.Margin.Mean, 1e-3);
    }

    [Fact]
    public void One_comparison_that_is_surely_the_other_way_is_enough_against_it()
    {
        var judged = Judge(new Comparison("1 to 5", [3, 3.1, 2.9]),
            new Comparison("5 to 10", [0.5, -0.6, 0.1]),
            new Comparison("10 to 50", [-1, -1.1, -0.9]));
        Assert.Equal((Verdict.NotHeld, "10 to 50"), (judged.Verdict, judged.Decisive));
        Assert.True(judged.Interval.High < 0);
    }

    [Fact]
    public void A_comparison_within_the_noise_settles_nothing()
    {
        var judged = Judge(new Comparison("1 to 5", [3, 3.1, 2.9]), new Comparison("5 to 10", [0.5, -0.6, 0.4]));
        Assert.Equal((Verdict.NotSettled, "5 to 10"), (judged.Verdict, judged.Decisive));
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new double[] { 5 })]
    public void Fewer_than_two_seeds_settle_nothing(double[] differences) =>
        Assert.Equal(Verdict.NotSettled, Judge(new Comparison("1 to 5", differences)).Verdict);

    [Fact]
    public void No_difference_is_no_gain_but_is_enough_for_at_least()
    {
        Assert.Equal(Verdict.NotHeld, Judge(new Comparison("1 to 5", [0, 0, 0])).Verdict);
        Assert.Equal(Verdict.Held, Judge(new Comparison("1 to 5", [-1e-9, 0, 1e-9], OrEqual: true)).Verdict);
        Assert.Equal(Verdict.NotHeld, Judge(new Comparison("1 to 5", [-1, -1.01, -0.99], OrEqual: true)).Verdict);
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

    [Fact]
    public void Planned_claims_of_a_figure_share_one_error_rate_and_those_that_were_found_have_their_own()
    {
        double[] noisy = [3, 2, 4, 3.5];
        var planned = Enumerable.Range(0, 5).Select(panel => AskedClaim.Of(Some, $"panel {panel}", new Comparison("1 to 5", noisy)));
        var judged = JudgedClaim.All(planned.Append(AskedClaim.Of(Seen, "panel 0", new Comparison("1 to 5", noisy))));
        Assert.Equal([5, 5, 5, 5, 5, 1], judged.Select(claim => claim.Family));
        Assert.All(judged, claim => Assert.Equal(Interval.Of(Moments.Of(noisy), claim.Family), claim.Interval));
        Assert.True(judged[0].Interval.Low < judged[^1].Interval.Low);

        // Those that were found stand in tables of their own.
        string[] titles = ["The paper's claims", "The paper's claims: exploratory, found after looking at numbers"];
        Assert.Equal(titles, ClaimTables.All(judged).Select(table => table.Title));
        Assert.Equal([5, 1], ClaimTables.All(judged).Select(table => table.Rows.Count));
        Assert.Equal([1, 1], ClaimTables.Counts(judged, withQuotes: false).Select(table => table.Rows.Count));
        Assert.Equal(
            ["planned", "planned", "planned", "planned", "planned", "found"],
            ClaimDetail.Of(judged).Value!.AsArray().Select(claim => (string)claim!["origin"]!));
    }

    [Fact]
    public void A_claim_of_several_comparisons_needs_no_more_of_each_to_hold_and_more_of_one_to_fail()
    {
        double[] noisy = [3, 2, 4, 3.5];
        var judged = JudgedClaim.Of(
            AskedClaim.Of(Some, "panel", new Comparison("1 to 5", noisy), new Comparison("5 to 10", [9, 9.1, 8.9, 9])), family: 3);
        Assert.Equal("1 to 5", judged.Decisive);
        Assert.Equal(Interval.Of(Moments.Of(noisy), 3).Low, judged.Interval.Low);
        Assert.Equal(Interval.Of(Moments.Of(noisy), 6).High, judged.Interval.High);
    }

    [Fact]
    public void Of_planned_claims_that_are_just_false_or_just_true_all_together_a_wrong_verdict_is_rare()
    {
        const int Runs = 2000, Claims = 20, Seeds = 6;
        int wrong = 0, wrongAlone = 0;
        for (int run = 0; run < Runs; run++)
        {
            // At odd ones a comparison is 0, so that the claim is false; at even ones all are above it by nothing to speak of.
            var asked = Enumerable.Range(0, Claims).Select(claim => AskedClaim.Of(
                Some, $"{claim}", Draw(run, claim, 0, claim % 2 == 0 ? 1e-9 : 0), Draw(run, claim, 1, claim % 2 == 0 ? 1e-9 : 5))).ToList();
            wrong += JudgedClaim.All(asked).Index().Any(IsWrong) ? 1 : 0;
            wrongAlone += asked.Select(claim => JudgedClaim.Of(claim)).Index().Any(IsWrong) ? 1 : 0;
        }

        Assert.InRange(wrong, 1, Runs * 5 / 100);
        Assert.True(wrongAlone > Runs / 4, $"without a common rate a verdict was wrong in {wrongAlone} runs only");

        static bool IsWrong((int Index, JudgedClaim Claim) judged) =>
            judged.Claim.Verdict == (judged.Index % 2 == 0 ? Verdict.NotHeld : Verdict.Held);
        static Comparison Draw(int run, int claim, int comparison, double mean)
        {
            var seed = new Seed((ulong)run).For("claim", claim, comparison);
            return new Comparison($"{comparison}", [.. Enumerable.Range(0, Seeds).Select(draw => mean + seed.Normal(draw))]);
        }
    }

    private static JudgedClaim Judge(params Comparison[] comparisons) => JudgedClaim.Of(AskedClaim.Of(Some, "panel", comparisons));
}
