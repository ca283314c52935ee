namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>The plug-ins of one test: the tiny model, a mean, a mechanism, a truthful strategy, and whatever the test adds.</summary>
internal sealed class FakePlugins
{
    public FakePlugins()
    {
        Catalog.AddModel<NoOptions>("tiny", "Five numbers.", (_, setup) =>
        {
            World.Models++;
            return new TinyModel(World, setup);
        });
        Catalog.AddAggregator<NoOptions>("mean", "The weighted mean.", _ => new FakeMean());
        Catalog.AddAggregator<NoOptions>("chained", "Depends on the order of reports.", _ => FakeNonLinear.Chained);
        Catalog.AddMechanism<NoOptions>("pay", "Pays.", _ => Mechanism);
        Add("truthful", FakeStrategy.Truthful);
    }

    public PluginCatalog Catalog { get; } = new();

    public TinyWorld World { get; } = new();

    public IIncentiveMechanism Mechanism { get; set; } = new FakeMechanism();

    public FakePlugins Add(string name, Func<ClientView, ClientAction> choose) => AddStrategy(name, _ => new FakeStrategy(choose));

    public FakePlugins AddReporter(string name, ReportScript report) => AddStrategy(name, _ => new FakeReporter(report));

    public FakePlugins AddStrategy(string name, Func<int, IClientStrategy> create)
    {
        Catalog.AddStrategy<NoOptions>(name, "A strategy of the test.", (_, setup) => create(setup.Client));
        return this;
    }
}
