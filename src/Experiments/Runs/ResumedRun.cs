using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Loading;
using FLCrowd.Experiments.Nodes;

namespace FLCrowd.Experiments.Runs;

/// <summary>A run that was interrupted, or whose process was killed, and that somebody goes on with.</summary>
/// <param name="directory">The run's folder, which nobody else works on.</param>
/// <param name="request">How to go on with it; what to run is in the folder.</param>
/// <param name="observer">Told how it goes.</param>
/// <param name="kinds">All kinds of experiments.</param>
internal sealed class ResumedRun(RunDirectory directory, RunRequest request, IRunObserver observer, ExperimentKinds kinds)
{
    private readonly RunRecord _record = directory.Read();

    /// <summary>Goes on with it, or only reports on it where nothing is left to do.</summary>
    /// <exception cref="SettingException">The folder is not one of a run that this program can go on with.</exception>
    public async Task<RunOutcome> GoOnAsync(CancellationToken cancel)
    {
        if (_record.Status == RunStatus.Completed)
        {
            return await ConcludeAsync();
        }

        RunIdentity.Check(directory, _record);
        if (_record.Run is null)
        {
            throw new SettingException(directory.Path, $"has no journal to go on from; begin again with: {_record.Command}");
        }

        // Before anything is made of them: what does not fit any more is no setting's fault.
        CheckData(_record.DataFiles.Where(file => File.Exists(file.Path)).Select(file => file with { Sha256 = Hash(file.Path) }));
        using var catalog = CatalogOf(_record);
        var run = Build(catalog);
        CheckData(catalog.LoadedDataSets.SelectMany(data => data.Files).Concat(run.Files));
        var (nodes, constants) = (NodesRequest.Of(request, run.Process.Telemetry), ConstantsCache.Open(run.Process.Cache));
        if (run.Process.Journal.Of(directory.Path) is { } store)
        {
            new JournalCheck(directory, _record, store) { HasCache = run.Course.HasCache }.Pass(request.FromLastGood, observer);
        }

        return await new RunPlayer(catalog, run, nodes, constants, directory, observer, kinds, request.IsPart).PlayAsync(cancel);
    }

    /// <summary>The plug-ins that the run began with. No code of theirs is loaded before it is known to be what it was.</summary>
    private static PluginCatalog CatalogOf(RunRecord record)
    {
        List<PluginFile> files = [.. record.Plugins.Select(PluginFile.Of)];
        foreach (var (plugin, file) in record.Plugins.Zip(files))
        {
            var found = PluginLoader.Identify(file);
            if (found.Sha256 != plugin.Sha256)
            {
                throw RunIdentity.Changed(file.Path, record);
            }

            if (plugin.Libraries.Union(found.Libraries).Except(plugin.Libraries.Intersect(found.Libraries)).FirstOrDefault() is { } library)
            {
                throw RunIdentity.Changed($"the library {library.Split(' ')[0]} of {file.Path}", record);
            }
        }

        var catalog = Plugins.Catalog(files);
        foreach (var (before, now) in record.Plugins.Zip(catalog.Sources))
        {
            if (now.Command is not null && now.Version != before.Version)
            {
                throw RunIdentity.Changed($"what {now.File} runs on ({before.Version} then, {now.Version} now)", record);
            }
        }

        return catalog;
    }

    /// <exception cref="SettingException">A file of data is not what it was; names it.</exception>
    private void CheckData(IEnumerable<DataFile> files)
    {
        var found = files.ToLookup(file => file.Path, file => file.Sha256);
        if (_record.DataFiles.FirstOrDefault(file => found[file.Path].Any(sum => sum != file.Sha256)) is { } changed)
        {
            throw RunIdentity.Changed(changed.Path, _record);
        }
    }

    private static string Hash(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(file, $"cannot be read ({e.Message}), and the run is made of it");
        }
    }

    /// <exception cref="SettingException">The settings were changed, or damaged; names the file.</exception>
    private PreparedRun Build(PluginCatalog catalog)
    {
        try
        {
            return PlanBuilder.Build(_record.Experiment, Settings(), catalog, kinds);
        }
        catch (SettingException e)
        {
            throw new SettingException(directory.PathOf(RunDirectory.RecordFile), e.Message);
        }
    }

    /// <summary>Of a run that came to its end, whatever program began it: settings of today may not be in it.</summary>
    private static JournalSettings JournalOf(RunRecord record) =>
        JournalSettings.Read(new Section(SettingsTree.Merge(ExperimentSources.Reference, record.Configuration), "").Sub("execution"));

    private JsonObject Settings() => request.Threads is { } threads
        ? SettingsTree.Merge(
            [_record.Configuration, SettingsTree.Layer("execution.threads", threads.ToString(CultureInfo.InvariantCulture))])
        : _record.Configuration;

    /// <summary>A run that came to its end only lacks what its process had no time for.</summary>
    private async Task<RunOutcome> ConcludeAsync()
    {
        if (_record.Run is not null && JournalOf(_record).Of(directory.Path) is { } store)
        {
            await RunPlayer.ForgetAsync(store, _record.Run, observer);
        }

        if (request.IsPart && File.Exists(directory.PathOf(RunDirectory.ReportFile)))
        {
            return new RunOutcome(directory, _record, null) { IsPart = true };
        }

        var outcome = new RunOutcome(directory, _record, RunReport.Write(directory.Path, observer, kinds)) { IsPart = request.IsPart };
        if (!request.IsPart)
        {
            observer.Say($"{directory.Path}: the run is finished, nothing is left to do");
            observer.End(outcome);
        }

        return outcome;
    }
}
