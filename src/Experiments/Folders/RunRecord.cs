using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Identity;

namespace FLCrowd.Experiments.Folders;

/// <summary>What <c>run.json</c> says: all about a run that its tables must not hold, because it is not the same every time.</summary>
public sealed record RunRecord
{
    /// <summary>How it is written: snake_case names, words for enums, NaN and infinities as text.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a record.</summary>
    /// <param name="json">What the file holds.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="SettingException">Somebody, or the disk, changed it into what no run writes; names the line and the
    /// key.</exception>
    public static RunRecord Parse(string json, string file)
    {
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(json, Json) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            var key = e.Path?.TrimStart('$').TrimStart('.');
            var line = e.LineNumber is { } number ? string.Create(CultureInfo.InvariantCulture, $", line {number + 1}") : "";

            // The names of types in the message are for programmers; those of keys in quotes are not.
            var missing = string.IsNullOrEmpty(key) && e.Message.Contains("required", StringComparison.Ordinal)
                ? $": it lacks {e.Message[(e.Message.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().TrimEnd('.')}" : "";
            throw new SettingException(
                $"{file}{line}", $"{(string.IsNullOrEmpty(key) ? "" : $"'{key}' ")}is not what a run writes{missing}");
        }
    }

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>What the experiment's file says that it asks; null where it says nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Asked { get; init; }

    /// <summary>Names the run in its journal; null where there is none, and in collections.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Run { get; init; }

    /// <summary>The command that gives the same tables.</summary>
    public required string Command { get; init; }

    /// <summary>How far it came.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why the run failed, for people.</summary>
    public string? Failure { get; init; }

    /// <summary>The seed that all is a function of, with the configuration.</summary>
    public required ulong Seed { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took, in seconds; after a resume, the last part of it.</summary>
    public double Seconds { get; init; }

    /// <summary>How many games it has.</summary>
    public required int Games { get; init; }

    /// <summary>How many episodes they have in all.</summary>
    public required int EpisodesPlanned { get; init; }

    /// <summary>How many of them are in the tables.</summary>
    public int EpisodesRecorded { get; init; }

    /// <summary>Client updates (a client's round) that were trained.</summary>
    public long ClientUpdates { get; init; }

    /// <summary>The same per second.</summary>
    public double UpdatesPerSecond { get; init; }

    /// <summary>Late, duplicated or foreign messages that were recognised.</summary>
    public long DroppedMessages { get; init; }

    /// <summary>Games that failed while the others of a sweep were played: they would fail again, and nobody plays them again.</summary>
    public IReadOnlyList<FailedGame> FailedGames { get; init; } = [];

    /// <summary>Whether nothing is left to play but games that would fail again.</summary>
    [JsonIgnore]
    public bool IsPlayedOut => FailedGames.Count > 0 && EpisodesRecorded >= EpisodesPlanned - FailedGames.Count * (EpisodesPlanned / Games);

    /// <summary>What it ran on.</summary>
    public required RunVersions Versions { get; init; }

    /// <summary>The plug-ins that were loaded.</summary>
    public IReadOnlyList<PluginSource> Plugins { get; init; } = [];

    /// <summary>The files that data sets, people's answers, confusion matrices and schedules were read from: who goes on with the run must
    /// find the same.</summary>
    public IReadOnlyList<DataFile> DataFiles { get; init; } = [];

    /// <summary>The swept columns of the tables.</summary>
    public required IReadOnlyList<string> Swept { get; init; }

    /// <summary>The files that it may write beside those of every run, by name or pattern: nothing else is its own to delete.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The step sizes that were tuned before the games.</summary>
    public IReadOnlyList<TunedStepSize> TunedStepSizes { get; init; } = [];

    /// <summary>The schedules and momentum that were tuned before the games; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TunedProtocol>? TunedProtocols { get; init; }

    /// <summary>What was tuned before the games, for people.</summary>
    [JsonIgnore]
    public IEnumerable<string> Tunings =>
        [.. TunedStepSizes.Select(tuned => tuned.Sentence), .. (TunedProtocols ?? []).Select(tuned => tuned.Sentence)];

    /// <summary>For a collection: the sub-folders of its experiments, in order; null for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Parts { get; init; }

    /// <summary>For a collection: what the user asked for, so that the parts that did not start yet can be; null for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunRequest? Request { get; init; }

    /// <summary>The whole configuration under <c>flcrowd</c>; JSON is HOCON.</summary>
    public required JsonObject Configuration { get; init; }

    /// <summary>What is asked and what was measured, by name, as the kind of experiment has it: all that its report needs besides the
    /// tables.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Question { get; init; }

    /// <summary>The same with more of it.</summary>
    public RunRecord Asking(IEnumerable<KeyValuePair<string, object>> questions)
    {
        var all = new Dictionary<string, JsonElement>(Question ?? new Dictionary<string, JsonElement>());
        foreach (var (name, question) in questions)
        {
            all[name] = JsonSerializer.SerializeToElement(question, question.GetType(), Json);
        }

        return this with { Question = all };
    }

    /// <summary>The word of <c>experiment.kind</c>.</summary>
    [JsonIgnore]
    public string Kind => (Configuration["experiment"] as JsonObject)?["kind"]?.ToString() ?? "";

    /// <summary>How it ended.</summary>
    public RunRecord Ended(ExperimentResult result, TimeSpan elapsed) => this with
    {
        Status = result.Status switch
        {
            ExperimentStatus.Completed => RunStatus.Completed,
            ExperimentStatus.Interrupted => RunStatus.Interrupted,
            _ => RunStatus.Failed,
        },
        Failure = result.Failure,
        FailedGames = result.FailedGames,
        Games = result.EpisodesPlanned ?? Games,
        EpisodesPlanned = result.EpisodesPlanned ?? EpisodesPlanned,
        EpisodesRecorded = result.EpisodesRecorded,
        ClientUpdates = result.ClientUpdates,
        UpdatesPerSecond = Math.Round(result.ClientUpdates / Math.Max(elapsed.TotalSeconds, 1e-3), 1),
        DroppedMessages = result.DroppedMessages,
        Seconds = Math.Round(elapsed.TotalSeconds, 3),
        Versions = RunVersions.Current(),
    };

    /// <summary>Somebody goes on with it.</summary>
    public RunRecord Resumed() => this with { Status = RunStatus.Running, Failure = null };

    /// <summary>The program itself failed; nothing is known of what was recorded.</summary>
    public RunRecord Broken(Exception e, TimeSpan elapsed) => this with
    {
        Status = RunStatus.Failed,
        Failure = e is IOException or PilotException ? e.Message : $"{e.GetType().Name}: {e.Message}",
        Seconds = Math.Round(elapsed.TotalSeconds, 3),
    };
}

/// <summary>What the run ran on, for people; and exactly, as <see cref="Build"/>.</summary>
public sealed record RunVersions(string Program, string DotNet, string? TorchSharp, string OperatingSystem, string Architecture, int Cores)
{
    /// <summary>What computed the run's numbers; null in the records of older versions.</summary>
    public ProgramBuild? Build { get; init; }

    /// <summary>What this process runs on.</summary>
    public static RunVersions Current() => new(
        ThisProgram.Build.Version,
        ThisProgram.Build.Runtime,
        AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == "TorchSharp") is { } torch
            ? torch.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion : null,
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount)
    {
        Build = ThisProgram.Build,
    };
}
