using FLCrowd.Host.Configuration;

namespace FLCrowd.Host.Tests;

public class ShippedExperimentsSpec
{
    public static TheoryData<string> Names => [.. Experiments.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shipped_experiment_is_complete_and_valid(string name)
    {
        var source = Experiments.Find(name);
        var run = PlanBuilder.Build(source.Name, Experiments.Resolve(source, [], null), Configured.Catalog);
        Assert.NotEmpty(run.Plan.Games);
        Assert.Contains("Look at", source.Description, StringComparison.Ordinal);
        Assert.Equal(run.Plan.SweptPaths.Count, run.Plan.Games[0].Swept.Length);
    }

    [Fact]
    public void The_default_experiment_is_shipped() => Assert.Contains(Experiments.Default, Experiments.Names);
}
