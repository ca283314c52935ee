using System.Globalization;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Watching;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Identity;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Progress;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Telemetry;

namespace FLCrowd.Experiments.Runs;

/// <summary>Plays a run in its folder, from its beginning or from where its journal ends, and reports.</summary>
/// <param name="catalog">All plug-ins.</param>
/// <param name="run">What to play.</param>
/// <param name="nodes">Where to play it.</param>
/// <param name="constants">Where constants of models are kept.</param>
/// <param name="directory">The run's folder, which nobody else works on.</param>
/// <param name="observer">Told how it goes.</param>
/// <param name="kinds">All kinds of experiments.</param>
/// <param name="isPart">Whether it is part of a collection.</param>
internal sealed class RunPlayer(
    PluginCatalog catalog, PreparedRun run, NodesRequest nodes, ConstantsCache constants, RunDirectory directory, IRunObserver observer,
    ExperimentKinds kinds, bool isPart = false)
{
    private readonly NodesRequest _nodes = nodes.Of(directory.Read(), directory.Path);
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly RunPreparation _preparation = new(catalog, run, constants, directory, observer);
    private readonly RunRecord _before = directory.Read();
    private RunRecord _record = directory.Read().Resumed();

    /// <param name="cancel">Interrupts; what was recorded stays.</param>
    /// <exception cref="SettingException">Something is wrong with a setting or a file that was found only when it was used.</exception>
    /// <exception cref="IOException">A disk is full, say; says how to go on.</exception>
    public async Task<RunOutcome> PlayAsync(CancellationToken cancel)
    {
        long start = _clock.GetTimestamp();
        var store = _record.Run is null ? null : run.Process.Journal.Of(directory.Path);
        await using var telemetry = new NodeTelemetry(_nodes.Telemetry?.In(_nodes.IsAlone ? "alone" : "server"), observer.Warn);
        ExperimentResult result;
        try
        {
            if (_before.Status != RunStatus.Running)
            {
                directory.Write(_record);
            }

            observer.Begin(_record, directory.Path);
            result = await PlayAsync(store, telemetry, cancel);
            telemetry.End();
            _record = _record.Ended(result, _clock.GetElapsedTime(start));
            Keep(result);
        }
        catch (Exception e) when (e is SettingException or JoinRefusedException)
        {
            Refuse();
            throw;
        }
        catch (Exception e)
        {
            // Whatever the tables hold by now is kept. The record may be beyond writing, too: then it says that the run goes on, and it can
            // be.
            _record = _record.Broken(e, _clock.GetElapsedTime(start));
            Disk.Try(() => directory.Write(_record));
            if (Disk.IsFault(e) || e is PilotException)
            {
                throw new IOException($"{e.Message.TrimEnd('.')}; once that is mended, {RunOutcome.GoOn(_record, directory, isPart)}", e);
            }

            throw;
        }

        if (_record.Status == RunStatus.Completed && store is not null)
        {
            await ForgetAsync(store, _record.Run!, observer);
        }

        var outcome = new RunOutcome(directory, _record, ReportOn()) { IsBadInput = result.IsBadInput, IsPart = isPart };
        await telemetry.DisposeAsync();
        observer.End(outcome);
        return outcome;
    }

    /// <summary>Forgets the journal of a run that is complete. Where that fails, nothing is lost but room.</summary>
    public static async Task ForgetAsync(JournalStore store, string run, IRunProgress progress)
    {
        try
        {
            await store.ForgetAsync(run);
        }
        catch (IOException e)
        {
            progress.Warn(e.Message);
        }
    }

    /// <summary>Writes down how the run ended.</summary>
    private void Keep(ExperimentResult result)
    {
        switch (_record.Status)
        {
            case RunStatus.Completed:
                directory.FlushTables();
                directory.Write(_record);
                break;
            case RunStatus.Failed when result.IsBadInput && result.ClientUpdates == 0:
                Refuse();
                break;
            case RunStatus.Failed:
                // Where the disk is full, this may fail, too; why the run failed is what the user must hear.
                Disk.Try(() => directory.Write(_record));
                break;
            default:
                directory.Write(_record);
                break;
        }
    }

    /// <summary>Bad input leaves nothing behind, but what an earlier process, or this one in a long time, made.</summary>
    private void Refuse()
    {
        if (directory.IsNew && !_preparation.HasPlayed && !RunTables.HasEpisodes(directory.Path))
        {
            directory.Discard();
        }
        else
        {
            Disk.Try(() => directory.Write(directory.IsNew ? _record with { Status = RunStatus.Failed } : _before));
        }
    }

    /// <summary>Reports, if there is anything to report on: a run may end before it has tables.</summary>
    private Findings? ReportOn()
    {
        bool isEmpty = _record is { Status: RunStatus.Failed, EpisodesRecorded: 0, FailedGames.Count: 0 };
        if (isEmpty || !RunDirectory.IsRun(directory.Path) || !File.Exists(directory.PathOf(EpisodeTable.Schema.File)))
        {
            return null;
        }

        try
        {
            return RunReport.Write(directory.Path, observer, kinds);
        }
        catch (Exception e) when (Disk.IsFault(e))
        {
            if (_record.Status == RunStatus.Completed)
            {
                throw new IOException(
                    $"all is played, and the tables are complete, but {e.Message}; then: flcrowd report {directory.Path}", e);
            }

            // The run's own failure is what the user must hear.
            observer.Warn($"there is no report: {e.Message}");
            return null;
        }
    }

    private async Task<ExperimentResult> PlayAsync(JournalStore? store, NodeTelemetry telemetry, CancellationToken cancel)
    {
        try
        {
            await run.Process.Journal.PrepareAsync(store, cancel);
            long begun = _clock.GetTimestamp();
            await using var node = await RunNodes.StartAsync(catalog, run.Process.Threads, _nodes, store, cancel);
            telemetry.Watch(node.System);
            observer.Place = node.Describe;
            Spectators.Watch(node.System, observer.Spectator);
            if (node.Describe() is { Length: > 0 } place)
            {
                string others = node.JoinCommand is { Length: > 0 } join ? $"; others may join by {join}" : "";
                observer.Say(string.Create(
                    CultureInfo.InvariantCulture, $"on {place}, up after {_clock.GetElapsedTime(begun).TotalSeconds:0.0} s{others}"));
            }

            if (store is { IsShared: true })
            {
                StandBys.Announce(node.System, Path.GetFullPath(directory.Path));
            }

            int parallelGames = run.Process.ParallelGames ?? node.Threads;
            var journal = store is null ? null : await RunJournal.OpenAsync(
                node.System, _record.Run!, ThisProgram.Build, ShippedData.Checksums, run.Process.Journal.CheckpointEvery);
            var plan = await _preparation.PlanAsync(_record, Keep, node, parallelGames, journal, _clock, cancel);
            plan = plan.Prepared(plan.Games, _record.FailedGames) with { GoesOn = run.Plan.GoesOn };
            using var expectations = new Expectations(catalog);
            var result = await run.Course.PlayAsync(new RunContext
            {
                Expectations = expectations,
                Catalog = catalog,
                System = node.System,
                Plan = plan,
                ParallelGames = parallelGames,
                Folder = directory.Path,
                Progress = observer,
                Clock = _clock,
                Journal = journal,
                Keep = (name, question) => Keep(record => record.Asking([KeyValuePair.Create(name, question)])),
                Cancel = cancel,
            });
            expectations.Write(directory.Path);
            return result;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new ExperimentResult(ExperimentStatus.Interrupted, null, IsBadInput: false, _record.EpisodesRecorded, 0, 0)
            {
                FailedGames = _record.FailedGames,
            };
        }
    }

    /// <summary>Writes down what came out on the way; the report needs it besides the tables.</summary>
    private void Keep(Func<RunRecord, RunRecord> change)
    {
        _record = change(_record);
        directory.Write(_record);
    }
}
