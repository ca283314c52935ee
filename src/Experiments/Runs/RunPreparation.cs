using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments.Progress;

namespace FLCrowd.Experiments.Runs;

/// <summary>
/// Makes the plan of a run ready to be played: takes it from the run's journal, or finds step sizes, fits surrogates and keeps what comes
/// out.
/// </summary>
/// <param name="catalog">All plug-ins.</param>
/// <param name="run">What is to be played.</param>
/// <param name="constants">Where constants of models are kept.</param>
/// <param name="directory">The run's folder.</param>
/// <param name="progress">Told how it goes.</param>
internal sealed class RunPreparation(
    PluginCatalog catalog, PreparedRun run, ConstantsCache constants, RunDirectory directory, IRunProgress progress)
{
    /// <summary>Whether something was played before the games, to measure what they need.</summary>
    public bool HasPlayed { get; private set; }

    /// <param name="record">The run so far.</param>
    /// <param name="keep">Writes down what came out: a change of the record.</param>
    /// <param name="node">Where pilots are played.</param>
    /// <param name="parallelGames">How many games are played side by side.</param>
    /// <param name="journal">The run's journal; null: it has none.</param>
    /// <param name="clock">Measures.</param>
    /// <param name="cancel">Interrupts.</param>
    /// <exception cref="SettingException">A game cannot be prepared, or the journal's plan is another.</exception>
    public async Task<ExperimentPlan> PlanAsync(
        RunRecord record, Action<Func<RunRecord, RunRecord>> keep, RunNodes node, int parallelGames, RunJournal? journal,
        TimeProvider clock, CancellationToken cancel)
    {
        if (journal is { Plan: { } kept })
        {
            return Checked(record, journal, kept);
        }

        run.Course.Check(catalog);
        if (run.Course.Tunings.Any(tuning => tuning is not null))
        {
            progress.Say("tuning the step size ...");
        }

        var played = new PreparationProgress(progress.Say, clock);
        var (tuned, stepSizes, protocols) = await new StepSizePreparation(catalog, node.System, parallelGames, clock, cancel)
        {
            Progress = played,
        }.PrepareAsync(run.Plan, run.Course.Tunings);
        foreach (var stepSize in stepSizes)
        {
            progress.Say(stepSize.Sentence);
        }

        foreach (var protocol in protocols)
        {
            progress.Say(protocol.Sentence);
        }

        var surrogates = new SurrogatePreparation(catalog, node.System, constants, parallelGames, progress.Warn, cancel)
        {
            Progress = played,
        };
        var plan = await surrogates.PrepareAsync(tuned);
        HasPlayed = stepSizes.Count + protocols.Count > 0 || surrogates.HasPlayed;
        keep(before => before with
        {
            TunedStepSizes = stepSizes,
            TunedProtocols = protocols.Count > 0 ? protocols : null,
            FailedGames = plan.Failed,
        });
        if (plan.Failed.Count > 0)
        {
            progress.Warn($"the others are played: {plan.Describe(plan.Failed)}");
        }

        if (run.Course.WritesTerms)
        {
            TermsTable.Write(directory.Path, surrogates.Terms);
        }

        if (run.HasHoldings)
        {
            HoldingsTable.Write(directory.Path, plan, catalog);
        }

        if (journal is not null)
        {
            await journal.KeepAsync(plan, record.Configuration);
        }

        return plan;
    }

    /// <summary>A plan from the journal, where it is that of this run and this program.</summary>
    private ExperimentPlan Checked(RunRecord record, RunJournal journal, ExperimentPlan plan)
    {
        if (journal.Differences is { Count: > 0 } reasons)
        {
            throw RunIdentity.BegunByAnother(directory.Path, reasons);
        }

        return journal.CameFrom(record.Configuration)
            ? plan
            : throw RunIdentity.Changed(directory.PathOf(RunDirectory.RecordFile), record);
    }
}
