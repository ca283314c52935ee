using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FLCrowd.Host.Configuration;
using FLCrowd.Host.Hocon;
using FLCrowd.Host.Loading;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Running;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd resume DIR</c>: goes on with a run that was interrupted or killed. Its tables become those of a run that was not.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var directory = Argued.Text("DIR", "The folder of a run that did not come to its end.");
        var threads = Argued.Count("--threads", "K", "Training threads; by default as many as the run had. Does not change results.");
        var workers = Argued.Count("--workers", "N", "As for run.");
        var cluster = Argued.Text("--cluster", "FILE", "As for run.");
        var json = new Option<bool>("--json") { Description = "Prints one JSON object on standard output, and nothing else there." };
        var command = new Command("resume", "Goes on with a run that was interrupted, or whose process was killed.") { directory, threads, workers, cluster, json };
        command.SetAction((parsed, _) => ResumeAsync(parsed.GetRequiredValue(directory), new RunRequest("")
        {
            Threads = parsed.GetValue(threads),
            Workers = parsed.GetValue(workers),
            Cluster = parsed.GetValue(cluster),
            Json = parsed.GetValue(json),
        }));
        return command;
    }

    /// <param name="folder">The run's folder.</param>
    /// <param name="request">How to go on with it; what to run is in the folder.</param>
    /// <exception cref="SettingException">The folder is not one of a run that this program can go on with.</exception>
    public static async Task<int> ResumeAsync(string folder, RunRequest request)
    {
        var directory = RunDirectory.Open(folder);
        using var exclusive = directory.Lock();
        return await GoOnAsync(directory, request);
    }

    /// <param name="directory">The run's folder, which nobody else works on.</param>
    /// <param name="request">How to go on with it.</param>
    /// <inheritdoc cref="ResumeAsync"/>
    public static async Task<int> GoOnAsync(RunDirectory directory, RunRequest request)
    {
        string folder = directory.Path;
        var record = directory.Read();
        if (record.Status == RunStatus.Completed)
        {
            await ConcludeAsync(directory, record, request);
            return ExitCode.Done;
        }

        if (DifferencesTo(record) is { Count: > 0 } reasons)
        {
            throw BegunByAnother(folder, reasons);
        }

        if (record is { Parts: not null, Request: { } first })
        {
            var again = first with
            {
                Threads = request.Threads ?? first.Threads,
                Workers = request.Workers,
                Cluster = request.Cluster,
                Shared = request.Shared,
                Json = request.Json,
            };
            var variables = new AskedVariables(first.Variables);
            return await CollectionRun.RunAsync(again, CollectionOf(first, record, variables), variables, directory);
        }

        if (record.Run is null)
        {
            throw new SettingException(folder, $"has no journal to go on from; begin again with: {record.Command}");
        }

        var catalog = CatalogOf(record);
        var run = Build(directory, record, request, catalog);
        var (nodes, constants) = (NodesRequest.Of(request), ConstantsCache.Open(run.Process.Cache));
        return await new RunPlayer(catalog, run, nodes, constants, directory, new RunTerminal(request.Json, request.IsPart)).PlayAsync();
    }

    /// <summary>What says that a run is not to be gone on with, because this program may give other numbers.</summary>
    public static SettingException BegunByAnother(string folder, IReadOnlyList<string> reasons) =>
        new(folder, $"was begun by another program, which may give other numbers ({string.Join("; ", reasons)}); resume it with that one");

    /// <summary>What says that a run is not to be gone on with, because what it plays is not what it played.</summary>
    public static SettingException Changed(string path, RunRecord record) =>
        new(path, $"was changed since the run began; undo that, or begin again with: {record.Command}");

    /// <summary>The plug-ins that the run began with. No code of theirs is loaded before it is known to be what it was.</summary>
    private static PluginCatalog CatalogOf(RunRecord record)
    {
        List<PluginFile> files = [.. record.Plugins.Select(plugin => new PluginFile(plugin.File, PluginFile.Key))];
        foreach (var (plugin, file) in record.Plugins.Zip(files))
        {
            var found = PluginLoader.Identify(file);
            if (found.Sha256 != plugin.Sha256)
            {
                throw Changed(file.Path, record);
            }

            if (plugin.Libraries.Union(found.Libraries).Except(plugin.Libraries.Intersect(found.Libraries)).FirstOrDefault() is { } library)
            {
                throw Changed($"the library {library.Split(' ')[0]} of {file.Path}", record);
            }
        }

        return Plugins.Catalog(files);
    }

    private static IReadOnlyList<string> DifferencesTo(RunRecord record) => record.Versions.Build is { } build
        ? ThisProgram.Build.Differences(build)
        : record.Versions.Program != ThisProgram.Build.Version ? [$"its version is {record.Versions.Program}, here it is {ThisProgram.Build.Version}"] : [];

    /// <exception cref="SettingException">The settings were changed, or damaged; names the file.</exception>
    private static PreparedRun Build(RunDirectory directory, RunRecord record, RunRequest request, PluginCatalog catalog)
    {
        try
        {
            return PlanBuilder.Build(record.Experiment, Settings(record, request), catalog);
        }
        catch (SettingException e)
        {
            throw new SettingException(directory.PathOf(RunDirectory.RecordFile), e.Message);
        }
    }

    /// <summary>Of a run that came to its end, whatever program began it: settings of today may not be in it.</summary>
    private static JournalSettings JournalOf(RunRecord record) =>
        JournalSettings.Read(new Section(SettingsTree.Merge(Experiments.Reference, record.Configuration), "").Sub("execution"));

    private static JsonObject Settings(RunRecord record, RunRequest request) => request.Threads is { } threads
        ? SettingsTree.Merge([record.Configuration, SettingsTree.Layer("execution.threads", threads.ToString(CultureInfo.InvariantCulture))])
        : record.Configuration;

    /// <summary>A run that came to its end only lacks what its process had no time for.</summary>
    private static async Task ConcludeAsync(RunDirectory directory, RunRecord record, RunRequest request)
    {
        var terminal = new RunTerminal(request.Json, request.IsPart);
        if (record.Run is not null
            && JournalOf(record).Of(directory) is { } store)
        {
            await RunPlayer.ForgetAsync(store, record.Run, terminal);
        }

        if (!request.IsPart)
        {
            terminal.Say($"{directory.Path}: the run is finished, nothing is left to do");
            terminal.Conclude(record, Report.Write(directory.Path), directory);
        }
        else if (!File.Exists(directory.PathOf(RunDirectory.ReportFile)))
        {
            Report.Write(directory.Path);
        }
    }

    private static Collection CollectionOf(RunRequest first, RunRecord record, AskedVariables variables)
    {
        var collection = Collection.Of(Experiments.Find(first.Experiment), variables);
        return collection is not null && JsonNode.DeepEquals(JsonNode.Parse(collection.Configuration.ToJsonString()), record.Configuration)
            ? collection
            : throw Changed(first.Experiment, record);
    }
}
