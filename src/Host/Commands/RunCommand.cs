using System.CommandLine;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Recording;
using FLCrowd.Host.Configuration;
using FLCrowd.Host.Regret;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Running;
using FLCrowd.Host.Terminal;
using FLCrowd.Host.Tuning;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd run EXPERIMENT</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var experiment = new Argument<string>("EXPERIMENT") { Description = "A file, or a name that `flcrowd list experiments` shows." };
        var overrides = new Option<string[]>("--set") { Description = "Changes a setting: path=value, such as learning.rounds=20. May be repeated.", HelpName = "PATH=VALUE", DefaultValueFactory = _ => [] };
        var seed = new Option<ulong?>("--seed") { Description = "Changes the seed of all random numbers.", HelpName = "N" };
        var directory = new Option<string?>("--out") { Description = "The folder for results; by default a new one below ./runs.", HelpName = "DIR" };
        var threads = new Option<int?>("--threads") { Description = "Training threads; by default one per core. Does not change results.", HelpName = "K" };
        var overwrite = new Option<bool>("--overwrite") { Description = "Allows --out to be an earlier run, which is replaced." };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object on standard output, and nothing else there." };

        var command = new Command("run", "Runs an experiment.") { experiment, overrides, seed, directory, threads, overwrite, json };
        command.SetAction((parsed, _) => RunAsync(new RunRequest(parsed.GetRequiredValue(experiment))
        {
            Overrides = parsed.GetValue(overrides) ?? [],
            Seed = parsed.GetValue(seed),
            Out = parsed.GetValue(directory),
            Threads = parsed.GetValue(threads),
            Overwrite = parsed.GetValue(overwrite),
            Json = parsed.GetValue(json),
        }));
        return command;
    }

    /// <summary>Checks everything, then runs, records and reports.</summary>
    public static async Task<int> RunAsync(RunRequest request)
    {
        var catalog = Plugins.Catalog();
        var source = Experiments.Find(request.Experiment);
        if (Collection.Of(source) is { } collection)
        {
            return await CollectionRun.RunAsync(request, collection, catalog);
        }

        var run = PlanBuilder.Build(source.Name, Experiments.Resolve(source, request.AllOverrides, request.Seed), catalog);

        _ = ConstantsCache.Open(run.Process.Cache);

        var clock = TimeProvider.System;
        var directory = RunDirectory.Prepare(request.Out, source.Name, request.Overwrite, clock);
        directory.Write(RunRecord.Begin(run, request.Reproduce(run.Seed), clock));
        return await PlayAsync(request, run, directory, catalog);
    }

    /// <summary>Plays what the journal of a run's folder does not hold yet, and reports.</summary>
    public static async Task<int> PlayAsync(RunRequest request, PreparedRun run, RunDirectory directory, PluginCatalog catalog)
    {
        using var interruption = new Interruption();
        var clock = TimeProvider.System;
        var record = directory.Read();
        var terminal = new RunTerminal(request.Json, request.IsPart);
        terminal.Announce(record, directory.Path);
        long start = clock.GetTimestamp();
        bool badInput;
        try
        {
            var result = await PlayAsync(catalog, run, record, directory, terminal, Prepared, clock, interruption.Token);
            record = record.Ended(result, clock.GetElapsedTime(start));
            badInput = result.IsBadInput;
        }
        catch (SettingException)
        {
            directory.Discard();
            throw;
        }
        catch (Exception e)
        {
            // Whatever the tables hold by now is kept.
            directory.Write(record.Broken(e, clock.GetElapsedTime(start)));
            throw;
        }

        directory.Finish(record);
        if (record.Status == RunStatus.Completed)
        {
            directory.DeleteJournal();
        }

        var summary = directory.Exists ? Report.Write(directory.Path) : null;
        terminal.Conclude(record, summary, directory);
        return record.Status switch
        {
            RunStatus.Completed => ExitCode.Done,
            RunStatus.Interrupted => ExitCode.Interrupted,
            _ => badInput ? ExitCode.BadInput : ExitCode.RunFailed,
        };

        void Prepared(IReadOnlyList<TunedStepSize> tuned)
        {
            foreach (var stepSize in tuned)
            {
                terminal.Say(stepSize.Sentence);
            }

            directory.Write(record = record with { TunedStepSizes = tuned });
        }
    }

    private static async Task<ExperimentResult> PlayAsync(
        PluginCatalog catalog,
        PreparedRun run,
        RunRecord record,
        RunDirectory directory,
        RunTerminal terminal,
        Action<IReadOnlyList<TunedStepSize>> prepared,
        TimeProvider clock,
        CancellationToken cancel)
    {
        int threads = run.Process.Threads ?? Environment.ProcessorCount;
        int parallelGames = run.Process.ParallelGames ?? threads;
        using var exclusive = directory.Lock();
        await using var node = await LocalNode.StartAsync(catalog, threads, directory.PathOf(RunDirectory.JournalFile));
        var journal = new RunJournal(record.Run!);
        try
        {
            var planned = await journal.PlanAsync(node.System);
            if (planned is not null)
            {
                ResumeCommand.Check(planned, record, directory);
            }
            else
            {
                planned = await PrepareAsync();
                await journal.KeepAsync(node.System, planned);
            }

            var plan = new ExperimentPlan(planned.Name, planned.SweptPaths, planned.Games);
            if (run.Regret is { } regret)
            {
                return await new RegretRun(node.System, regret, plan, parallelGames, terminal, clock, cancel).PlayAsync(directory.Path, journal);
            }

            return await terminal.FollowAsync(
                plan, clock, progress => ExperimentRunner.RunAsync(node.System, plan, directory.Path, parallelGames, progress, cancel, journal));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new ExperimentResult(ExperimentStatus.Interrupted, null, IsBadInput: false, 0, 0, 0);
        }

        async Task<RunPlanned> PrepareAsync()
        {
            if (run.Tunings.Any(tuning => tuning is not null))
            {
                terminal.Say("tuning the step size ...");
            }

            var (tuned, stepSizes) = await new StepSizePreparation(catalog, node.System, parallelGames, clock, cancel)
                .PrepareAsync(run.Plan, run.Tunings);
            prepared(stepSizes);
            var preparation = new SurrogatePreparation(
                catalog, node.System, ConstantsCache.Open(run.Process.Cache), parallelGames, terminal.Warn, cancel);
            var plan = await preparation.PrepareAsync(tuned);
            if (run.Regret is null)
            {
                TermsTable.Write(directory.Path, preparation.Terms);
            }

            return new RunPlanned(record.Versions.Program, record.Checksum, plan.Name, [.. plan.SweptPaths], [.. plan.Games]);
        }
    }
}
