using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Kinds;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>Plays the games of a plan, and nothing else.</summary>
public sealed class PlainCourse(ExperimentPlan plan, IReadOnlyList<StepSizeTuning?> tunings) : RunCourse(plan, tunings)
{
    /// <inheritdoc/>
    public override async Task<ExperimentResult> PlayAsync(RunContext context)
    {
        using var tables = new CsvSink(context.Folder, context.Plan);
        return await context.PlayAsync(context.Plan, tables, context.Journal);
    }
}
