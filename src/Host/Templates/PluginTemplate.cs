namespace FLCrowd.Host.Templates;

/// <summary>A kind of plug-in that <c>flcrowd new</c> writes a project for: one of samples/new-*, which the build compiles.</summary>
/// <param name="Kind">The kind, as in the command.</param>
/// <param name="Noun">The kind in a sentence.</param>
/// <param name="Word">The name that the template's project has; its vendor is acme.</param>
internal sealed record PluginTemplate(string Kind, string Noun, string Word)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PluginTemplate> All { get; } =
    [
        new("strategy", "client strategy", "careful"),
        new("mechanism", "mechanism", "thrifty"),
        new("data-set", "data set", "spirals"),
    ];

    /// <summary>A template's text or path, in the words of another name.</summary>
    public string Rename(string text, PluginName name) => name.Rename(text, Word);
}
