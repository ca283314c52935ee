using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Abstractions.Tests.Plugins;

/// <summary>Which properties can be options, and how users read of them.</summary>
public class OptionTypesSpec
{
    [Fact]
    public void Ranges_and_defaults_read_as_they_are_written() => Assert.Equal(
        ["share: a number = 0, at least 0 and at most 1",
            "share-below: a number = 0, at least 0 and below 1", "debt: a whole number = 0, at most 5",
            "any: a whole number = 0, finite",
            "on: true or false = true, ", "names: a list of texts = ['', b], ", "rows: a list of lists of numbers = [[1, 2]], "],
        Catalog<Plain>().List(
            PluginKind.Aggregator)[0].Options.Select(option => $"{option.Name}: {option.Type} = {option.Default}, {option.Range}"));

    [Fact]
    public void What_cannot_be_made_of_a_block_is_no_option()
    {
        Assert.Equal("test: has NoDefault.Place, which is a Uri; no option has this type", Error(Catalog<NoDefault>));
        Assert.Equal("test: has Table.Rates, which is a Dictionary`2; no option has this type", Error(Catalog<Table>));
        Assert.Equal("test: has Value.Id, which is a Guid; no option has this type", Error(Catalog<Value>));
    }

    [Fact]
    public void Where_there_are_no_options_that_is_said() => Assert.Equal(
        "here.rate: is unknown; 'test' has no options",
        Error(() => Catalog<NoOptions>().CreateAggregator(new PluginChoice("test", """{ "rate": 1 }""", "here"))));

    private static string Error(Func<object> action) => Assert.Throws<SettingException>(action).Message;

    private static PluginCatalog Catalog<TOptions>()
        where TOptions : class, new()
    {
        var catalog = new PluginCatalog();
        catalog.AddAggregator<TOptions>("test", "", _ => throw new InvalidOperationException());
        return catalog;
    }

    private sealed class Plain
    {
        [Range(0.0, 1.0)]
        public double Share { get; set; }

        [Range(0.0, 1.0, MaximumIsExclusive = true)]
        public double ShareBelow { get; set; }

        [Range(int.MinValue, 5)]
        public int Debt { get; set; }

        [Range(int.MinValue, int.MaxValue)]
        public int Any { get; set; }

        public bool On { get; set; } = true;

        public IReadOnlyList<string> Names { get; set; } = ["", "b"];

        public IReadOnlyList<IReadOnlyList<double>> Rows { get; set; } = [[1, 2]];
    }

    private sealed class NoDefault
    {
        public Uri? Place { get; set; }
    }

    private sealed class Table
    {
        public Dictionary<string, double> Rates { get; set; } = [];
    }

    private sealed class Value
    {
        public Guid Id { get; set; }
    }
}
