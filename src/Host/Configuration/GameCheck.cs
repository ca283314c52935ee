using FLCrowd.Actors.Experiments;

namespace FLCrowd.Host.Configuration;

/// <summary>
/// Tries a game's parts together before anything runs: makes the model (which loads its data), one strategy of each group,
/// the aggregator and the mechanism, and lets the mechanism announce an episode. Made once per run: equal data and models are
/// tried once.
/// </summary>
internal sealed class GameCheck(PluginCatalog catalog)
{
    private readonly Dictionary<PluginChoice, Lazy<DataSet>> _data = [];
    private readonly Dictionary<(PluginChoice, PluginChoice, PartitionSettings, string Weights), int[]> _sampleCounts = [];

    /// <exception cref="SettingException">The parts do not fit.</exception>
    public void Check(GameDefinition game)
    {
        var weights = Weights(game.Crowd);
        var samples = SampleCounts(game, weights);
        CheckBatches(game, samples);
        _ = catalog.CreateAggregator(game.Learning.Aggregator);
        foreach (var group in game.Crowd.Groups)
        {
            _ = catalog.CreateStrategy(group.Strategy, group.Members[0].First);
        }

        _ = catalog.CreateMechanism(game.Incentive.Mechanism).Announce(View(game, weights, samples));
    }

    private static double[] Weights(CrowdDefinition crowd)
    {
        var weights = new double[crowd.Clients];
        foreach (var group in crowd.Groups)
        {
            foreach (var range in group.Members)
            {
                weights.AsSpan(range.First, range.Count).Fill(group.Weight);
            }
        }

        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private int[] SampleCounts(GameDefinition game, double[] weights)
    {
        var learning = game.Learning;
        var key = (learning.DataSet, learning.Model, learning.Partition, $"{game.Crowd.Clients}:{string.Join(',', weights.Distinct())}");
        if (!_sampleCounts.TryGetValue(key, out var samples))
        {
            if (!_data.TryGetValue(learning.DataSet, out var data))
            {
                _data[learning.DataSet] = data = new Lazy<DataSet>(() => catalog.CreateDataSet(learning.DataSet));
            }

            using var model = catalog.CreateModel(learning.Model, new LearningSetup(() => data.Value)
            {
                Seed = new Seed(game.Seed),
                Weights = weights,
                Partition = learning.Partition,
            });
            _sampleCounts[key] = samples = [.. Enumerable.Range(0, game.Crowd.Clients).Select(model.SampleCount)];
        }

        return samples;
    }

    private static void CheckBatches(GameDefinition game, int[] samples)
    {
        if (game.Learning.Protocol.Replacement)
        {
            return;
        }

        for (int client = 0; client < samples.Length; client++)
        {
            if (Of(game.Crowd.BatchSizes, client) is { } size && size > samples[client] && samples[client] > 0)
            {
                throw new SettingException(
                    "game.assignment",
                    $"is {size} for client {client}, which has {samples[client]} samples; set data.replacement = true or a batch of at most that size");
            }
        }
    }

    private static MechanismView View(GameDefinition game, double[] weights, int[] samples) => new()
    {
        Episode = 0,
        Protocol = game.Learning.Protocol,
        MoneyPerLoss = game.Incentive.MoneyPerLoss,
        Clients = [.. game.Crowd.Groups
            .SelectMany(group => group.Members.SelectMany(range => Enumerable.Range(range.First, range.Count)).Select(client => new ClientProfile(
                client,
                weights[client],
                new ClientCosts(
                    group.LabelingCost ?? Of(game.Crowd.LabelingCosts, client)!.Value,
                    group.ComputationCost ?? Of(game.Crowd.ComputationCosts, client)!.Value),
                samples[client],
                samples[client] > 0 && !game.Learning.Protocol.Replacement ? samples[client] : int.MaxValue,
                Of(game.Crowd.BatchSizes, client))))
            .OrderBy(profile => profile.Client)],
    };

    /// <summary>A client's value where there is one for all, one per client, or none.</summary>
    private static T? Of<T>(T[] values, int client)
        where T : struct => values.Length switch
        {
            0 => null,
            1 => values[0],
            _ => values[client],
        };
}
