using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Protocol;
using FLCrowd.Host.Configuration;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Running;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd resume DIR</c>: goes on with a run that was interrupted or killed. Its tables become those of a run that was not.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "The folder of a run that did not come to its end." };
        var threads = new Option<int?>("--threads") { Description = "Training threads; by default as many as the run had. Does not change results.", HelpName = "K" };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object on standard output, and nothing else there." };
        var command = new Command("resume", "Goes on with a run that was interrupted, or whose process was killed.") { directory, threads, json };
        command.SetAction((parsed, _) => ResumeAsync(
            parsed.GetRequiredValue(directory), new RunRequest("") { Threads = parsed.GetValue(threads), Json = parsed.GetValue(json) }));
        return command;
    }

    /// <param name="folder">The run's folder.</param>
    /// <param name="request">How to go on with it; what to run is in the folder.</param>
    /// <exception cref="SettingException">The folder is not one of a run that this program can go on with.</exception>
    public static async Task<int> ResumeAsync(string folder, RunRequest request)
    {
        var directory = RunDirectory.Open(folder);
        var record = directory.Read();
        if (record.Status == RunStatus.Completed)
        {
            Conclude(directory, record, request);
            return ExitCode.Done;
        }

        CheckVersion(record.Versions.Program, directory);
        var catalog = Plugins.Catalog();
        if (record is { Parts: not null, Request: { } first })
        {
            return await CollectionRun.RunAsync(
                first with { Threads = request.Threads ?? first.Threads, Json = request.Json }, CollectionOf(first, record, directory), catalog, directory);
        }

        if (record.Run is null)
        {
            throw new SettingException(folder, $"has no journal to go on from; begin again with: {record.Command}");
        }

        var tree = request.Threads is { } threads
            ? SettingsTree.Merge([record.Configuration, SettingsTree.Layer("execution.threads", threads.ToString(CultureInfo.InvariantCulture))])
            : record.Configuration;
        return await RunCommand.PlayAsync(request, PlanBuilder.Build(record.Experiment, tree, catalog), directory, catalog);
    }

    /// <summary>Checks that a journal is the one of what is to be resumed.</summary>
    /// <exception cref="SettingException">It is not.</exception>
    public static void Check(RunPlanned planned, RunRecord record, RunDirectory directory)
    {
        CheckVersion(planned.Program, directory);
        if (planned.Configuration != record.Checksum)
        {
            throw Changed(directory.PathOf(RunDirectory.RecordFile), record);
        }
    }

    /// <summary>A run that came to its end only lacks what its process had no time for.</summary>
    private static void Conclude(RunDirectory directory, RunRecord record, RunRequest request)
    {
        directory.DeleteJournal();
        if (!request.IsPart)
        {
            var terminal = new RunTerminal(request.Json);
            terminal.Say($"{directory.Path}: the run is finished, nothing is left to do");
            terminal.Conclude(record, Report.Write(directory.Path), directory);
        }
        else if (!File.Exists(directory.PathOf(RunDirectory.ReportFile)))
        {
            Report.Write(directory.Path);
        }
    }

    private static Collection CollectionOf(RunRequest first, RunRecord record, RunDirectory directory)
    {
        var collection = Collection.Of(Experiments.Find(first.Experiment));
        return collection is not null && JsonNode.DeepEquals(JsonNode.Parse(collection.Source.Parse().ToJsonString()), record.Configuration)
            ? collection
            : throw Changed(first.Experiment, record);
    }

    private static void CheckVersion(string program, RunDirectory directory)
    {
        if (RunVersions.Current().Program is var current && program != current)
        {
            throw new SettingException(
                directory.Path, $"was begun by version {program}, and this is {current}, which may give other numbers; resume it with that version");
        }
    }

    private static SettingException Changed(string path, RunRecord record) =>
        new(path, $"was changed since the run began; undo that, or begin again with: {record.Command}");
}
