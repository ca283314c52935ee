namespace FLCrowd.Strategies.Tests;

public class StrategiesPluginSpec
{
    [Theory]
    [InlineData(PluginKind.Strategy, "best-response epsilon-greedy fixed free-rider imitation label-flip misreport mixed "
        + "regret-matching shirk-labeling small-batch truthful")]
    [InlineData(PluginKind.Mechanism, "flat influence lceme leave-one-out per-sample shapley vcg")]
    [InlineData(PluginKind.Surrogate, "corrected given pilot theorem1")]
    [InlineData(PluginKind.Aggregator, "clipped-mean mean median trimmed-mean")]
    public void Registers(PluginKind kind, string names) =>
        Assert.Equal(names, string.Join(' ', Game.Catalog.List(kind).Select(plugin => plugin.Name)));

    [Fact]
    public void Describes_everything() => Assert.All(Enum.GetValues<PluginKind>().SelectMany(Game.Catalog.List), plugin =>
    {
        Assert.EndsWith(".", plugin.Description, StringComparison.Ordinal);
        Assert.All(plugin.Options, option => Assert.EndsWith(".", option.Description, StringComparison.Ordinal));
    });

    /// <summary>What every strategy owes: actions that exist, and the same ones from the same seeds.</summary>
    [Theory]
    [InlineData("free-rider")]
    [InlineData("label-flip")]
    [InlineData("misreport")]
    [InlineData(
        "mixed", """{ "strategies": [ { "strategy": "truthful" }, { "strategy": "small-batch" }, { "strategy": "label-flip" } ] }""")]
    [InlineData("shirk-labeling")]
    [InlineData("small-batch")]
    [InlineData("truthful")]
    public void Strategies_keep_their_contract(string name, string options = "{}")
    {
        var (one, other) = (Game.Strategy(name, options), Game.Strategy(name, options));
        for (int episode = 0; episode < 30; episode++)
        {
            foreach (int batchSize in new[] { 1, 2, 1000 })
            {
                var action = one.Choose(Game.View(batchSize, episode: episode)).Validated(maxBatchSize: 1000);
                Assert.Equal(action, other.Choose(Game.View(batchSize, episode: episode)));
            }
        }
    }
}
