using System.Globalization;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Host.Commands;
using FLCrowd.Host.Configuration;
using FLCrowd.Host.Dynamics;
using FLCrowd.Host.Population;
using FLCrowd.Host.Regret;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Terminal;
using FLCrowd.Host.Tuning;

namespace FLCrowd.Host.Running;

/// <summary>Plays a run in its folder, from its beginning or from where its journal ends, and reports.</summary>
/// <param name="catalog">All plug-ins.</param>
/// <param name="run">What to play.</param>
/// <param name="nodes">Where to play it.</param>
/// <param name="constants">Where constants of models are kept.</param>
/// <param name="directory">The run's folder, which nobody else works on.</param>
/// <param name="terminal">For the user.</param>
internal sealed class RunPlayer(
    PluginCatalog catalog, PreparedRun run, NodesRequest nodes, ConstantsCache constants, RunDirectory directory, RunTerminal terminal)
{
    private readonly TimeProvider _clock = TimeProvider.System;
    private RunRecord _record = directory.Read();

    /// <returns>The program's exit code.</returns>
    /// <exception cref="SettingException">Something is wrong with a setting or a file that was found only when it was used.</exception>
    public async Task<int> PlayAsync()
    {
        using var interruption = new Interruption();
        directory.Write(_record = _record.Resumed());
        terminal.Announce(_record, directory.Path);
        long start = _clock.GetTimestamp();
        var store = _record.Run is null ? null : run.Process.Journal.Of(directory);
        ExperimentResult result;
        try
        {
            result = await PlayAsync(store, interruption.Token);
        }
        catch (SettingException)
        {
            directory.Discard();
            throw;
        }
        catch (Exception e)
        {
            // Whatever the tables hold by now is kept.
            directory.Write(_record.Broken(e, _clock.GetElapsedTime(start)));
            throw;
        }

        _record = _record.Ended(result, _clock.GetElapsedTime(start));
        if (_record.Status == RunStatus.Completed)
        {
            directory.FlushTables();
        }

        directory.Finish(_record);
        if (_record.Status == RunStatus.Completed && store is not null)
        {
            await store.ForgetAsync(_record.Run!);
        }

        var summary = directory.Exists ? Report.Write(directory.Path) : null;
        terminal.Conclude(_record, summary, directory);
        return _record.Status switch
        {
            RunStatus.Completed => ExitCode.Done,
            RunStatus.Interrupted => ExitCode.Interrupted,
            _ => result.IsBadInput ? ExitCode.BadInput : ExitCode.RunFailed,
        };
    }

    private async Task<ExperimentResult> PlayAsync(JournalStore? store, CancellationToken cancel)
    {
        try
        {
            await run.Process.Journal.PrepareAsync(store, cancel);
            long begun = _clock.GetTimestamp();
            await using var node = await RunNodes.StartAsync(catalog, run.Process.Threads, nodes, store, cancel);
            terminal.Place = node.Describe;
            if (node.Describe() is { Length: > 0 } place)
            {
                string others = node.JoinCommand is { Length: > 0 } join ? $"; others may join by {join}" : "";
                terminal.Say(string.Create(
                    CultureInfo.InvariantCulture, $"on {place}, up after {_clock.GetElapsedTime(begun).TotalSeconds:0.0} s{others}"));
            }

            if (store is { IsShared: true })
            {
                StandBys.Announce(node.System, Path.GetFullPath(directory.Path));
            }

            int parallelGames = run.Process.ParallelGames ?? node.Threads;
            var journal = store is null ? null : await RunJournal.OpenAsync(
                node.System, _record.Run!, ThisProgram.Build, ShippedData.Checksums, run.Process.Journal.CheckpointEvery);
            var plan = journal is { Plan: { } kept } ? Checked(journal, kept) : await PrepareAsync(node, parallelGames, journal, cancel);
            if (run.Regret is { } regret)
            {
                return await new RegretRun(node.System, regret, plan, parallelGames, terminal, _clock, cancel).PlayAsync(directory.Path, journal);
            }

            if (run.Dynamics is { } dynamics)
            {
                return await new DynamicsRun(
                    catalog, node.System, dynamics, plan, parallelGames, terminal, _clock,
                    design => directory.Write(_record = _record with { Regret = design }), journal, cancel).PlayAsync(directory.Path);
            }

            if (run.Population is not null)
            {
                return await new PopulationRun(
                    node.System, plan, GameCache.Open(run.GameCache, catalog), parallelGames, terminal, _clock, journal, cancel).PlayAsync(directory.Path);
            }

            return await terminal.FollowAsync(
                plan, _clock, progress => ExperimentRunner.RunAsync(node.System, plan, directory.Path, parallelGames, progress, cancel, journal));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new ExperimentResult(ExperimentStatus.Interrupted, null, IsBadInput: false, _record.EpisodesRecorded, 0, 0);
        }
    }

    /// <summary>A plan from the journal, where it is that of this run and this program.</summary>
    private ExperimentPlan Checked(RunJournal journal, ExperimentPlan plan)
    {
        if (journal.Differences is { Count: > 0 } reasons)
        {
            throw ResumeCommand.BegunByAnother(directory.Path, reasons);
        }

        return journal.CameFrom(_record.Configuration) ? plan : throw ResumeCommand.Changed(directory.PathOf(RunDirectory.RecordFile), _record);
    }

    /// <summary>Finds step sizes and fits surrogates, and keeps what comes out.</summary>
    private async Task<ExperimentPlan> PrepareAsync(RunNodes node, int parallelGames, RunJournal? journal, CancellationToken cancel)
    {
        run.Dynamics?.Check(run.Plan, catalog);
        if (run.Tunings.Any(tuning => tuning is not null))
        {
            terminal.Say("tuning the step size ...");
        }

        var (tuned, stepSizes) = await new StepSizePreparation(catalog, node.System, parallelGames, _clock, cancel)
            .PrepareAsync(run.Plan, run.Tunings);
        foreach (var stepSize in stepSizes)
        {
            terminal.Say(stepSize.Sentence);
        }

        directory.Write(_record = _record with { TunedStepSizes = stepSizes });
        var preparation = new SurrogatePreparation(catalog, node.System, constants, parallelGames, terminal.Warn, cancel);
        var plan = await preparation.PrepareAsync(tuned);
        if (run.Regret is null)
        {
            TermsTable.Write(directory.Path, preparation.Terms);
        }

        if (journal is not null)
        {
            await journal.KeepAsync(plan, _record.Configuration);
        }

        return plan;
    }
}
