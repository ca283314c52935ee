using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Loading;

namespace FLCrowd.Experiments.Kinds;

/// <summary>All that one game needs, read and checked key by key; whether the parts fit is <see cref="GameCheck"/>'s question.</summary>
public sealed record Settings(
    ulong Seed,
    LearningDefinition Learning,
    StepSizeTuning? Tuning,
    IncentiveDefinition Incentive,
    CrowdDefinition Crowd,
    ExperimentSettings Experiment,
    ExecutionDefinition Execution,
    ProcessSettings Process)
{
    private const int MostThreads = 1024;

    /// <summary>What every game draws of its clients' data from its seed.</summary>
    public required ClientData Clients { get; init; }

    /// <summary>The files that settings were read from: people's answers, a confusion matrix, a schedule.</summary>
    public IReadOnlyList<DataFile> Files { get; init; } = [];

    /// <exception cref="SettingException">Anything misspelt, of another type or out of range.</exception>
    /// <param name="tree">The whole configuration.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="kinds">All kinds of experiments.</param>
    public static Settings Read(JsonObject tree, PluginCatalog catalog, ExperimentKinds kinds)
    {
        var root = new Section(tree, "");
        ulong seed = root.Seed("seed");

        // Read before there was a catalog.
        _ = root.List(PluginFile.Key);
        var data = root.Sub("data");
        var learning = root.Sub("learning");
        var game = root.Sub("game");
        var execution = root.Sub("execution");

        int clients = data.Whole("clients", 1);
        GameMemory.CheckClients(clients);
        var files = new List<DataFile>();
        var (learned, tuning, clientData) = LearningSection.Read(data, learning, game, clients, catalog, files);
        var settings = new Settings(
            seed,
            learned,
            tuning,
            new IncentiveDefinition(
                game.Plugin("mechanism", PluginKind.Mechanism, catalog),
                game.Number("money-per-loss", Bounds.Above(0)),
                PayoffBasis: game.Word<PayoffBasis>("payoff-basis"),
                Floor: game.NumberOr("floor", "none")),
            new CrowdDefinition(
                clients,
                ClientsSection.Read(root, clients, catalog),
                PerClient(game, "labeling-cost", clients, game.Numbers("labeling-cost", Bounds.AtLeast(0))),
                PerClient(game, "computation-cost", clients, game.Numbers("computation-cost", Bounds.AtLeast(0))),
                PerClient(game, "assignment", clients, game.WholesOr("assignment", 1, "optimal"))),
            ExperimentSettings.Read(root.Sub("experiment"), kinds),
            ReadExecution(execution),
            new ProcessSettings(
                execution.WholeOr("threads", 1, "auto") is > MostThreads
                    ? throw execution.Wrong("threads", $"at most {MostThreads}, or auto")
                    : execution.WholeOr("threads", 1, "auto"),
                execution.WholeOr("parallel-games", 1, "auto"),
                execution.Text("cache"),
                JournalSettings.Read(execution))
            {
                Telemetry = TelemetrySettings.Read(root.Sub("telemetry")),
            })
        {
            Clients = clientData,
            Files = files,
        };

        foreach (var section in (Section[])[data, learning, game, execution, root])
        {
            section.Done();
        }

        return settings;
    }

    private static ExecutionDefinition ReadExecution(Section execution) => new(
        execution.Whole("cohort-size", 1),
        execution.Whole("chunk-size", 1),
        execution.Whole("evaluate-every", 0),
        execution.Word<FailurePolicy>("on-client-failure"),
        execution.Duration("resend-after"),
        execution.Duration("give-up-after"));

    private static T[] PerClient<T>(Section section, string key, int clients, T[] values) =>
        !section.IsList(key) || values.Length == clients
            ? values
            : throw new SettingException(section.PathOf(key), $"has {values.Length} entries, but data.clients is {clients}");
}

/// <summary>How much of the machine the process uses; results do not depend on it.</summary>
/// <param name="Threads">Training threads; null: one per core.</param>
/// <param name="ParallelGames">Games played side by side; null: as many as threads.</param>
/// <param name="Cache">Where the program keeps what it would otherwise compute again: auto, off or a folder.</param>
/// <param name="Journal">What the run can be resumed from.</param>
public sealed record ProcessSettings(int? Threads, int? ParallelGames, string Cache, JournalSettings Journal)
{
    /// <summary>Where metrics go.</summary>
    public TelemetrySettings Telemetry { get; init; } = TelemetrySettings.Default;
}
