using FLCrowd.Experiments.Collections;
using FLCrowd.Experiments.Comparison;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Loading;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Runs;
using FLCrowd.Experiments.TensorBoard;
using FLCrowd.Experiments.Theory;

namespace FLCrowd.Experiments;

/// <summary>Runs experiments, goes on with them, and reports on them: what the program's commands do.</summary>
/// <param name="kinds">The kinds of experiments that there are; null: those of <see cref="ExperimentList"/>.</param>
public sealed class Laboratory(ExperimentKinds? kinds = null)
{
    private readonly ExperimentKinds _kinds = kinds ?? ExperimentList.BuiltIn;

    /// <summary>Checks everything, then runs, records and reports.</summary>
    /// <param name="request">What to run, and where its results go.</param>
    /// <param name="observer">Told how it goes, and draws; null: nobody.</param>
    /// <param name="cancel">Interrupts; what was recorded stays.</param>
    /// <exception cref="SettingException">Something in the request, the experiment or its files is wrong; nothing was written.</exception>
    /// <exception cref="IOException">A disk is full, say; says how to go on.</exception>
    public async Task<RunOutcome> RunAsync(RunRequest request, IRunObserver? observer = null, CancellationToken cancel = default)
    {
        observer ??= new QuietObserver();
        var source = ExperimentSources.Find(request.Experiment, request.Folder);
        var variables = new AskedVariables(request.Variables);
        if (Collection.Of(source, variables, request.Folder) is { } collection)
        {
            return WithOtherFiles(request, await CollectionOf(observer, cancel).RunAsync(request, collection, variables));
        }

        var (run, catalog) = Prepare(source, request, variables);
        using var plugins = catalog;
        request = request with { Variables = variables.Asked };
        var nodes = NodesRequest.Of(request, run.Process.Telemetry);
        var constants = ConstantsCache.Open(run.Process.Cache);
        using var directory = RunDirectory.Prepare(request.Out, source.Name, request.Overwrite, TimeProvider.System);
        directory.Write(NewRecord.Of(run, request.Reproduce(run.Seed), TimeProvider.System) with
        {
            Plugins = catalog.Sources,
            DataFiles = [.. catalog.LoadedDataSets.SelectMany(data => data.Files).Concat(run.Files).Distinct()],
            Asked = source.Asked,
        });
        var player = new RunPlayer(catalog, run, nodes, constants, directory, observer, _kinds, request.IsPart);
        return WithOtherFiles(request, await player.PlayAsync(cancel));
    }

    /// <summary>Says what a run would take; plays no game of it, and writes nothing.</summary>
    /// <returns>For each run, one or those of a collection, what it would take.</returns>
    /// <inheritdoc cref="RunAsync"/>
    public async IAsyncEnumerable<RunForecast> RehearseAsync(
        RunRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var source = ExperimentSources.Find(request.Experiment, request.Folder);
        var variables = new AskedVariables(request.Variables);
        var sources = Collection.Of(source, variables, request.Folder) is { } collection ? collection.Parts : [source];
        var runs = sources.Select(part => Prepare(part, request, variables)).ToList();
        _ = NodesRequest.Of(request, runs[0].Run.Process.Telemetry);
        foreach (var (run, catalog) in runs)
        {
            using var plugins = catalog;
            yield return await Rehearsal.OfAsync(run, catalog, cancel);
        }
    }

    /// <summary>
    /// What the theory says of an experiment's first game: the constants, the bound, and per client LCEME's terms, printed against
    /// corrected. Plays nothing but pilots, and writes nothing.
    /// </summary>
    /// <param name="request">The experiment.</param>
    /// <param name="surrogate">The loss surrogate; null: the mechanism's, or <c>theorem1</c> where it has none.</param>
    /// <param name="cancel">Interrupts.</param>
    /// <exception cref="SettingException">Something in the experiment is wrong, or the surrogate has no value for it.</exception>
    public async Task<Findings> TheoryAsync(RunRequest request, PluginChoice? surrogate = null, CancellationToken cancel = default)
    {
        var (run, catalog) = Prepare(
            ExperimentSources.Find(request.Experiment, request.Folder), request, new AskedVariables(request.Variables));
        using var plugins = catalog;
        return await TheoryStudy.OfAsync(run, catalog, surrogate, cancel);
    }

    /// <summary>
    /// Goes on with a run that was interrupted, or whose process was killed. Its tables become those of a run that was not.
    /// </summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="request">How to go on with it; what to run is in the folder.</param>
    /// <param name="observer">Told how it goes, and draws; null: nobody.</param>
    /// <param name="cancel">Interrupts; what was recorded stays.</param>
    /// <exception cref="SettingException">The folder is not one of a run that this program can go on with.</exception>
    /// <exception cref="IOException">A disk is full, say; says how to go on.</exception>
    public async Task<RunOutcome> ResumeAsync(
        string folder, RunRequest? request = null, IRunObserver? observer = null, CancellationToken cancel = default)
    {
        var directory = RunDirectory.Open(folder);
        using var exclusive = directory.Lock();
        return await ResumeAsync(directory, request ?? new RunRequest(""), observer ?? new QuietObserver(), cancel);
    }

    /// <summary>The same in a folder that nobody else works on.</summary>
    /// <inheritdoc cref="ResumeAsync(string, RunRequest?, IRunObserver?, CancellationToken)"/>
    public async Task<RunOutcome> ResumeAsync(RunDirectory directory, RunRequest request, IRunObserver observer, CancellationToken cancel)
    {
        return WithOtherFiles(request, directory.Read() is { Status: not RunStatus.Completed, Parts: not null }
            ? await CollectionOf(observer, cancel).ResumeAsync(directory, request)
            : await new ResumedRun(directory, request, observer, _kinds).GoOnAsync(cancel));
    }

    /// <summary>Makes everything that people look at again, from a run's tables and its record.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="observer">Renders it.</param>
    /// <param name="parquet">Whether the tables are written as Parquet files, too.</param>
    /// <param name="tensorBoard">Whether they are written as curves for TensorBoard, too.</param>
    /// <exception cref="SettingException">The folder is not that of a run, or a table is not what a run writes.</exception>
    public RunOutcome Report(string folder, IRunObserver observer, bool parquet = false, bool tensorBoard = false)
    {
        var directory = RunDirectory.Open(folder);
        var outcome = new RunOutcome(directory, directory.Read(), RunReport.Write(directory.Path, observer, _kinds));
        WriteOtherFiles(directory, parquet, tensorBoard);
        return outcome;
    }

    /// <summary>What tells runs apart: the settings that differ, and the paired differences of what came out.</summary>
    /// <param name="folders">The folders of at least two runs; the first one is what the others are held against.</param>
    /// <exception cref="SettingException">There are fewer, one is no run's, or a table is not what a run writes.</exception>
    public static Findings Compare(IReadOnlyList<string> folders) => RunComparison.Of(folders);

    /// <summary>Writes files for other tools of what was played, where they were asked for, now or when a collection began.</summary>
    private RunOutcome WithOtherFiles(RunRequest request, RunOutcome outcome)
    {
        if (!request.IsPart)
        {
            var began = outcome.Record.Request;
            WriteOtherFiles(
                outcome.Directory, request.Parquet || began is { Parquet: true }, request.TensorBoard || began is { TensorBoard: true });
        }

        return outcome;
    }

    private void WriteOtherFiles(RunDirectory directory, bool parquet, bool tensorBoard)
    {
        if (parquet)
        {
            ParquetTables.Write(directory, _kinds);
        }

        if (tensorBoard)
        {
            TensorBoardFiles.Write(directory, _kinds);
        }
    }

    private (PreparedRun Run, PluginCatalog Catalog) Prepare(ExperimentSource source, RunRequest request, AskedVariables variables)
    {
        var (tree, catalog) = LoadedExperiment.Of(
            ExperimentSources.Resolve(source, request.AllOverrides, request.Seed, variables, _kinds.Defaults, request.Folder),
            request.Plugins, request.Folder);
        return (PlanBuilder.Build(source.Name, tree, catalog, _kinds), catalog);
    }

    private CollectionRun CollectionOf(IRunObserver observer, CancellationToken cancel) => new(
        observer,
        _kinds,
        (part, request, variables) => Prepare(part, request, variables),
        request => RunAsync(request, observer, cancel),
        (folder, request) => ResumeAsync(folder, request, observer, cancel));
}
