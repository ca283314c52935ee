namespace Acme.Spirals.Tests;

using FLCrowd;
using FLCrowd.Conformance;
using Xunit;

public class SpiralsTests
{
    public static TheoryData<string> Rules => [.. DataSetConformance.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public void KeepsTheRule(string rule) => new DataSetConformance(new AcmePlugin(), "acme/spirals").Check(rule);

    [Fact]
    public void HasAsManySamplesAsItIsAskedFor()
    {
        var data = PluginCatalog.Of(new AcmePlugin())
            .CreateDataSet(new PluginChoice("acme/spirals", """{ "classes": 5, "samples-per-class": 40 }""", "test"));
        Assert.Equal((5, 200, 50), (data.ClassCount, data.Training.Count, data.Test.Count));
    }
}
