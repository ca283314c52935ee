using System.Reflection;
using System.Text.Json.Nodes;

namespace FLCrowd.Host.Configuration;

/// <summary>An experiment as it was found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Argument">What to call it by on the command line.</param>
/// <param name="Text">HOCON.</param>
/// <param name="Origin">The file, for messages.</param>
internal sealed record ExperimentSource(string Name, string Argument, string Text, string Origin)
{
    /// <summary>Where relative paths in it start: the folder of its file, or the current one where it is part of the program.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>The first paragraph of comments: what the experiment asks and what to look at.</summary>
    public string Description => string.Join(' ', Text.Split('\n')
        .TakeWhile(line => line.StartsWith('#'))
        .Select(line => line.TrimStart('#').Trim()));

    /// <summary>What stands under <c>flcrowd</c>.</summary>
    /// <exception cref="SettingException">Not HOCON, or something stands elsewhere.</exception>
    public JsonObject Parse()
    {
        var root = Hocon.Parse(Text, Origin);
        var stray = root.Select(entry => entry.Key).FirstOrDefault(key => key != Experiments.Root);
        if (stray is not null)
        {
            throw new SettingException(Origin, $"'{stray.ReplaceLineEndings(" ")}' stands outside of '{Experiments.Root} {{ ... }}'");
        }

        return root[Experiments.Root] switch
        {
            null => [],
            JsonObject settings => settings,
            _ => throw new SettingException(Origin, $"'{Experiments.Root}' must be a block {{ ... }}"),
        };
    }
}

/// <summary>Where experiments come from: files, and those that are part of the program.</summary>
internal static class Experiments
{
    public const string Root = "flcrowd";
    public const string Default = "quickstart";

    private const string Prefix = "experiments/";
    private const string Extension = ".conf";

    private static readonly Assembly Resources = typeof(Experiments).Assembly;

    /// <summary>Every key with its default.</summary>
    public static JsonObject Reference => Shipped("reference").Parse();

    /// <summary>Every key of a node of a cluster with its default.</summary>
    public static JsonObject ClusterReference => Shipped("cluster").Parse();

    /// <summary>The names of the experiments that are part of the program.</summary>
    public static IReadOnlyList<string> Names =>
        [.. Resources.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Extension.Length])
            .Order(StringComparer.Ordinal)];

    /// <summary>Finds an experiment: a file, or the name of a shipped one.</summary>
    /// <exception cref="SettingException">Neither exists; lists the names.</exception>
    public static ExperimentSource Find(string nameOrFile)
    {
        if (Names.Contains(nameOrFile))
        {
            return Shipped(Prefix + nameOrFile) with { Name = nameOrFile, Argument = nameOrFile };
        }

        try
        {
            return new ExperimentSource(Path.GetFileNameWithoutExtension(nameOrFile), nameOrFile, File.ReadAllText(nameOrFile), nameOrFile)
            {
                Folder = Path.GetDirectoryName(Path.GetFullPath(nameOrFile))!,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var problem = File.Exists(nameOrFile) || Directory.Exists(nameOrFile)
                ? $"cannot be read: {e.Message}"
                : $"is neither a file nor the name of an experiment{Hint.For(nameOrFile, Names)}; known are {string.Join(", ", Names)}";
            throw new SettingException(nameOrFile, problem);
        }
    }

    /// <summary>An experiment's configuration: the reference, the experiment, the settings of the command line, the seed.</summary>
    public static JsonObject Resolve(ExperimentSource source, IReadOnlyList<string> overrides, ulong? seed)
    {
        var layers = overrides.Select(ParseOverride).Prepend(source.Parse()).Prepend(Reference);
        return SettingsTree.Merge(seed is { } given ? layers.Append(SettingsTree.Layer("seed", given.ToString())) : layers);
    }

    /// <summary>Reads <c>path=value</c>; the path may begin with the block that all settings are in.</summary>
    private static JsonObject ParseOverride(string text)
    {
        int equals = EqualsOutsideQuotes(text);
        if (equals <= 0)
        {
            throw new SettingException($"--set {text}", "must be path=value, such as learning.rounds=20");
        }

        var value = Hocon.Parse($"value = {text[(equals + 1)..]}", $"--set {text}");
        var path = text[..equals].Trim();
        return SettingsTree.Layer(path.StartsWith($"{Root}.", StringComparison.Ordinal) ? path[(Root.Length + 1)..] : path, value["value"]);
    }

    private static int EqualsOutsideQuotes(string text)
    {
        bool quoted = false;
        for (int at = 0; at < text.Length; at++)
        {
            quoted ^= text[at] == '"';
            if (text[at] == '=' && !quoted)
            {
                return at;
            }
        }

        return -1;
    }

    private static ExperimentSource Shipped(string resource)
    {
        using var stream = Resources.GetManifestResourceStream(resource + Extension)
            ?? throw new InvalidOperationException($"the resource {resource}{Extension} is missing");
        using var reader = new StreamReader(stream);
        return new ExperimentSource(resource, resource, reader.ReadToEnd(), $"{resource}{Extension}");
    }
}
