using System.Runtime.CompilerServices;

namespace FLCrowd;

/// <summary>What is registered under a name: how it is made, and where it comes from.</summary>
/// <param name="kind">What it is.</param>
/// <param name="description">One sentence.</param>
/// <param name="options">Its options, for people.</param>
/// <param name="bind">Reads and checks the options of a choice.</param>
/// <param name="create">Makes one of options and setup.</param>
/// <param name="assembly">Where it comes from, for people.</param>
/// <param name="source">The assembly that was loaded; null for what is built in.</param>
internal sealed class PluginEntry(
    PluginKind kind,
    string description,
    Lazy<IReadOnlyList<OptionDescription>> options,
    Func<PluginChoice, object> bind,
    Func<object, object?, object?> create,
    string assembly,
    PluginSource? source)
{
    /// <summary>Options by the choice that they were bound from, as long as somebody holds it: 100,000 clients of one entry of a
    /// configuration have one choice.</summary>
    private readonly ConditionalWeakTable<PluginChoice, object> _bound = [];

    public string Description => description;

    public IReadOnlyList<OptionDescription> Options => options.Value;

    public string Assembly => assembly;

    public PluginSource? Source => source;

    /// <summary>The options of a choice, bound and checked when they are first asked for.</summary>
    /// <exception cref="SettingException">An option is unknown or out of range.</exception>
    public object OptionsOf(PluginChoice choice) => _bound.GetValue(choice, made => bind(made));

    /// <summary>Makes one. What the code of a third party does not make is named; its exceptions are not the program's.</summary>
    /// <exception cref="SettingException">An option is unknown or out of range, or a third party made nothing.</exception>
    public object Create(PluginChoice choice, object? setup)
    {
        var bound = OptionsOf(choice);
        if (source is null)
        {
            return create(bound, setup)!;
        }

        try
        {
            return create(bound, setup) ?? throw new InvalidOperationException("its factory returned null");
        }
        catch (Exception e) when (e is not SettingException)
        {
            throw new SettingException(choice.Path, $"{Describe(choice.Name)} was not created: {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary><c>the mechanism 'vendor/name' of Assembly</c>, of which the assembly is left out where it is built in.</summary>
    public string Describe(string name) => Describe(kind, name, source);

    public static string Describe(PluginKind kind, string name, PluginSource? source) =>
        $"the {PluginNames.Of(kind)} '{name}'{(source is null ? "" : $" of {source.Name}")}";
}
