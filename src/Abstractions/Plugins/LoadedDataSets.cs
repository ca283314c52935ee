using System.Collections.Concurrent;

namespace FLCrowd;

/// <summary>Data sets by name and options, each loaded and checked when it is first asked for and held from then on.</summary>
internal sealed class LoadedDataSets
{
    private readonly ConcurrentDictionary<(string Name, string Options), Lazy<DataSet>> _loaded = new();

    /// <exception cref="SettingException">An option is unknown or out of range, or the data set is none.</exception>
    public DataSet Of(PluginChoice choice, PluginEntry entry) => _loaded.GetOrAdd(
        (choice.Name, choice.Options), _ => new Lazy<DataSet>(() => Load(choice, entry))).Value;

    /// <summary>Those that are loaded, by name and options.</summary>
    public IReadOnlyList<DataSet> All =>
    [
        .. _loaded.Where(entry => entry.Value.IsValueCreated)
            .OrderBy(entry => entry.Key.Name, StringComparer.Ordinal).ThenBy(entry => entry.Key.Options, StringComparer.Ordinal)
            .Select(entry => entry.Value.Value),
    ];

    private static DataSet Load(PluginChoice choice, PluginEntry entry)
    {
        var data = (DataSet)entry.Create(choice, null);
        return DataSetCheck.Problem(data) is { } problem
            ? throw new SettingException(choice.Path, $"{entry.Describe(choice.Name)} {problem}")
            : data;
    }
}
