namespace FLCrowd;

/// <summary>The entry of a plug-in assembly: a public class with a public constructor without parameters. One that holds something
/// (processes, connections) is <see cref="IDisposable"/>, and disposed of with the catalog.</summary>
public interface IPlugin
{
    /// <summary>Registers what the assembly offers. Names are <c>vendor/name</c>; plain names are built in.</summary>
    void Register(IPluginRegistry registry);
}

/// <summary>
/// Where strategies, mechanisms, surrogates, aggregators, models, data sets and partitions are registered by name: lower-case letters,
/// digits and hyphens. <c>TOptions</c> is a class with settable properties whose defaults are the options' defaults; in the configuration a
/// property <c>BatchSize</c> is the key <c>batch-size</c>. All that is made of one entry of a configuration, such as the strategies of its
/// clients, shares the options: read them only.
/// </summary>
/// <remarks>
/// A property is a <see cref="double"/>, an <see cref="int"/>, a <see cref="long"/>, a <see cref="bool"/>, a
/// <see cref="string"/>, an enum, one of these nullable (not set by default), a class of options itself, a
/// <see cref="System.Text.Json.Nodes.JsonObject"/> that the plug-in reads, or a list of any of these. Ranges are data annotations
/// (<see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/>), descriptions are
/// <see cref="System.ComponentModel.DescriptionAttribute"/>; what involves several options is checked by
/// <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/>. All of it is checked before anything runs, and shown to
/// the user. A number that is set is 0 or of a size that can be computed with (<see cref="Magnitude"/>). A factory that still finds a
/// setting wrong throws a <see cref="SettingException"/>.
/// </remarks>
public interface IPluginRegistry
{
    /// <summary>Registers a client strategy; the factory is called once per client. No option has a name of
    /// <see cref="StrategyKeys"/>.</summary>
    void AddStrategy<TOptions>(string name, string description, Func<TOptions, StrategySetup, IClientStrategy> create)
        where TOptions : class, new();

    /// <summary>Registers a client strategy whose options are no class: a program in another language has its own.</summary>
    /// <param name="description">Name, description and options, for people.</param>
    /// <param name="bind">Reads and checks the options, once for all that is made of an entry of the configuration; throws a
    /// <see cref="SettingException"/>.</param>
    /// <param name="create">Called once per client.</param>
    void AddStrategy<TOptions>(
        PluginDescription description, Func<PluginChoice, TOptions> bind, Func<TOptions, StrategySetup, IClientStrategy> create)
        where TOptions : class;

    /// <summary>Registers an incentive mechanism; the factory is called once per game.</summary>
    void AddMechanism<TOptions>(string name, string description, Func<TOptions, IIncentiveMechanism> create)
        where TOptions : class, new();

    /// <summary>Registers an incentive mechanism whose options are no class.</summary>
    /// <param name="description">Name, description and options, for people.</param>
    /// <param name="bind">Reads and checks the options; throws a <see cref="SettingException"/>.</param>
    /// <param name="create">Called once per game.</param>
    void AddMechanism<TOptions>(
        PluginDescription description, Func<PluginChoice, TOptions> bind, Func<TOptions, IIncentiveMechanism> create)
        where TOptions : class;

    /// <summary>Registers a source of loss surrogates; the factory is called once per game.</summary>
    void AddSurrogate<TOptions>(string name, string description, Func<TOptions, ILossSurrogateSource> create)
        where TOptions : class, new();

    /// <summary>Registers an aggregator; the factory is called once per game and node.</summary>
    void AddAggregator<TOptions>(string name, string description, Func<TOptions, IAggregator> create)
        where TOptions : class, new();

    /// <summary>Registers a model; the factory is called once per game and node.</summary>
    void AddModel<TOptions>(string name, string description, Func<TOptions, LearningSetup, ILearningModel> create)
        where TOptions : class, new();

    /// <summary>Registers a data set; the factory is called once per process.</summary>
    void AddDataSet<TOptions>(string name, string description, Func<TOptions, DataSet> create)
        where TOptions : class, new();

    /// <summary>Registers a partition of data sets; the factory is called once per game and node.</summary>
    void AddPartition<TOptions>(string name, string description, Func<TOptions, PartitionSetup, IPartition> create)
        where TOptions : class, new();
}

/// <summary>What a strategy's factory gets beside its options.</summary>
public sealed class StrategySetup
{
    /// <summary>The client that the strategy is for.</summary>
    public required int Client { get; init; }

    /// <summary>Where the strategy stands in the configuration, for error messages: <c>clients[2]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Creates another registered strategy for the same client, for strategies made of strategies.</summary>
    public required Func<PluginChoice, IClientStrategy> Create { get; init; }
}

/// <summary>Options of a plug-in that has none.</summary>
public sealed class NoOptions;
