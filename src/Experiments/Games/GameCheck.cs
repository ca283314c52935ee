using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Learning;

namespace FLCrowd.Experiments.Games;

/// <summary>
/// Tries a game's parts together before anything runs: makes the model (which loads its data), one strategy of each group,
/// the aggregator and the mechanism, and lets the mechanism announce an episode, unless it waits for a surrogate.
/// </summary>
internal static class GameCheck
{
    /// <param name="game">The game.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="needsHoldings">Whether the model has to know who holds what.</param>
    /// <returns>Whether its clients have samples.</returns>
    /// <exception cref="SettingException">The parts do not fit.</exception>
    public static bool Check(GameDefinition game, PluginCatalog catalog, bool needsHoldings = false)
    {
        using var parts = GameParts.Of(game, catalog);
        if (needsHoldings && parts.ClassesOf(0) is null)
        {
            throw new SettingException(
                "experiment.holdings",
                $"is on, but the model '{game.Learning.Model.Name}' does not say of which classes clients hold samples; must be off");
        }

        CheckSizes(game, parts.Profiles);
        CheckBatches(parts.Profiles);
        var aggregator = LearningParts.CreateAggregator(catalog, game.Learning.Aggregator, new Crowd(game.Crowd));
        GameMemory.Of(game, parts, aggregator is ILinearAggregator).Check(game);
        foreach (var group in game.Crowd.Groups)
        {
            _ = catalog.CreateStrategy(group.Strategy, group.Members[0].First);
        }

        var mechanism = catalog.CreateMechanism(game.Incentive.Mechanism);
        if (mechanism is IReportMechanism { NeedsGradient: true } && !parts.HasTestGradient)
        {
            throw new SettingException(
                "game.mechanism",
                $"is '{game.Incentive.Mechanism.Name}', which needs the gradient of the test loss; "
                + $"the model '{game.Learning.Model.Name}' does not know it");
        }

        if (mechanism is ISurrogateMechanism asking)
        {
            _ = catalog.CreateSurrogate(asking.Surrogate);
        }
        else
        {
            parts.Try(mechanism);
        }

        return parts.Profiles.Any(profile => profile.SampleCount > 0);
    }

    /// <summary>Whether batches fit sizes that are drawn anew for the game of a seed, of a model with samples; those of the first game are
    /// looked at with its model.</summary>
    /// <exception cref="SettingException">One does not.</exception>
    public static void CheckBatches(LearningDefinition learning, CrowdDefinition crowd, ulong seed)
    {
        if (learning.Protocol.Replacement || learning.Partition.SampleCounts is null)
        {
            return;
        }

        int[] batches = crowd.BatchSizes;
        for (int client = 0; client < crowd.Clients && batches.Length > 0; client++)
        {
            int batch = batches[batches.Length == 1 ? 0 : client];
            if (batch > learning.Partition.CountOf(client))
            {
                throw new SettingException(
                    "game.assignment",
                    $"is {batch} for client {client}, which has {learning.Partition.CountOf(client)} samples with the seed {seed}; "
                    + "set data.replacement = true or a batch of at most that size");
            }
        }
    }

    /// <summary>What counts samples must count those that there are.</summary>
    private static void CheckSizes(GameDefinition game, IReadOnlyList<ClientProfile> profiles)
    {
        var partition = game.Learning.Partition;
        bool counts = game.Crowd.Sizes is not null;
        if (!counts && partition.SampleCounts is null)
        {
            return;
        }

        if (profiles.FirstOrDefault(profile =>
            profile.SampleCount != partition.CountOf(profile.Client) && (counts || profile.SampleCount > 0)) is { } odd)
        {
            var setting = game.Crowd.Sizes switch
            {
                { InWeights: true } => "learning.weights",
                { } => "game.labeling-cost-per",
                null => "data.samples-per-client",
            };
            throw new SettingException(
                setting,
                $"counts {partition.CountOf(odd.Client)} samples of client {odd.Client}, but the model '{game.Learning.Model.Name}' has "
                + $"{odd.SampleCount} for it, whatever data.samples-per-client says; leave it at its default");
        }
    }

    private static void CheckBatches(IReadOnlyList<ClientProfile> profiles)
    {
        if (profiles.FirstOrDefault(profile => profile.BatchSize > profile.MaxBatchSize) is { } large)
        {
            throw new SettingException(
                "game.assignment",
                $"is {large.BatchSize} for client {large.Client}, which has {large.SampleCount} samples; " +
                "set data.replacement = true or a batch of at most that size");
        }
    }
}
