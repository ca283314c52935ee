using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Loading;

/// <summary>A plug-in that the user named: an assembly, or a program in another language.</summary>
/// <param name="Path">The file; absolute, but for a program that is none.</param>
/// <param name="Setting">Where it was named, for messages.</param>
internal sealed record PluginFile(string Path, string Setting)
{
    /// <summary>The key of the configuration.</summary>
    public const string Key = "plugins";

    /// <summary>The option of the command line.</summary>
    public const string Argument = "--plugin";

    private const string CommandKey = "command";
    private const string TimeoutKey = "timeout";

    /// <summary>How it is started; null for an assembly.</summary>
    public PluginCommand? Command { get; init; }

    /// <summary>What the command line names.</summary>
    /// <param name="arguments">Files, and programs as JSON.</param>
    /// <param name="folder">Where relative paths start; null: at the current folder.</param>
    public static IEnumerable<PluginFile> Of(IReadOnlyList<string> arguments, string? folder = null)
    {
        string from = folder ?? Environment.CurrentDirectory;
        return arguments.Select(argument => argument.StartsWith('{')
            ? Program(from, Parse(argument), Argument)
            : At(from, argument, Argument));
    }

    /// <summary>What an experiment and the command line name.</summary>
    /// <param name="tree">The whole configuration, with absolute paths.</param>
    /// <param name="arguments">What the command line names.</param>
    /// <param name="folder">Where relative paths of the command line start; null: at the current folder.</param>
    public static IEnumerable<PluginFile> Of(JsonObject tree, IReadOnlyList<string> arguments, string? folder)
    {
        var root = new Section(tree, "");
        return root.List(Key)
            .Select((item, index) => item switch
            {
                JsonValue => At(Environment.CurrentDirectory, item.ToString(), $"{Key}[{index}]"),
                JsonObject program => Program(Environment.CurrentDirectory, program, $"{Key}[{index}]"),
                _ => throw root.Wrong(Key, "a list of files, and of programs { command = [...] }"),
            })
            .Concat(Of(arguments, folder))
            .ToList();
    }

    /// <summary>The configuration with absolute paths of plug-ins: of assemblies, and of the files that commands name.</summary>
    public static JsonObject Anchor(WrittenSettings written)
    {
        written.AnchorList([Key], path => path.Length > 0);
        return written.AnchorLists(Key, CommandKey, IsFile);
    }

    /// <summary>The one that was loaded before.</summary>
    public static PluginFile Of(PluginSource source) => new(source.File, Key) { Command = source.Command };

    /// <summary>How the command line names what was loaded.</summary>
    public static string ArgumentOf(PluginSource source) => source.Command is not { } command ? source.File : new JsonObject
    {
        [CommandKey] = new JsonArray([.. command.Words.Select(word => JsonValue.Create(word))]),
        [TimeoutKey] = $"{(long)(1000 * command.Timeout)}ms",
    }.ToJsonString();

    public SettingException Wrong(string problem) => new(Setting, $"{Path} {problem}");

    private static PluginFile At(string folder, string path, string setting)
    {
        if (path.Length == 0)
        {
            throw new SettingException(setting, "is empty; must be a file");
        }

        var file = new PluginFile(Absolute(folder, path), setting);
        return Python.IsScript(path)
            ? file with { Command = new PluginCommand([Python.Interpreter, file.Path], PluginCommand.DefaultTimeout) }
            : file;
    }

    private static PluginFile Program(string folder, JsonObject program, string setting)
    {
        var section = new Section(program, setting);
        string[] words = [.. section.List(CommandKey).Select(word => word is JsonValue ? word.ToString() : "")];
        if (words.Length == 0 || words.Contains(""))
        {
            throw section.Wrong(CommandKey, "a list of texts, such as [\"node\", \"mine.js\"]");
        }

        var timeout = section.Has(TimeoutKey) ? section.Duration(TimeoutKey).TotalSeconds : PluginCommand.DefaultTimeout;
        section.Done();
        words = [.. words.Select((word, index) => Word(folder, word, index))];
        return new PluginFile(words.Skip(1).FirstOrDefault(File.Exists) ?? words[0], setting)
        {
            Command = new PluginCommand(words, timeout),
        };
    }

    private static string Word(string folder, string word, int index) =>
        IsFile(folder, word, index) ? Absolute(folder, word) : word;

    /// <summary>A file's name is made absolute; other words, and programs that are looked for as shells do, stay as they are.</summary>
    private static bool IsFile(string folder, string word, int index) =>
        (index > 0 || System.IO.Path.GetFileName(word) != word) && File.Exists(Absolute(folder, word));

    private static string Absolute(string folder, string path) => System.IO.Path.GetFullPath(path, folder);

    private static JsonObject Parse(string argument)
    {
        try
        {
            return (JsonObject)JsonNode.Parse(argument)!;
        }
        catch (JsonException e)
        {
            throw new SettingException(
                Argument, string.Create(CultureInfo.InvariantCulture, $"is '{argument}', which is no JSON: {e.Message}"));
        }
    }
}
