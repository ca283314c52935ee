using System.Runtime.CompilerServices;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Regret;

namespace FLCrowd.Analysis.Tests;

/// <summary>The examples of the package's README, compiled and run.</summary>
public sealed class ReadmeSpec
{
    [Fact]
    public void The_examples_run_and_are_those_of_the_readme()
    {
        var output = Console.Out;
        using var text = new StringWriter { NewLine = "\n" };
        try
        {
            Console.SetOut(text);
            Regret();
            Population();
        }
        finally
        {
            Console.SetOut(output);
        }

        Assert.Matches("""
            \Aregret [67]\.\d, in \[[67]\.\d, [78]\.\d\]: Above
            1\.00 contribute: Unstable
            0\.00 contribute: Stable
            alpha-rank: 0\.00 contribute, 1\.00 do not
            \z
            """.ReplaceLineEndings("\n"), text.ToString());
        var readme = File.ReadAllText(Path.Combine(Folder(), "../../src/Analysis/README.md")).ReplaceLineEndings("\n");
        var examples = readme.Split("```csharp\n").Skip(1).Select(part => part.Split("```")[0]);
        Assert.Equal(Written(), examples);
    }

    private static void Regret()
    {
        // README
        var block = new RegretBlock("my profile", [], [new RegretClient(Client: 0, Members: 1)]);
        var design = new RegretDesign(
            Confidence: 0.95, Tolerance: 0.1, Replicates: 16, MaxReplicates: 16, Efforts: [0], BatchFactors: [1], Gammas: [1], [block]);
        var samples = new BlockSamples(block);
        for (int replicate = 0; replicate < 16; replicate++)
        {
            double draw = 2 * new Seed(1).Normal(replicate);
            samples.AddProfile(client: 0, replicate, payoff: 5 + draw, cost: 20);
            samples.AddDeviation(new Deviation(Client: 0, Effort: 0, BatchFactor: 1, Gamma: 1), replicate, payoff: 12 + 1.1 * draw);
        }

        var regret = RegretAnalysis.Of(design, block, samples).Clients[0];
        Console.WriteLine($"regret {regret.Regret:0.0}, in [{regret.Limits.Low:0.0}, {regret.Limits.High:0.0}]: {regret.Verdict}");
    }

    private static void Population()
    {
        // README
        var game = new SymmetricGame(players: 10, strategies: 2, (own, counts) => 3.0 * counts[0] / 10 - (own == 0 ? 1 : 0));
        foreach (var rest in RestPoints.Of(game))
        {
            Console.WriteLine($"{rest.Mixture[0]:0.00} contribute: {rest.Stability}");
        }

        double[] rank = AlphaRank.Of(game, intensity: 1, population: 50);
        Console.WriteLine($"alpha-rank: {rank[0]:0.00} contribute, {rank[1]:0.00} do not");
    }

    /// <summary>The bodies of this file that are marked, without their indentation.</summary>
    private static IEnumerable<string> Written() => File.ReadAllText(Path.Combine(Folder(), "ReadmeSpec.cs")).ReplaceLineEndings("\n")
        .Split("        // README\n").Skip(1)
        .Select(part => string.Concat(part.Split("\n    }\n")[0].Split('\n').Select(line => (line.Length > 8 ? line[8..] : line) + "\n")));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
