using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments.Results;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Experiments.Theory;

/// <summary>Finds what the theory says of an experiment's first game; plays nothing but pilots.</summary>
internal static class TheoryStudy
{
    /// <param name="run">The experiment.</param>
    /// <param name="catalog">The plug-ins that it names.</param>
    /// <param name="surrogate">The loss surrogate; null: the mechanism's, or Theorem 1 where it has none.</param>
    /// <param name="cancel">Interrupts.</param>
    /// <exception cref="SettingException">There is no such surrogate, or it has no value for this game.</exception>
    public static async Task<Findings> OfAsync(PreparedRun run, PluginCatalog catalog, PluginChoice? surrogate, CancellationToken cancel)
    {
        int threads = run.Process.Threads ?? Environment.ProcessorCount;
        var constants = ConstantsCache.Open(run.Process.Cache);
        await using var node = await LocalNode.StartAsync(catalog, threads);
        var (plan, tuned, protocols) = await new StepSizePreparation(catalog, node.System, threads, TimeProvider.System, cancel)
            .PrepareAsync(new ExperimentPlan(run.Plan.Name, run.Plan.SweptPaths, [run.Plan.Games[0]]), run.Course.Tunings);
        var game = plan.Games[0];
        surrogate ??= (catalog.CreateMechanism(game.Incentive.Mechanism) as ISurrogateMechanism)?.Surrogate
            ?? new PluginChoice(Theorem1.Name);
        var notes = new List<string>([
            .. tuned.Select(stepSize => stepSize.Sentence), .. protocols.Select(protocol => protocol.Sentence)]);
        var fitted = await new SurrogatePreparation(catalog, node.System, constants, threads, notes.Add, cancel)
            .SurrogateOfAsync(game, surrogate);
        using var parts = GameParts.Of(game, catalog, constants);
        var theory = GameTheory.Of(game, fitted, parts);
        return TheoryTables.Of(
            theory, game, Costs(parts), ConstantsOf(fitted, parts, theory.BatchSizes), notes.Concat(fitted.Warnings));
    }
    private static ClientCosts[] Costs(GameParts parts) => [.. parts.Profiles.Select(profile => profile.Costs)];

    /// <summary>Those that the surrogate is made of, or else the model's; null where it has none.</summary>
    private static LearningConstants? ConstantsOf(LossSurrogate surrogate, GameParts parts, IReadOnlyList<int> batchSizes) =>
        surrogate.Constants ?? (parts.HasConstants ? parts.Constants(batchSizes) : null);
}
