using System.Text.Json.Nodes;

namespace FLCrowd.Abstractions.Tests.Plugins;

public class PluginCatalogSpec
{
    [Fact]
    public void An_unknown_name_lists_the_known_ones_and_suggests_the_nearest()
    {
        var catalog = Catalog();
        Assert.Equal(
            "clients[2]: unknown strategy 'idler' (did you mean 'idle'?); known are busy, idle, vendor/idle",
            Error(() => catalog.CreateStrategy(new PluginChoice("idler", "{}", "clients[2]"), client: 0)));
        Assert.Equal(
            "game.mechanism: unknown mechanism 'idle'; none is known",
            Error(() => catalog.CreateMechanism(new PluginChoice("idle", "{}", "game.mechanism"))));
        Assert.Equal(
            "data.set: unknown data set 'x'; none is known",
            Error(() => catalog.Check(PluginKind.DataSet, new PluginChoice("x", "{}", "data.set"))));
    }

    [Theory]
    [InlineData("idle", "idle: is registered twice as a strategy: by FLCrowd.Abstractions.Tests and by the program")]
    [InlineData("Idle", "Idle: is no name for a strategy; must be 'name' or 'vendor/name' of a-z, 0-9 and hyphens")]
    [InlineData("", ": is no name for a strategy; must be 'name' or 'vendor/name' of a-z, 0-9 and hyphens")]
    [InlineData("a/b/c", "a/b/c: is no name for a strategy; must be 'name' or 'vendor/name' of a-z, 0-9 and hyphens")]
    public void A_name_is_registered_once_and_well_formed(string name, string message)
    {
        var catalog = Catalog();
        Assert.Equal(message, Error(() => catalog.AddStrategy<NoOptions>(name, "", (_, _) => new Idle())));
    }

    [Fact]
    public void An_option_of_a_type_that_cannot_be_configured_is_found_at_once() => Assert.Equal(
        "vendor/odd: has OddOptions.Wait, which is a TimeSpan; no option has this type",
        Error(() => Catalog().AddAggregator<OddOptions>("vendor/odd", "", _ => throw new InvalidOperationException())));

    [Fact]
    public void An_option_of_a_strategy_has_no_name_that_selects_its_clients()
    {
        Assert.Equal(
            "vendor/taken: has an option 'labeling-cost', which could not be set: where a strategy is chosen, strategy, count, share, ids, "
            + "labeling-cost, "
            + "computation-cost, weight stand for other things",
            Error(() => Catalog().AddStrategy<TakenOptions>("vendor/taken", "", (_, _) => new Idle())));

        // What is chosen by a block of its own may.
        Catalog().AddAggregator<TakenOptions>("vendor/taken", "", _ => throw new InvalidOperationException());
    }

    [Fact]
    public void An_option_that_is_a_path_is_a_text_of_what_is_chosen_by_a_block_of_its_own()
    {
        var catalog = Catalog();
        catalog.AddAggregator<PathOptions>("vendor/paths", "", _ => throw new InvalidOperationException());
        var options = catalog.List(PluginKind.Aggregator).Single(plugin => plugin.Name == "vendor/paths").Options;
        Assert.Equal([true, true, false], options.Select(option => option.FilePath is not null));
        Assert.Equal([true, false, false], new[] { "a.txt", "", "none" }.Select(options[1].FilePath!.Fits));
        Assert.Equal([true, false], new[] { "a", "" }.Select(options[0].FilePath!.Fits));
        Assert.StartsWith(
            "vendor/paths: has PathOptions.File, which is marked as a path; must be a text, or a list of texts, of a data set, ",
            Error(() => catalog.AddStrategy<PathOptions>("vendor/paths", "", (_, _) => new Idle())), StringComparison.Ordinal);
        Assert.StartsWith(
            "vendor/number: has NumberOptions.Size, which is marked as a path",
            Error(() => catalog.AddDataSet<NumberOptions>("vendor/number", "", _ => throw new InvalidOperationException())),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_name_may_stand_for_things_of_different_kinds()
    {
        var catalog = Catalog();
        catalog.AddAggregator<NoOptions>("idle", "", _ => throw new InvalidOperationException());
        Assert.Single(catalog.List(PluginKind.Aggregator));
    }

    [Fact]
    public void Lists_by_name() =>
        Assert.Equal(["busy", "idle", "vendor/idle"], Catalog().List(PluginKind.Strategy).Select(description => description.Name));

    [Fact]
    public void A_strategy_knows_its_client_and_place_and_makes_others()
    {
        StrategySetup? seen = null;
        var catalog = Catalog();
        catalog.AddStrategy<NoOptions>("outer", "", (_, setup) =>
        {
            seen = setup;
            return setup.Create(new PluginChoice("idle"));
        });
        Assert.IsType<Idle>(catalog.CreateStrategy(new PluginChoice("outer", "{}", "clients[1]"), client: 5));
        Assert.Equal((5, "clients[1]"), (seen!.Client, seen.Path));
    }

    [Fact]
    public void Check_makes_strategies_only()
    {
        var catalog = Catalog();
        catalog.AddMechanism<NoOptions>("never", "", _ => throw new InvalidOperationException());
        catalog.AddStrategy<NoOptions>("broken", "", (_, setup) => setup.Create(new PluginChoice("missing", "{}", $"{setup.Path}.part")));
        catalog.Check(PluginKind.Mechanism, new PluginChoice("never"));
        Assert.StartsWith(
            "broken.part: unknown strategy 'missing'",
            Error(() => catalog.Check(PluginKind.Strategy, new PluginChoice("broken"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_reads_its_name_and_keeps_the_rest_as_options()
    {
        var node = JsonNode.Parse("""{ "strategy": "idle", "count": 3 }""")!.AsObject();
        Assert.Equal(new PluginChoice("idle", """{"count":3}""", "clients[0]"), PluginChoice.FromObject(node, "strategy", "clients[0]"));
        Assert.True(node.ContainsKey("strategy"));
        Assert.Equal(
            "clients[0].strategy: is missing; it names what to use",
            Error(() => PluginChoice.FromObject([], "strategy", "clients[0]")));
    }

    private static string Error(Action action) => Assert.Throws<SettingException>(action).Message;

    private static PluginCatalog Catalog() => PluginCatalog.Of(new Plugin());

    private sealed class Plugin : IPlugin
    {
        public void Register(IPluginRegistry registry)
        {
            registry.AddStrategy<NoOptions>("vendor/idle", "", (_, _) => new Idle());
            registry.AddStrategy<NoOptions>("idle", "", (_, _) => new Idle());
            registry.AddStrategy<NoOptions>("busy", "", (_, _) => new Idle());
        }
    }

    private sealed class TakenOptions
    {
        public double LabelingCost { get; set; }
    }

    private sealed class PathOptions
    {
        [FilePath]
        public string File { get; set; } = "";

        [FilePath(".txt")]
        public IReadOnlyList<string> Texts { get; set; } = [];

        public string Word { get; set; } = "";
    }

    private sealed class NumberOptions
    {
        [FilePath]
        public int Size { get; set; }
    }

    private sealed class OddOptions
    {
        public IReadOnlyList<string> Fine { get; set; } = [];

        public TimeSpan Wait { get; set; }
    }

    private sealed class Idle : IClientStrategy
    {
        public ClientAction Choose(ClientView view) => new(0, 1, 0);
    }
}
