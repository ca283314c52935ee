namespace FLCrowd;

/// <summary>All that is registered, by kind and name.</summary>
internal sealed class PluginEntries
{
    private readonly Dictionary<(PluginKind Kind, string Name), PluginEntry> _entries = [];

    /// <exception cref="SettingException">The name is taken.</exception>
    public void Add(PluginKind kind, string name, PluginEntry entry)
    {
        if (!_entries.TryAdd((kind, name), entry))
        {
            throw new SettingException(
                name, $"is registered twice as {PluginNames.One(kind)}: by {_entries[(kind, name)].Assembly} and by {entry.Assembly}");
        }
    }

    /// <summary>Where a name was loaded from; null where it is built in, or unknown.</summary>
    public PluginSource? SourceOf(PluginKind kind, string name) => _entries.GetValueOrDefault((kind, name))?.Source;

    /// <exception cref="SettingException">The name is unknown; lists those that are not.</exception>
    public PluginEntry Find(PluginKind kind, PluginChoice choice)
    {
        if (_entries.TryGetValue((kind, choice.Name), out var entry))
        {
            return entry;
        }

        string[] known = [.. Of(kind).Select(registered => registered.Name)];
        throw new SettingException(
            choice.Path,
            $"unknown {PluginNames.Of(kind)} '{choice.Name}'{Suggestion.Phrase(choice.Name, known)}; "
            + (known.Length == 0 ? "none is known" : $"known are {string.Join(", ", known)}"));
    }

    /// <summary>What is registered of a kind, by name.</summary>
    public IEnumerable<(string Name, PluginEntry Entry)> Of(PluginKind kind) => _entries
        .Where(entry => entry.Key.Kind == kind)
        .Select(entry => (entry.Key.Name, entry.Value))
        .OrderBy(entry => entry.Name, StringComparer.Ordinal);
}
