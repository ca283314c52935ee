namespace FLCrowd.Host.Templates;

/// <summary>A kind of plug-in that <c>flcrowd new</c> writes a project for: one of samples/new-*, which the build compiles.</summary>
/// <param name="Kind">The kind, as in the command.</param>
/// <param name="Noun">The kind in a sentence.</param>
/// <param name="Word">The name that the template's project has; its vendor is acme.</param>
internal sealed record PluginTemplate(string Kind, string Noun, string Word)
{
    /// <summary>Those in Python.</summary>
    public static IReadOnlyList<PluginTemplate> Python { get; } =
    [
        new("strategy", "client strategy", "careful") { Language = PluginLanguage.Python },
        new("mechanism", "mechanism", "improving") { Language = PluginLanguage.Python },
    ];

    /// <summary>All of those in C#.</summary>
    public static IReadOnlyList<PluginTemplate> All { get; } =
    [
        new("strategy", "client strategy", "careful"),
        new("mechanism", "mechanism", "thrifty"),
        new("data-set", "data set", "spirals"),
    ];

    /// <summary>What it is written in.</summary>
    public PluginLanguage Language { get; private init; }

    /// <summary>What to do with it once it is written.</summary>
    /// <param name="name">What it is called.</param>
    public IReadOnlyList<string> NextSteps(PluginName name) => Language == PluginLanguage.Python
        ? ["python3 -m unittest", $"flcrowd run {name.Name}.conf"]
        : ["dotnet build -c Release", "dotnet test -c Release", $"flcrowd run {name.Name}.conf"];

    /// <summary>A template's text or path, in the words of another name.</summary>
    public string Rename(string text, PluginName name) => name.Rename(text, Word);
}

/// <summary>What a plug-in is written in.</summary>
internal enum PluginLanguage
{
    /// <summary>C#, as a project.</summary>
    CSharp,

    /// <summary>Python, as a script.</summary>
    Python,
}
