namespace FLCrowd;

/// <summary>All that is registered, and the one place that makes instances out of names and options.</summary>
/// <remarks>
/// The options of a <see cref="PluginChoice"/> are bound and checked once, however often it is made: all clients of an entry of the
/// configuration share them, and so do strategies, mechanisms and whatever else is made of the same choice. Nobody changes them.
/// </remarks>
public sealed class PluginCatalog : IPluginRegistry, IDisposable
{
    private readonly PluginEntries _entries = new();
    private readonly LoadedDataSets _dataSets = new();
    private readonly List<PluginSource> _sources = [];
    private readonly List<IPlugin> _plugins = [];

    /// <summary>Whose names are being registered: an assembly, and where it was loaded from; null for what is built in.</summary>
    private (string Assembly, PluginSource? Source) _registering = ("the program", null);

    /// <summary>The assemblies that were loaded beside the built-in ones, in this order.</summary>
    public IReadOnlyList<PluginSource> Sources => _sources;

    /// <summary>A catalog of plug-ins that are part of the program.</summary>
    public static PluginCatalog Of(params IEnumerable<IPlugin> plugins)
    {
        var catalog = new PluginCatalog();
        foreach (var plugin in plugins)
        {
            catalog.Register(plugin, null);
        }

        return catalog;
    }

    /// <summary>Adds what an entry of a loaded assembly offers.</summary>
    /// <exception cref="SettingException">A name is taken, or is not <c>vendor/name</c>.</exception>
    public void Add(IPlugin plugin, PluginSource source)
    {
        if (!_sources.Contains(source))
        {
            _sources.Add(source);
        }

        Register(plugin, source);
    }

    /// <summary>Where a name was loaded from; null where it is built in, or unknown.</summary>
    public PluginSource? SourceOf(PluginKind kind, string name) => _entries.SourceOf(kind, name);

    /// <summary>A name for messages: <c>the mechanism 'vendor/name' of Assembly</c>, of which the assembly is left out where it is built
    /// in.</summary>
    public string Describe(PluginKind kind, string name) => PluginEntry.Describe(kind, name, SourceOf(kind, name));

    /// <summary>What is registered of a kind, by name.</summary>
    public IReadOnlyList<PluginDescription> List(PluginKind kind) =>
        [.. _entries.Of(kind).Select(registered => new PluginDescription(
            registered.Name, registered.Entry.Description, registered.Entry.Options))];

    /// <inheritdoc/>
    public void AddStrategy<TOptions>(string name, string description, Func<TOptions, StrategySetup, IClientStrategy> create)
        where TOptions : class, new() => Add(PluginKind.Strategy, name, description, create);

    /// <inheritdoc/>
    public void AddStrategy<TOptions>(
        PluginDescription description, Func<PluginChoice, TOptions> bind, Func<TOptions, StrategySetup, IClientStrategy> create)
        where TOptions : class => AddBound<TOptions, StrategySetup, IClientStrategy>(PluginKind.Strategy, description, bind, create);

    /// <inheritdoc/>
    public void AddMechanism<TOptions>(
        PluginDescription description, Func<PluginChoice, TOptions> bind, Func<TOptions, IIncentiveMechanism> create)
        where TOptions : class => AddBound<TOptions, object?, IIncentiveMechanism>(
            PluginKind.Mechanism, description, bind, (options, _) => create(options));

    /// <inheritdoc/>
    public void AddMechanism<TOptions>(string name, string description, Func<TOptions, IIncentiveMechanism> create)
        where TOptions : class, new() => Add(PluginKind.Mechanism, name, description, create);

    /// <inheritdoc/>
    public void AddSurrogate<TOptions>(string name, string description, Func<TOptions, ILossSurrogateSource> create)
        where TOptions : class, new() => Add(PluginKind.Surrogate, name, description, create);

    /// <inheritdoc/>
    public void AddAggregator<TOptions>(string name, string description, Func<TOptions, IAggregator> create)
        where TOptions : class, new() => Add(PluginKind.Aggregator, name, description, create);

    /// <inheritdoc/>
    public void AddModel<TOptions>(string name, string description, Func<TOptions, LearningSetup, ILearningModel> create)
        where TOptions : class, new() => Add(PluginKind.Model, name, description, create);

    /// <inheritdoc/>
    public void AddDataSet<TOptions>(string name, string description, Func<TOptions, DataSet> create)
        where TOptions : class, new() => Add(PluginKind.DataSet, name, description, create);

    /// <inheritdoc/>
    public void AddPartition<TOptions>(string name, string description, Func<TOptions, PartitionSetup, IPartition> create)
        where TOptions : class, new() => Add(PluginKind.Partition, name, description, create);

    /// <summary>Makes a strategy for one client.</summary>
    /// <exception cref="SettingException">The name is unknown, or an option is unknown or out of range.</exception>
    public IClientStrategy CreateStrategy(PluginChoice choice, int client) => Make<IClientStrategy>(
        PluginKind.Strategy,
        choice,
        new StrategySetup { Client = client, Path = choice.Path, Create = inner => CreateStrategy(inner, client) });

    /// <summary>Makes a mechanism.</summary>
    /// <inheritdoc cref="CreateStrategy" path="/exception"/>
    public IIncentiveMechanism CreateMechanism(PluginChoice choice) => Make<IIncentiveMechanism>(PluginKind.Mechanism, choice);

    /// <summary>Makes a source of loss surrogates.</summary>
    /// <inheritdoc cref="CreateStrategy" path="/exception"/>
    public ILossSurrogateSource CreateSurrogate(PluginChoice choice) => Make<ILossSurrogateSource>(PluginKind.Surrogate, choice);

    /// <summary>Makes an aggregator.</summary>
    /// <inheritdoc cref="CreateStrategy" path="/exception"/>
    public IAggregator CreateAggregator(PluginChoice choice) => Make<IAggregator>(PluginKind.Aggregator, choice);

    /// <summary>Makes a model.</summary>
    /// <inheritdoc cref="CreateStrategy" path="/exception"/>
    public ILearningModel CreateModel(PluginChoice choice, LearningSetup setup) => Make<ILearningModel>(PluginKind.Model, choice, setup);

    /// <summary>A data set, loaded and checked when it is first asked for and held from then on.</summary>
    /// <exception cref="SettingException">The name is unknown, an option is unknown or out of range, or the data set is none.</exception>
    public DataSet CreateDataSet(PluginChoice choice) => _dataSets.Of(choice, _entries.Find(PluginKind.DataSet, choice));

    /// <summary>The data sets that were loaded so far, by name and options.</summary>
    public IReadOnlyList<DataSet> LoadedDataSets => _dataSets.All;

    /// <summary>Makes a partition of a data set. What a third party's draws is looked at.</summary>
    /// <inheritdoc cref="CreateStrategy" path="/exception"/>
    public IPartition CreatePartition(PartitionSetup setup)
    {
        var choice = setup.Settings.Choice;
        var partition = Make<IPartition>(PluginKind.Partition, choice, setup);
        return SourceOf(PluginKind.Partition, choice.Name) is null
            ? partition
            : CheckedPartition.Of(partition, setup, Describe(PluginKind.Partition, choice.Name)).Tried(new Seed(0));
    }

    /// <summary>
    /// Checks a choice before the run: the name is known, the options bind and are in range. A strategy is made for client 0 and
    /// thrown away, so that strategies made of strategies are checked in whole; nothing else is made.
    /// </summary>
    /// <inheritdoc cref="CreateStrategy" path="/exception"/>
    public void Check(PluginKind kind, PluginChoice choice)
    {
        if (kind == PluginKind.Strategy)
        {
            CreateStrategy(choice, client: 0);
        }
        else
        {
            _entries.Find(kind, choice).OptionsOf(choice);
        }
    }

    /// <summary>Lets go of what plug-ins hold, such as their processes: nothing can be made any more of one that held something.</summary>
    public void Dispose() => _plugins.OfType<IDisposable>().ToList().ForEach(plugin => plugin.Dispose());

    private T Make<T>(PluginKind kind, PluginChoice choice, object? setup = null) => (T)_entries.Find(kind, choice).Create(choice, setup);

    private void Register(IPlugin plugin, PluginSource? source)
    {
        var before = _registering;
        _registering = (plugin.GetType().Assembly.GetName().Name!, source);
        try
        {
            plugin.Register(this);
            _plugins.Add(plugin);
        }
        finally
        {
            _registering = before;
        }
    }

    private void Add<TOptions, TResult>(PluginKind kind, string name, string description, Func<TOptions, TResult> create)
        where TOptions : class => Add<TOptions, object?, TResult>(kind, name, description, (options, _) => create(options));

    private void Add<TOptions, TSetup, TResult>(PluginKind kind, string name, string description, Func<TOptions, TSetup, TResult> create)
        where TOptions : class
    {
        PluginNames.Check(kind, name, isBuiltIn: _registering.Source is null);
        PluginNames.CheckOptions(kind, name, typeof(TOptions));
        Add(kind, name, description, new(() => OptionText.Describe(typeof(TOptions))),
            choice => (TOptions)OptionsBinder.Bind(typeof(TOptions), choice), create);
    }

    private void AddBound<TOptions, TSetup, TResult>(
        PluginKind kind, PluginDescription description, Func<PluginChoice, TOptions> bind, Func<TOptions, TSetup, TResult> create)
        where TOptions : class
    {
        PluginNames.Check(kind, description.Name, isBuiltIn: _registering.Source is null);
        PluginNames.CheckOptions(kind, description.Name, description.Options.Select(option => option.Name));
        Add(kind, description.Name, description.Description, new(description.Options), bind, create);
    }

    private void Add<TOptions, TSetup, TResult>(
        PluginKind kind,
        string name,
        string description,
        Lazy<IReadOnlyList<OptionDescription>> options,
        Func<PluginChoice, TOptions> bind,
        Func<TOptions, TSetup, TResult> create)
        where TOptions : class
    {
        var (assembly, source) = _registering;
        _entries.Add(kind, name, new PluginEntry(
            kind, description, options, bind, (bound, setup) => create((TOptions)bound, (TSetup)setup!), assembly, source));
    }
}
