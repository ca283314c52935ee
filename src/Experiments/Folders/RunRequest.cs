using System.Globalization;
using System.Text.Json.Serialization;

namespace FLCrowd.Experiments.Folders;

/// <summary>What the user asked <c>run</c> for.</summary>
/// <param name="Experiment">A file, or the name of a shipped experiment.</param>
public sealed record RunRequest(string Experiment)
{
    /// <summary>Where its relative paths start, those of <see cref="Overrides"/> and <see cref="Plugins"/>, too; null: at the current
    /// folder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Folder { get; init; }

    /// <summary>Settings of the form path=value.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Assemblies of plug-ins, beside those that the experiment names.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>The seed, where it was given.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Where results go; null: a new folder below <c>runs</c>.</summary>
    public string? Out { get; init; }

    /// <summary>Training threads, where they were given.</summary>
    public int? Threads { get; init; }

    /// <summary>Worker processes to start on this machine; null: none, all is done here.</summary>
    public int? Workers { get; init; }

    /// <summary>The file that says where workers are, or how to set up those to start here; null: nothing is said.</summary>
    public string? Cluster { get; init; }

    /// <summary>Workers that are up already, for the parts of a collection; null: none are.</summary>
    [JsonIgnore]
    public Configuration.ClusterSettings? Shared { get; init; }

    /// <summary>The variables of the environment that the configuration asks for; null: not set.</summary>
    public IReadOnlyDictionary<string, string?>? Variables { get; init; }

    /// <summary>Whether <see cref="Out"/> may be a run that is already there.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether a run that is resumed may lose what its journal does not hold unharmed, and play that again.</summary>
    [JsonIgnore]
    public bool FromLastGood { get; init; }

    /// <summary>Whether standard output is for a program.</summary>
    public bool Json { get; init; }

    /// <summary>Whether the tables are written as Parquet files, too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Parquet { get; init; }

    /// <summary>Whether the tables are written as curves for TensorBoard, too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TensorBoard { get; init; }

    /// <summary>Whether only to say what it would take.</summary>
    [JsonIgnore]
    public bool DryRun { get; init; }

    /// <summary>Whether the run is a part of a collection, which speaks for it.</summary>
    public bool IsPart { get; init; }

    /// <summary>All settings of the form path=value.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> AllOverrides =>
        Threads is { } threads ? [.. Overrides, string.Create(CultureInfo.InvariantCulture, $"execution.threads={threads}")] : Overrides;

    /// <summary>
    /// The command that gives the same results, whatever default seeds, and variables that the configuration asks for, may become.
    /// </summary>
    public string Reproduce(ulong seed) => string.Join(' ', [
        .. Variables is { Count: > 0 } ? ["env"] : Array.Empty<string>(),
        .. (Variables ?? new Dictionary<string, string?>()).OrderBy(variable => variable.Value is not null)
            .Select(variable => variable.Value is { } value ? Quote($"{variable.Key}={value}") : $"-u {Quote(variable.Key)}"),
        "flcrowd run", Quote(Experiment),
        .. Plugins.Select(file => $"--plugin {Quote(file)}"),
        .. Overrides.Select(setting => $"--set {Quote(setting)}"),
        string.Create(CultureInfo.InvariantCulture, $"--seed {seed}")]);

    private static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
