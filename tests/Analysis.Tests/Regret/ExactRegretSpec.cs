using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Tests.Regret;

public sealed class ExactRegretSpec
{
    private static readonly Coalition Pair = new("pair", [0, 1], Effort: null, BatchFactor: null, Gamma: 2);

    private static readonly RegretBlock Block = new("", [], [new RegretClient(0, 1), new RegretClient(1, 2)]) { Coalitions = [Pair] };

    private static readonly RegretDesign Design = new(
        Confidence: 0.95, Tolerance: 0.1, Replicates: 4, MaxReplicates: 64, Efforts: [0, 1], BatchFactors: [1], Gammas: [1], [Block]);

    [Fact]
    public void Gains_have_no_width_and_regret_is_the_best_or_0()
    {
        var samples = new BlockSamples(Block);
        for (int client = 0; client < 3; client++)
        {
            for (int replicate = 0; replicate < 4; replicate++)
            {
                samples.AddProfile(client, replicate, 5 + replicate, 20);
            }
        }

        var gains = new ExactGains(
            Design.Deviations(Block).ToDictionary(deviation => deviation, deviation => deviation.Client == 0 ? 7 - deviation.Effort : -3.0),
            Enumerable.Range(0, 3).ToDictionary(client => ("pair", client), client => 10.0 - 8 * client));
        var result = ExactRegret.Of(Design, Block, gains, samples);
        Assert.Equal(Design.Deviations(Block), result.Gains.Select(gain => gain.Deviation));
        Assert.All(result.Gains, gain => Assert.Equal(
            (gains.Deviations[gain.Deviation], 0.0, new Interval(gain.Mean, gain.Mean), 0, true),
            (gain.Mean, gain.StandardError, gain.Limits, gain.Replicates, gain.IsSettled)));
        GainVerdict[] verdicts = [GainVerdict.Above, GainVerdict.Above, GainVerdict.Below, GainVerdict.Below];
        Assert.Equal(verdicts, result.Gains.Select(gain => gain.Verdict));
        Assert.Equal(7.0, result.Epsilon);
        Assert.Equal(new Interval(7, 7), result.EpsilonLimits);
        Assert.Equal(7.0, result.NashConv);
        Assert.Equal(new Interval(7, 7), result.NashConvLimits);
        Assert.Equal([7.0, -3.0], result.Clients.Select(client => client.Best.Mean));
        Assert.All(result.Clients, client => Assert.Equal((20.0, 6.5, 4), (client.Cost, client.Payoff.Mean, client.Payoff.Count)));
        Assert.All(result.Clients, client => Assert.Null(client.Fresh));
        var pair = Assert.Single(result.Coalitions);
        Assert.Equal((12.0, 4.0, -6.0), (pair.Total.Moments.Mean, pair.Threshold, pair.Others!.Moments.Mean));
        Assert.Equal((GainVerdict.Above, GainVerdict.Below), (pair.Verdict, pair.Everyone)); // 2 is within the tolerance
        Assert.Equal([10.0, 2.0], pair.Members.Select(member => member.Gain.Limits.High));
    }

    [Fact]
    public void Nothing_is_said_of_clients_without_plays_of_the_profile()
    {
        var gains = new ExactGains(new Dictionary<Deviation, double>(), new Dictionary<(string, int), double>());
        var none = ExactRegret.Of(Design, Block, gains, new BlockSamples(Block));
        Assert.Empty(none.Clients);
        Assert.Empty(none.Coalitions);
    }
}
