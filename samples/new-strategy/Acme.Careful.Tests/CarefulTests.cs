namespace Acme.Careful.Tests;

using FLCrowd;
using FLCrowd.Conformance;
using Xunit;

public class CarefulTests
{
    public static TheoryData<string> Rules => [.. StrategyConformance.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public void KeepsTheRule(string rule) =>
        new StrategyConformance(new AcmePlugin(), "acme/careful") { DrawsAtRandom = false }.Check(rule);

    [Fact]
    public void MakesLittleEffortWhereThatPaysMore()
    {
        var strategy = PluginCatalog.Of(new AcmePlugin())
            .CreateStrategy(new PluginChoice("acme/careful", """{ "curiosity": 0 }""", "test"), client: 0);
        var efforts = new List<double>();
        for (int episode = 0; episode < 5; episode++)
        {
            var action = strategy.Choose(ConformanceGame.All[0].View with { Episode = episode });
            ((IStrategyMemory)strategy).Observe(new EpisodeOutcome
            {
                Episode = episode,
                Action = action,
                Reward = 30,
                Cost = 20 * action.Effort,
                TestLoss = 1,
            });
            efforts.Add(action.Effort);
        }

        Assert.Equal([1, 0.2, 0.2, 0.2, 0.2], efforts);
    }
}
