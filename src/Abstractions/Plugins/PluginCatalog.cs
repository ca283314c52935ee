using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace FLCrowd;

/// <summary>All that is registered, and the one place that makes instances out of names and options.</summary>
public sealed partial class PluginCatalog : IPluginRegistry
{
    private readonly Dictionary<(PluginKind Kind, string Name), PluginEntry> _entries = [];
    private readonly ConcurrentDictionary<(string Name, string Options), Lazy<DataSet>> _dataSets = new();
    private readonly List<PluginSource> _sources = [];

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
    public PluginSource? SourceOf(PluginKind kind, string name) => _entries.GetValueOrDefault((kind, name))?.Source;

    /// <inheritdoc/>
    public void AddStrategy<TOptions>(string name, string description, Func<TOptions, StrategySetup, IClientStrategy> create)
        where TOptions : class, new() => Add(PluginKind.Strategy, name, description, create);

    /// <inheritdoc/>
    public void AddMechanism<TOptions>(string name, string description, Func<TOptions, IIncentiveMechanism> create)
        where TOptions : class, new() =>
        Add<TOptions, object?, IIncentiveMechanism>(PluginKind.Mechanism, name, description, (options, _) => create(options));

    /// <inheritdoc/>
    public void AddSurrogate<TOptions>(string name, string description, Func<TOptions, ILossSurrogateSource> create)
        where TOptions : class, new() =>
        Add<TOptions, object?, ILossSurrogateSource>(PluginKind.Surrogate, name, description, (options, _) => create(options));

    /// <inheritdoc/>
    public void AddAggregator<TOptions>(string name, string description, Func<TOptions, IAggregator> create)
        where TOptions : class, new() =>
        Add<TOptions, object?, IAggregator>(PluginKind.Aggregator, name, description, (options, _) => create(options));

    /// <inheritdoc/>
    public void AddModel<TOptions>(string name, string description, Func<TOptions, LearningSetup, ILearningModel> create)
        where TOptions : class, new() => Add(PluginKind.Model, name, description, create);

    /// <inheritdoc/>
    public void AddDataSet<TOptions>(string name, string description, Func<TOptions, DataSet> create)
        where TOptions : class, new() =>
        Add<TOptions, object?, DataSet>(PluginKind.DataSet, name, description, (options, _) => create(options));

    /// <summary>A name for messages: <c>the mechanism 'vendor/name' of Assembly</c>, of which the assembly is left out where it is built in.</summary>
    public string Describe(PluginKind kind, string name) =>
        $"the {KindName(kind)} '{name}'{(SourceOf(kind, name) is { } source ? $" of {source.Name}" : "")}";

    /// <summary>Makes a strategy for one client.</summary>
    /// <exception cref="SettingException">The name is unknown, or an option is unknown or out of range.</exception>
    public IClientStrategy CreateStrategy(PluginChoice choice, int client) =>
        (IClientStrategy)Find(PluginKind.Strategy, choice).Create(
            choice, new StrategySetup { Client = client, Path = choice.Path, Create = inner => CreateStrategy(inner, client) });

    /// <summary>Makes a mechanism.</summary>
    /// <inheritdoc cref="CreateStrategy" path="/exception"/>
    public IIncentiveMechanism CreateMechanism(PluginChoice choice) =>
        (IIncentiveMechanism)Find(PluginKind.Mechanism, choice).Create(choice, null);

    /// <summary>Makes a source of loss surrogates.</summary>
    /// <inheritdoc cref="CreateStrategy" path="/exception"/>
    public ILossSurrogateSource CreateSurrogate(PluginChoice choice) =>
        (ILossSurrogateSource)Find(PluginKind.Surrogate, choice).Create(choice, null);

    /// <summary>Makes an aggregator.</summary>
    /// <inheritdoc cref="CreateStrategy" path="/exception"/>
    public IAggregator CreateAggregator(PluginChoice choice) => (IAggregator)Find(PluginKind.Aggregator, choice).Create(choice, null);

    /// <summary>Makes a model.</summary>
    /// <inheritdoc cref="CreateStrategy" path="/exception"/>
    public ILearningModel CreateModel(PluginChoice choice, LearningSetup setup) =>
        (ILearningModel)Find(PluginKind.Model, choice).Create(choice, setup);

    /// <summary>A data set, loaded and checked when it is first asked for and held from then on.</summary>
    /// <exception cref="SettingException">The name is unknown, an option is unknown or out of range, or the data set is none.</exception>
    public DataSet CreateDataSet(PluginChoice choice) => _dataSets.GetOrAdd(
        (choice.Name, choice.Options), _ => new Lazy<DataSet>(() => LoadDataSet(choice))).Value;

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
            OptionsBinder.Bind(Find(kind, choice).OptionsType, choice);
        }
    }

    /// <summary>What is registered of a kind, by name.</summary>
    public IReadOnlyList<PluginDescription> List(PluginKind kind) =>
        [.. _entries.Where(entry => entry.Key.Kind == kind)
            .OrderBy(entry => entry.Key.Name, StringComparer.Ordinal)
            .Select(entry => new PluginDescription(entry.Key.Name, entry.Value.Description, OptionText.Describe(entry.Value.OptionsType)))];

    private DataSet LoadDataSet(PluginChoice choice)
    {
        var data = (DataSet)Find(PluginKind.DataSet, choice).Create(choice, null);
        return DataSetCheck.Problem(data) is { } problem
            ? throw new SettingException(choice.Path, $"{Describe(PluginKind.DataSet, choice.Name)} {problem}")
            : data;
    }

    private void Register(IPlugin plugin, PluginSource? source)
    {
        var before = _registering;
        _registering = (plugin.GetType().Assembly.GetName().Name!, source);
        try
        {
            plugin.Register(this);
        }
        finally
        {
            _registering = before;
        }
    }

    private void Add<TOptions, TSetup, TResult>(PluginKind kind, string name, string description, Func<TOptions, TSetup, TResult> create)
        where TOptions : class
        where TResult : class
    {
        if (!NamePattern().IsMatch(name))
        {
            throw new SettingException(name, $"is no name for {AKind(kind)}; must be 'name' or 'vendor/name' of a-z, 0-9 and hyphens");
        }

        var (assembly, source) = _registering;
        if (source is not null && !name.Contains('/', StringComparison.Ordinal))
        {
            throw new SettingException(name, $"is no name for {AKind(kind)} of a plug-in; must be 'vendor/{name}': plain names are built in");
        }

        if (OptionText.Properties(typeof(TOptions)).FirstOrDefault(property => !OptionText.IsOption(property.PropertyType)) is { } odd)
        {
            throw new SettingException(
                name, $"has {typeof(TOptions).Name}.{odd.Name}, which is a {odd.PropertyType.Name}; no option has this type");
        }

        if (kind == PluginKind.Strategy && OptionText.Properties(typeof(TOptions)).Select(OptionText.Key).FirstOrDefault(StrategyKeys.All.Contains) is { } taken)
        {
            throw new SettingException(
                name, $"has an option '{taken}', which could not be set: where a strategy is chosen, {string.Join(", ", StrategyKeys.All)} stand for other things");
        }

        var entry = new PluginEntry(
            description,
            typeof(TOptions),
            (choice, setup) =>
            {
                var options = (TOptions)OptionsBinder.Bind(typeof(TOptions), choice);
                return source is null ? create(options, (TSetup)setup!) : Guarded(kind, choice, () => create(options, (TSetup)setup!));
            },
            assembly,
            source);
        if (!_entries.TryAdd((kind, name), entry))
        {
            throw new SettingException(
                name, $"is registered twice as {AKind(kind)}: by {_entries[(kind, name)].Assembly} and by {assembly}");
        }
    }

    /// <summary>What the code of a third party does not make is named; its exceptions are not the program's.</summary>
    private TResult Guarded<TResult>(PluginKind kind, PluginChoice choice, Func<TResult?> create)
        where TResult : class
    {
        try
        {
            return create() ?? throw new InvalidOperationException("its factory returned null");
        }
        catch (Exception e) when (e is not SettingException)
        {
            throw new SettingException(
                choice.Path, $"{Describe(kind, choice.Name)} was not created: {e.GetType().Name}: {e.Message}");
        }
    }

    private PluginEntry Find(PluginKind kind, PluginChoice choice)
    {
        if (_entries.TryGetValue((kind, choice.Name), out var entry))
        {
            return entry;
        }

        string[] known = [.. _entries.Keys.Where(key => key.Kind == kind).Select(key => key.Name).Order(StringComparer.Ordinal)];
        throw new SettingException(
            choice.Path,
            $"unknown {KindName(kind)} '{choice.Name}'{Suggestion.Phrase(choice.Name, known)}; "
            + (known.Length == 0 ? "none is known" : $"known are {string.Join(", ", known)}"));
    }

    private static string KindName(PluginKind kind) => kind == PluginKind.DataSet ? "data set" : kind.ToString().ToLowerInvariant();

    private static string AKind(PluginKind kind) => $"{(kind == PluginKind.Aggregator ? "an" : "a")} {KindName(kind)}";

    [GeneratedRegex(@"\A[a-z0-9-]+(/[a-z0-9-]+)?\z")]
    private static partial Regex NamePattern();

    private sealed record PluginEntry(string Description, Type OptionsType, Func<PluginChoice, object?, object> Create, string Assembly, PluginSource? Source);
}
