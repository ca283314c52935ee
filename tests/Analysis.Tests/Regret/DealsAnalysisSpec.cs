using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Tests.Regret;

public sealed class DealsAnalysisSpec
{
    private static readonly RegretDesign Design = new(
        Confidence: 0.95, Tolerance: 0.1, Replicates: 4, MaxReplicates: 4, Efforts: [1], BatchFactors: [1], Gammas: [0, 1, 2],
        Blocks: [new RegretBlock("", [], [new RegretClient(0, 1), new RegretClient(1, 1)])]);

    /// <summary>By deal: what gamma 0 and gamma 2 gain.</summary>
    private static readonly (double Zero, double Two)[] Gains = [(10, -4), (-4, 11), (9, -5), (-6, 12)];

    [Fact]
    public void A_gain_is_expected_over_deals_and_the_best_of_each_deal_is_another_question()
    {
        var deals = Gains.Select((gain, deal) => Deal(deal, gain)).ToList();
        var across = DealsAnalysis.Of(Design, deals)!;
        Assert.Equal(Design.Deviations(Design.Blocks[0]), across.Gains.Select(gain => gain.Deviation));

        // Gamma 2 gains 3.5 in the mean over deals: -4 to 12 on single ones. Six deviations.
        var two = across.Gains[2];
        Assert.Equal((4, 3.5), (two.Gain.Moments.Count, two.Gain.Moments.Mean));
        Assert.Equal(MeanLimits.Of([.. Gains.Select(gain => gain.Two)], 0.025 / 6), two.Gain.Limits);
        Assert.Equal((2.0, GainVerdict.Open), (two.Threshold, two.Verdict));
        var client = across.Clients[0];
        Assert.Equal(two, client.Fixed);
        Assert.Equal(0, client.FixedLimits.Low);

        // Who sees the deal gains 9 to 12 on each.
        Assert.Equal(10.5, client.Best.Gain.Mean);
        Assert.Equal((4, GainVerdict.Above), (client.Best.Above, client.Best.Verdict));
        Assert.InRange(client.Best.Limits.Low, 2, 10.5);
        Assert.InRange(client.Best.Limits.High, 10.5, 19);
        Assert.Equal(10.5, client.Best.Fresh!.Value.Moments.Mean, 9);
    }

    [Fact]
    public void The_worst_is_the_client_that_gains_most_on_each_deal()
    {
        var across = DealsAnalysis.Of(Design, [.. Gains.Select((gain, deal) => Deal(deal, gain, (deal, 0)))])!;
        Assert.Equal([10.5, 1.5], across.Clients.Select(client => client.Best.Gain.Mean));
        Assert.Equal(10.5, across.Worst!.Gain.Mean);
        across = DealsAnalysis.Of(Design, [.. Gains.Select((gain, deal) => Deal(deal, gain, (deal == 0 ? 30 : 0, 0)))])!;
        Assert.Equal((30 + 11 + 9 + 12) / 4.0, across.Worst!.Gain.Mean);
    }

    [Fact]
    public void To_do_as_the_profile_does_is_no_deviation()
    {
        var across = DealsAnalysis.Of(Design, [.. Enumerable.Range(0, 4).Select(deal => Deal(deal, (-10 - deal, -20)))])!;
        var best = across.Clients[0].Best;
        Assert.Equal(-11.5, best.Gain.Mean);
        Assert.Equal((0, GainVerdict.Below), (best.Above, best.Verdict));
        Assert.True(best.Limits.High < 0 && best.Limits.Low < -11.5);

        // What was played again is what the profile does: that says nothing of the others.
        Assert.Null(best.Fresh);
        Assert.Equal(new Interval(0, 0), across.Clients[0].FixedLimits);
    }

    [Fact]
    public void One_deal_alone_says_nothing_across_deals()
    {
        var nothing = new RegretResult(Design.Blocks[0], [], []);
        Assert.Null(DealsAnalysis.Of(Design, [Deal(0, Gains[0])]));
        Assert.Null(DealsAnalysis.Of(Design, [Deal(0, Gains[0]), nothing]));
        Assert.Equal(2, DealsAnalysis.Of(Design, [Deal(0, Gains[0]), nothing, Deal(1, Gains[1])])!.Gains[0].Gain.Moments.Count);
        var others = new RegretBlock("", [], [new RegretClient(0, 1), new RegretClient(2, 1)]);
        Assert.Throws<ArgumentException>(() => DealsAnalysis.Of(Design, [Deal(0, Gains[0]), new RegretResult(others, [], [])]));
    }

    /// <summary>A deal in which replicates differ a little, and cost 20; client 1 gains what is given, or as client 0.</summary>
    private static RegretResult Deal(int deal, (double Zero, double Two) gains, (double Zero, double Two)? others = null)
    {
        var block = Design.Blocks[0] with { Deal = (ulong)deal };
        var samples = new BlockSamples(block);
        for (int replicate = 0; replicate < 8; replicate++)
        {
            for (int client = 0; client < 2; client++)
            {
                var (zero, two) = client == 0 ? gains : others ?? gains;
                double noise = 0.1 * (replicate % 4 - 1.5);
                samples.AddProfile(client, replicate, 5, 20);
                foreach (var deviation in Design.Deviations(block).Where(deviation => deviation.Client == client))
                {
                    samples.AddDeviation(deviation, replicate, 5 + deviation.Gamma switch
                    {
                        0 => zero + noise,
                        2 => two - noise,
                        _ => 0,
                    });
                }
            }
        }

        return RegretAnalysis.Of(Design, block, samples);
    }
}
