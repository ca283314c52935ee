using FLCrowd.Experiments.Collections;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Loading;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments.Rendering;
using FLCrowd.Experiments.Runs;

namespace FLCrowd.Experiments;

/// <summary>Runs experiments, goes on with them, and reports on them: what the program's commands do.</summary>
internal static class Laboratory
{
    /// <summary>Checks everything, then runs, records and reports.</summary>
    /// <param name="request">What to run, and where its results go.</param>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="cancel">Interrupts; what was recorded stays.</param>
    /// <exception cref="SettingException">Something in the request, the experiment or its files is wrong; nothing was written.</exception>
    /// <exception cref="IOException">A disk is full, say; says how to go on.</exception>
    public static async Task<RunOutcome> RunAsync(RunRequest request, IRunObserver observer, CancellationToken cancel)
    {
        var source = ExperimentSources.Find(request.Experiment);
        var variables = new AskedVariables(request.Variables);
        if (Collection.Of(source, variables) is { } collection)
        {
            return await CollectionOf(observer, cancel).RunAsync(request, collection, variables);
        }

        var (run, catalog) = Prepare(source, request, variables);
        request = request with { Variables = variables.Asked };
        var nodes = NodesRequest.Of(request);
        var constants = ConstantsCache.Open(run.Process.Cache);
        using var directory = RunDirectory.Prepare(request.Out, source.Name, request.Overwrite, TimeProvider.System);
        directory.Write(RunRecord.Begin(run, request.Reproduce(run.Seed), TimeProvider.System) with { Plugins = catalog.Sources, Asked = source.Asked });
        return await new RunPlayer(catalog, run, nodes, constants, directory, observer, request.IsPart).PlayAsync(cancel);
    }

    /// <summary>Says what a run would take; plays no game of it, and writes nothing.</summary>
    /// <returns>For each run, one or those of a collection, what it would take.</returns>
    /// <inheritdoc cref="RunAsync"/>
    public static async IAsyncEnumerable<RunForecast> RehearseAsync(
        RunRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var source = ExperimentSources.Find(request.Experiment);
        var variables = new AskedVariables(request.Variables);
        var sources = Collection.Of(source, variables) is { } collection ? collection.Parts : [source];
        var runs = sources.Select(part => Prepare(part, request, variables)).ToList();
        _ = NodesRequest.Of(request);
        foreach (var (run, catalog) in runs)
        {
            yield return await Rehearsal.OfAsync(run, catalog, cancel);
        }
    }

    /// <summary>Goes on with a run that was interrupted, or whose process was killed. Its tables become those of a run that was not.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="request">How to go on with it; what to run is in the folder.</param>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="cancel">Interrupts; what was recorded stays.</param>
    /// <exception cref="SettingException">The folder is not one of a run that this program can go on with.</exception>
    /// <exception cref="IOException">A disk is full, say; says how to go on.</exception>
    public static async Task<RunOutcome> ResumeAsync(string folder, RunRequest request, IRunObserver observer, CancellationToken cancel)
    {
        var directory = RunDirectory.Open(folder);
        using var exclusive = directory.Lock();
        return await ResumeAsync(directory, request, observer, cancel);
    }

    /// <summary>The same in a folder that nobody else works on.</summary>
    /// <inheritdoc cref="ResumeAsync(string, RunRequest, IRunObserver, CancellationToken)"/>
    public static async Task<RunOutcome> ResumeAsync(RunDirectory directory, RunRequest request, IRunObserver observer, CancellationToken cancel)
    {
        return directory.Read() is { Status: not RunStatus.Completed, Parts: not null }
            ? await CollectionOf(observer, cancel).ResumeAsync(directory, request)
            : await new ResumedRun(directory, request, observer).GoOnAsync(cancel);
    }

    /// <summary>Makes everything that people look at again, from a run's tables and its record.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="observer">Renders it.</param>
    /// <exception cref="SettingException">The folder is not that of a run, or a table is not what a run writes.</exception>
    public static RunOutcome Report(string folder, IRunObserver observer)
    {
        var directory = RunDirectory.Open(folder);
        return new RunOutcome(directory, directory.Read(), Rendering.Report.Write(directory.Path, observer));
    }

    private static (PreparedRun Run, PluginCatalog Catalog) Prepare(ExperimentSource source, RunRequest request, AskedVariables variables)
    {
        var tree = ExperimentSources.Resolve(source, request.AllOverrides, request.Seed, variables);
        var catalog = Plugins.Catalog(PluginFile.Of(tree, source.Folder, request.Plugins));
        return (PlanBuilder.Build(source.Name, tree, catalog), catalog);
    }

    private static CollectionRun CollectionOf(IRunObserver observer, CancellationToken cancel) => new(
        observer,
        (part, request, variables) => Prepare(part, request, variables),
        request => RunAsync(request, observer, cancel),
        (folder, request) => ResumeAsync(folder, request, observer, cancel));
}
