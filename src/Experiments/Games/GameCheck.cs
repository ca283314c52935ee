using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Learning;

namespace FLCrowd.Experiments.Games;

/// <summary>
/// Tries a game's parts together before anything runs: makes the model (which loads its data), one strategy of each group,
/// the aggregator and the mechanism, and lets the mechanism announce an episode, unless it waits for a surrogate.
/// </summary>
internal static class GameCheck
{
    /// <exception cref="SettingException">The parts do not fit.</exception>
    public static void Check(GameDefinition game, PluginCatalog catalog)
    {
        using var parts = GameParts.Of(game, catalog);
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
