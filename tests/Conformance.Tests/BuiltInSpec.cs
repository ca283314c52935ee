using FLCrowd.Strategies;

namespace FLCrowd.Conformance.Tests;

/// <summary>What comes with the program keeps the rules that it asks others to keep.</summary>
public class BuiltInSpec
{
    private const string Mixture =
        """{ "strategies": [{ "strategy": "truthful" }, { "strategy": "free-rider" }, { "strategy": "misreport" }] }""";

    private static readonly string[] FirstChoicesAtRandom = ["mixed", "regret-matching", "imitation"];

    private static readonly PluginCatalog Catalog = PluginCatalog.Of(new StrategiesPlugin());

    public static TheoryData<string> Strategies => [.. Catalog.List(PluginKind.Strategy).Select(strategy => strategy.Name)];

    public static TheoryData<string> Mechanisms => [.. Catalog.List(PluginKind.Mechanism).Select(mechanism => mechanism.Name)];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Strategies_keep_all_rules(string name) => new StrategyConformance(new StrategiesPlugin(), name)
    {
        Options = name == "mixed" ? Mixture : "{}",
        DrawsAtRandom = FirstChoicesAtRandom.Contains(name),
    }.Check();

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public void Mechanisms_keep_all_rules(string name) => new MechanismConformance(new StrategiesPlugin(), name).Check();
}
