using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Regret;

namespace FLCrowd.Host.Tests;

/// <summary>Which clients are taken for alike, and what is said where one stands for others that it is not like.</summary>
public sealed class ClientKindsSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", new[] { 0, 0, 0, 0 })]
    [InlineData("data.samples-per-client = [5, 7, 5, 9]", new[] { 0, 1, 0, 2 })]
    [InlineData("data.labels.skill = [1, 0.5, 0.5, 1]", new[] { 0, 1, 1, 0 })]
    [InlineData("data.labels.skill = 0.5", new[] { 0, 0, 0, 0 })]
    [InlineData("learning.participation { rate = 0.3, drop-out = [0, 0.1, 0, 0] }", new[] { 0, 1, 0, 0 })]
    [InlineData("learning.participation { rate = 0.3, drop-out = 0.1 }", new[] { 0, 0, 0, 0 })]
    [InlineData("learning.participation.schedule = FILE", new[] { 0, 1, 0, 2 })]
    [InlineData(
        "clients = [{ strategy = truthful, count = 2 }, { strategy = misreport, gamma = 2, count = 1 }, "
        + "{ strategy = truthful, share = 1, weight = 2 }]",
        new[] { 0, 0, 0, 1 })]
    public void Clients_are_alike_in_what_the_configuration_says_of_them(string settings, int[] kinds)
    {
        // The same rounds in two lines are not known to be the same; other rounds of the same number are others.
        File.WriteAllText(_folder.In("when.csv"), "client,from,to\n1,1,2\n3,3,4\n");
        settings = settings.Replace("FILE", $"\"{_folder.In("when.csv").Replace('\\', '/')}\"", StringComparison.Ordinal);
        var run = Configured.File(
            "flcrowd { data { set = digits, clients = 4, samples-per-client = 5 }, learning.rounds = 4, game.assignment = 2\n"
            + settings + " }",
            null);
        Assert.Equal(kinds, ClientKinds.Of(run.Plan.Games[0]));
    }

    [Theory]
    [InlineData("5", "one-per-entry", "")]
    [InlineData("[5, 7, 5, 9]", "all", "")]
    [InlineData("[5, 7, 5, 9]", "one-per-entry", " Client 0 stands for 4, of which 2, itself among them, have its weight")]
    [InlineData("[5, 7, 8, 9]", "one-per-entry", " Client 0 stands for 4, of which no other has its weight")]
    public void One_that_stands_for_others_that_it_is_not_like_says_so(string sizes, string measured, string said)
    {
        var run = Configured.File(
            $$"""
            flcrowd {
              data { set = digits, clients = 4, samples-per-client = {{sizes}} }, game.assignment = 2
              experiment {
                kind = regret
                regret { reports = none, clients = {{measured}}, efforts = [0], batch-factors = [1], gammas = [1], replicates = 4 }
              }
            }
            """, null);
        var design = (RegretDesign)run.Course.Question["regret"];
        var block = design.Blocks.Single();
        var report = new RegretReport(design, [], [RegretAnalysis.Of(design, block, Samples(design, block))]);
        var note = RegretFindings.Explanation(report);
        Assert.Equal(said.Length > 0, note.Contains("the rest may gain more or less", StringComparison.Ordinal));
        Assert.Contains(said, note, StringComparison.Ordinal);
    }

    private static BlockSamples Samples(RegretDesign design, RegretBlock block)
    {
        var samples = new RegretSamples(design);
        foreach (var client in block.Clients)
        {
            for (int replicate = 0; replicate < design.Replicates; replicate++)
            {
                samples.Add(new RegretPlay(block.Values, replicate, null, null), client.Client, 1, 1);
                samples.Add(
                    new RegretPlay(block.Values, replicate, new Deviation(client.Client, 0, 1, 1), null), client.Client, 1 + replicate, 1);
            }
        }

        return samples.Of(block);
    }
}
