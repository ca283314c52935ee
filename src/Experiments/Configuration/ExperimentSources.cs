using System.Reflection;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Identity;

namespace FLCrowd.Experiments.Configuration;

/// <summary>An experiment as it was found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Argument">What to call it by on the command line.</param>
/// <param name="Text">HOCON.</param>
/// <param name="Origin">The file, for messages.</param>
internal sealed record ExperimentSource(string Name, string Argument, string Text, string Origin)
{
    /// <summary>Where relative paths in it start: the folder of its file, or for a part of the program the one that it would be in
    /// beside the data that come along.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Whether it is a file, which may include others.</summary>
    public bool IsFile { get; init; }

    /// <summary>The first paragraph of comments: what the experiment asks and what to look at.</summary>
    public string Description => string.Join(' ', Text.Split('\n')
        .TakeWhile(line => line.StartsWith('#'))
        .Select(line => line.TrimStart('#').Trim()));

    /// <summary>The same; null where there is none.</summary>
    public string? Asked => Description is { Length: > 0 } words ? words : null;

    /// <summary>What stands in it, with substitutions as they were written.</summary>
    /// <exception cref="SettingException">Not HOCON, or something stands outside of <c>flcrowd</c>.</exception>
    public HoconBlock Read()
    {
        var root = Parser.Parse(Text, IsFile ? HoconSource.File(Origin, Folder) : new HoconSource(Origin) { Paths = Folder });
        foreach (var (key, value) in root.Entries)
        {
            if (key != ExperimentSources.Root)
            {
                throw value.At.Wrong($"'{key.ReplaceLineEndings(" ")}' stands outside of '{ExperimentSources.Root} {{ ... }}'");
            }

            if (value is HoconText or HoconList)
            {
                throw value.At.Wrong($"'{key}' must be a block {{ ... }}");
            }
        }

        return root;
    }

    /// <summary>What stands under <c>flcrowd</c>, where it is all that there is.</summary>
    /// <inheritdoc cref="Read"/>
    public JsonObject Parse(AskedVariables? variables = null) => Written(variables ?? new()).Tree;

    /// <summary>The same, which knows where its texts were written.</summary>
    /// <inheritdoc cref="Read"/>
    public WrittenSettings Written(AskedVariables variables, string? folder = null) =>
        ExperimentSources.Written([Read()], variables, folder);
}

/// <summary>Where experiments come from: files, and those that are part of the program.</summary>
internal static class ExperimentSources
{
    public const string Root = "flcrowd";
    public const string Default = "quickstart";

    private const string Prefix = "experiments/";
    private const string Extension = ".conf";

    private static readonly Assembly Resources = typeof(ExperimentSources).Assembly;

    /// <summary>Every key with its default.</summary>
    public static JsonObject Reference => Shipped("reference").Parse();

    /// <summary>The names of the experiments that are part of the program.</summary>
    public static IReadOnlyList<string> Names =>
        [.. Resources.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Extension.Length])
            .Order(StringComparer.Ordinal)];

    /// <summary>Finds an experiment: a file, or the name of a shipped one.</summary>
    /// <param name="nameOrFile">The name, or the path.</param>
    /// <param name="folder">Where a relative path starts; null: at the current folder.</param>
    /// <exception cref="SettingException">Neither exists; lists the names.</exception>
    public static ExperimentSource Find(string nameOrFile, string? folder = null)
    {
        if (Names.Contains(nameOrFile))
        {
            return Shipped(Prefix + nameOrFile) with { Name = nameOrFile, Argument = nameOrFile };
        }

        try
        {
            var path = Path.GetFullPath(nameOrFile, folder ?? Environment.CurrentDirectory);
            return new ExperimentSource(Path.GetFileNameWithoutExtension(nameOrFile), nameOrFile, File.ReadAllText(path), nameOrFile)
            {
                Folder = Path.GetDirectoryName(path)!,
                IsFile = true,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var problem = Directory.Exists(nameOrFile) ? FolderProblem(nameOrFile)
                : File.Exists(nameOrFile) ? $"cannot be read: {e.Message}"
                : $"is neither a file nor the name of an experiment{Hint.For(Path.GetFileName(nameOrFile), Names)}; "
                    + $"known are {string.Join(", ", Names)}";
            throw new SettingException(nameOrFile, problem);
        }
    }

    private static string FolderProblem(string folder) => RunLayout.IsRun(folder)
        ? $"is the folder of a run, not an experiment; flcrowd resume {folder} goes on with it, flcrowd report {folder} reports on it anew"
        : "is a folder; must be a file, or the name of an experiment that `flcrowd list experiments` shows";

    /// <summary>An experiment's configuration: the reference, the experiment, the settings of the command line, the seed.</summary>
    /// <param name="source">The experiment.</param>
    /// <param name="overrides">path=value.</param>
    /// <param name="seed">The seed, where it was given.</param>
    /// <param name="variables">The environment; null: as it is.</param>
    /// <param name="defaults">Keys that the reference does not have, in HOCON.</param>
    /// <param name="folder">The current folder; null: that of this process.</param>
    /// <exception cref="SettingException">A file or a setting of the command line is not HOCON, or a substitution stands for
    /// nothing.</exception>
    public static WrittenSettings Resolve(
        ExperimentSource source,
        IReadOnlyList<string> overrides,
        ulong? seed,
        AskedVariables? variables = null,
        IEnumerable<string>? defaults = null,
        string? folder = null)
    {
        var layers = (defaults ?? []).Select(text => Parser.Parse(text, new HoconSource("the kinds of experiments")))
            .Prepend(Shipped("reference").Read()).Append(source.Read()).Concat(overrides.Select(ParseOverride));
        return Written(
            seed is { } given ? layers.Append(HoconBlock.Of([Root, "seed"], new HoconText(default, given.ToString()))) : layers,
            variables ?? new(),
            folder);
    }

    /// <summary>What says how a node of a cluster finds the others: the defaults, and a file.</summary>
    public static JsonObject ResolveCluster(ExperimentSource? file) =>
        Written(file is null ? [Shipped("cluster").Read()] : [Shipped("cluster").Read(), file.Read()], new AskedVariables()).Tree;

    /// <summary>What stands under <c>flcrowd</c> in several layers; a later one has precedence, and all may refer to all.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="folder">The current folder; null: that of this process.</param>
    public static WrittenSettings Written(IEnumerable<HoconBlock> layers, AskedVariables variables, string? folder = null)
    {
        var resolver = new Resolver(HoconBlock.Merge(layers), variables);
        var whole = resolver.Tree();
        var tree = whole[Root] as JsonObject ?? [];
        whole.Remove(Root);
        return new WrittenSettings(tree, resolver.Folders, folder ?? Environment.CurrentDirectory);
    }

    /// <summary>Reads <c>path=value</c>; the path may begin with the block that all settings are in.</summary>
    private static HoconBlock ParseOverride(string text)
    {
        int equals = EqualsOutsideQuotes(text);
        if (equals <= 0)
        {
            throw new SettingException($"--set {text}", "must be path=value, such as learning.rounds=20");
        }

        var path = SettingPath.Split(text[..equals].Trim());
        path = path[0] == Root && path.Count > 1 ? path : [Root, .. path];
        return HoconBlock.Of(path, Parser.Value(text[(equals + 1)..], new HoconSource($"--set {text}"), path));
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
        return new ExperimentSource(resource, resource, reader.ReadToEnd(), $"{resource}{Extension}")
        {
            Folder = Path.GetDirectoryName(Path.Combine(AppContext.BaseDirectory, "hocon", resource))!,
        };
    }
}
