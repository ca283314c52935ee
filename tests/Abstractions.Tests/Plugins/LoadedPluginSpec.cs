namespace FLCrowd.Abstractions.Tests.Plugins;

/// <summary>What the catalog does about plug-ins that were loaded, beyond those that are built in.</summary>
public class LoadedPluginSpec
{
    private static readonly PluginSource Source = new("Acme.Pay", "1.0", Guid.Empty, "/acme/Acme.Pay.dll", "");

    [Fact]
    public void An_assembly_is_a_source_once_however_many_plug_ins_it_has()
    {
        var catalog = new PluginCatalog();
        catalog.Add(new Plugin("acme/first", () => new Mean()), Source);
        catalog.Add(new Plugin("acme/second", () => new Mean()), Source);
        var other = Source with { Name = "Other" };
        catalog.Add(new Plugin("other/third", () => new Mean()), other);
        Assert.Equal([Source, other], catalog.Sources);
        Assert.Equal(Source, catalog.SourceOf(PluginKind.Aggregator, "acme/second"));
        Assert.IsType<Mean>(catalog.CreateAggregator(new PluginChoice("acme/second")));
    }

    [Fact]
    public void Plain_names_are_built_in() => Assert.Equal(
        "pay: is no name for an aggregator of a plug-in; must be 'vendor/pay': plain names are built in",
        Error(() => Loaded("pay", () => new Mean())));

    [Fact]
    public void What_its_code_throws_is_named_with_it()
    {
        Assert.Equal(
            "here: the aggregator 'acme/pay' of Acme.Pay was not created: InvalidOperationException: broken",
            Error(() => Loaded("acme/pay", () => throw new InvalidOperationException("broken"))));
        Assert.Equal(
            "here: the aggregator 'acme/pay' of Acme.Pay was not created: InvalidOperationException: its factory returned null",
            Error(() => Loaded("acme/pay", () => null!)));
        Assert.Equal("there: is wrong", Error(() => Loaded("acme/pay", () => throw new SettingException("there", "is wrong"))));
    }

    [Fact]
    public void What_built_in_code_throws_is_the_programs_own_fault() => Assert.Throws<InvalidOperationException>(
        () => PluginCatalog.Of(new Plugin("pay", () => throw new InvalidOperationException())).CreateAggregator(new PluginChoice("pay")));

    private static IAggregator Loaded(string name, Func<IAggregator> create)
    {
        var catalog = new PluginCatalog();
        catalog.Add(new Plugin(name, create), Source);
        return catalog.CreateAggregator(new PluginChoice(name, "{}", "here"));
    }

    private static string Error(Func<object> action) => Assert.Throws<SettingException>(action).Message;

    private sealed class Plugin(string name, Func<IAggregator> create) : IPlugin
    {
        public void Register(IPluginRegistry registry) => registry.AddAggregator<NoOptions>(name, "", _ => create());
    }

    private sealed class Mean : ILinearAggregator
    {
        public double Coefficient(double weight) => weight;
    }
}
