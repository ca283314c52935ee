namespace FLCrowd.Experiments.Hocon;

/// <summary>The environment, as far as a configuration asks for it: part of what a run is made of, and so kept with it.</summary>
/// <param name="kept">What variables were when the run began, where it is gone on with; null: they are what they are.</param>
internal sealed class AskedVariables(IReadOnlyDictionary<string, string?>? kept = null)
{
    private readonly SortedDictionary<string, string?> _asked = new(StringComparer.Ordinal);

    /// <summary>All that were asked for; null: not set.</summary>
    public IReadOnlyDictionary<string, string?> Asked => _asked;

    public string? Value(string name) => _asked[name] =
        kept is not null && kept.TryGetValue(name, out var value) ? value : Environment.GetEnvironmentVariable(name);
}
