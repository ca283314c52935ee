using FLCrowd.Experiments.Collections;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments;

namespace FLCrowd.Host.Tests;

public class ShippedExperimentsSpec
{
    public static TheoryData<string> Names => [.. ExperimentSources.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shipped_experiment_is_complete_and_valid(string name)
    {
        var source = ExperimentSources.Find(name);
        Assert.Contains("Look at", source.Description, StringComparison.Ordinal);
        if (Collection.Of(source) is { } collection)
        {
            Assert.NotEmpty(collection.Parts);
            return; // its parts are shipped experiments, too
        }

        // Fashion-MNIST does not come along.
        string[] settings = name.StartsWith("fashion", StringComparison.Ordinal) ? ["data.set=digits"] : [];
        var run = PlanBuilder.Build(
            source.Name, ExperimentSources.Resolve(source, settings, null).AnchorFiles(Configured.Catalog), Configured.Catalog,
            ExperimentList.BuiltIn);
        Assert.NotEmpty(run.Plan.Games);
        Assert.Equal(run.Plan.SweptPaths.Count, run.Plan.Games[0].Swept.Length);
    }

    [Theory]
    [InlineData("fig2", "fig3")]
    [InlineData("fig4", "fig5")]
    public void Figures_of_the_same_games_differ_in_what_is_drawn_only(string first, string second)
    {
        var trees = new[] { first, second }.Select(name => ExperimentSources.Find(name).Parse()).ToList();
        Assert.Equal([first, second], trees.Select(tree => tree["experiment"]!["figure"]!.ToString()));
        trees.ForEach(tree => ((System.Text.Json.Nodes.JsonObject)tree["experiment"]!).Remove("figure"));
        Assert.Equal(trees[0].ToJsonString(), trees[1].ToJsonString());
    }

    [Fact]
    public void The_default_experiment_is_shipped() => Assert.Contains(ExperimentSources.Default, ExperimentSources.Names);
}
