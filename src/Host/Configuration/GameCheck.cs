using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Learning;

namespace FLCrowd.Host.Configuration;

/// <summary>
/// Tries a game's parts together before anything runs: makes the model (which loads its data), one strategy of each group,
/// the aggregator and the mechanism, and lets the mechanism announce an episode.
/// </summary>
internal static class GameCheck
{
    /// <exception cref="SettingException">The parts do not fit.</exception>
    public static void Check(GameDefinition game, PluginCatalog catalog)
    {
        var crowd = new Crowd(game.Crowd);
        using var model = catalog.CreateModel(game.Learning.Model, new LearningSetup(() => catalog.CreateDataSet(game.Learning.DataSet))
        {
            Seed = new Seed(game.Seed),
            Weights = crowd.Weights,
            Partition = game.Learning.Partition,
        });
        var profiles = crowd.Profiles(model, game.Learning.Protocol);
        CheckBatches(profiles);
        _ = catalog.CreateAggregator(game.Learning.Aggregator);
        foreach (var group in game.Crowd.Groups)
        {
            _ = catalog.CreateStrategy(group.Strategy, group.Members[0].First);
        }

        _ = catalog.CreateMechanism(game.Incentive.Mechanism).Announce(new MechanismView
        {
            Episode = 0,
            Clients = profiles,
            Protocol = game.Learning.Protocol,
            MoneyPerLoss = game.Incentive.MoneyPerLoss,
        });
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
