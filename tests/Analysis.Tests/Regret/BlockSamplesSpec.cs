using FLCrowd.Analysis.Regret;

namespace FLCrowd.Analysis.Tests.Regret;

public sealed class BlockSamplesSpec
{
    private static readonly Coalition Pair = new("pair", [0, 1], Effort: null, BatchFactor: null, Gamma: 2);

    private static readonly RegretBlock Block = new("b", ["x"], [new RegretClient(0, 3), new RegretClient(2, 1)]) { Coalitions = [Pair] };

    private static readonly RegretDesign Design = new(
        Confidence: 0.9, Tolerance: 0, Replicates: 4, MaxReplicates: 8, Efforts: [0], BatchFactors: [1], Gammas: [1, 2], Blocks: [Block]);

    [Fact]
    public void Findings_do_not_depend_on_the_order_and_on_the_parts_that_payoffs_come_in()
    {
        var all = new BlockSamples(Block);
        var parts = Enumerable.Range(0, 3).Select(_ => new BlockSamples(Block)).ToList();
        foreach (int replicate in Enumerable.Range(0, 12))
        {
            Fill(all, replicate);
        }

        foreach (int replicate in Enumerable.Range(0, 12).Reverse())
        {
            Fill(parts[replicate % 3], replicate);
        }

        var one = RegretAnalysis.Of(Design, Block, all);
        var other = RegretAnalysis.Of(Design, Block, parts[2] + parts[0] + parts[1]);
        Assert.Equal(one.Gains, other.Gains);
        Assert.Equal(one.Clients, other.Clients);
        Assert.Equal(one.Coalitions.Select(gain => (gain.Total, gain.Others)), other.Coalitions.Select(gain => (gain.Total, gain.Others)));
        Assert.Equal(4, parts[0].Profile(0, 0, 12).Count);
        Assert.Throws<ArgumentException>(() => all + new BlockSamples(Block with { Name = "c" }));
    }

    [Fact]
    public void Epsilon_is_the_largest_regret_and_NashConv_their_sum()
    {
        var samples = new BlockSamples(Block);
        foreach (int replicate in Enumerable.Range(0, 12))
        {
            Fill(samples, replicate);
        }

        var result = RegretAnalysis.Of(Design, Block, samples);
        Assert.Equal(2, result.Clients.Count);
        Assert.Equal(result.Clients.Max(client => client.Regret), result.Epsilon);
        Assert.Equal(3 * result.Clients[0].Regret + result.Clients[1].Regret, result.NashConv, 12);
        Assert.True(Assert.NotNull(result.EpsilonLimits).Contains(result.Epsilon!.Value));
        Assert.Null(new RegretResult(Block, [], []).Epsilon);
        Assert.Null(new RegretResult(Block, [], []).EpsilonLimits);
    }

    [Fact]
    public void A_design_out_of_range_is_refused()
    {
        foreach (var design in (RegretDesign[])[
            Design with { Confidence = 1 }, Design with { Tolerance = -1 },
            Design with { Replicates = 0 }, Design with { MaxReplicates = 3 }])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => RegretAnalysis.Of(design, Block, new BlockSamples(Block)));
            Assert.Throws<ArgumentOutOfRangeException>(() => CoalitionAnalysis.Of(design, Block, new BlockSamples(Block)));
        }
    }

    private static void Fill(BlockSamples samples, int replicate)
    {
        var seed = new Seed(2);
        double common = 10 * seed.For("common").Normal(replicate);
        for (int client = 0; client < 4; client++)
        {
            samples.AddProfile(client, replicate, common + seed.For("profile", client).Normal(replicate), 20);
            samples.AddCoalition("pair", client, replicate, common + client + seed.For("pair", client).Normal(replicate));
        }

        foreach (var deviation in Design.Deviations(Block))
        {
            var gain = seed.For("gain", deviation.Client, (int)deviation.Gamma);
            samples.AddDeviation(deviation, replicate, common + 5 + gain.Normal(replicate));
        }
    }
}
