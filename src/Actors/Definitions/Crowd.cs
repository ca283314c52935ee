namespace FLCrowd.Actors.Definitions;

/// <summary>Looks up what a game's definition says of one client.</summary>
public sealed class Crowd
{
    private readonly CrowdDefinition _definition;
    private readonly int[] _group;

    /// <summary>Indexes a crowd whose groups are disjoint and cover all clients.</summary>
    public Crowd(CrowdDefinition definition)
    {
        _definition = definition;
        _group = new int[definition.Clients];
        double total = 0;
        for (int group = 0; group < definition.Groups.Length; group++)
        {
            foreach (var range in definition.Groups[group].Members)
            {
                _group.AsSpan(range.First, range.Count).Fill(group);
                total += range.Count * definition.Groups[group].Weight;
            }
        }

        var weights = new double[definition.Clients];
        for (int client = 0; client < weights.Length; client++)
        {
            weights[client] = definition.Groups[_group[client]].Weight / total;
        }

        Weights = definition.Sizes is { InWeights: true } ? BySamples(weights) : weights;
    }

    /// <summary>p_i proportional to n_i times what entries say.</summary>
    private double[] BySamples(double[] weights)
    {
        double[] counted = [.. weights.Select((weight, client) => weight * Pick(_definition.Sizes!.SampleCounts, client))];
        double total = counted.Sum();
        return [.. counted.Select(weight => weight / total)];
    }

    /// <summary>p_i of every client; sums to 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The client's strategy.</summary>
    public PluginChoice StrategyOf(int client) => _definition.Groups[_group[client]].Strategy;

    /// <summary>The client's own costs: its group's where that has some, the crowd's otherwise; those of labeling for all of its
    /// samples.</summary>
    public ClientCosts CostsOf(int client)
    {
        var group = _definition.Groups[_group[client]];
        double labeling = group.LabelingCost ?? Pick(_definition.LabelingCosts, client);
        return new ClientCosts(
            _definition.Sizes is { InLabelingCosts: true } sizes ? labeling * Pick(sizes.SampleCounts, client) : labeling,
            group.ComputationCost ?? Pick(_definition.ComputationCosts, client));
    }

    /// <summary>D' as configured, or null where the mechanism is to find it.</summary>
    public int? BatchSizeOf(int client) => _definition.BatchSizes.Length == 0 ? null : Pick(_definition.BatchSizes, client);

    /// <summary>The largest batch that a client of so many samples can draw.</summary>
    public static int MaxBatchSize(int samples, TrainingProtocol protocol) => protocol.Replacement || samples == 0 ? int.MaxValue : samples;

    /// <summary>The client's costs as far as they can be known before an episode: computation in the rounds in which it will be
    /// asked.</summary>
    internal ClientCosts ExpectedCostsOf(int client, Participation participation)
    {
        var costs = CostsOf(client);
        return participation.IsFull ? costs : costs with { Computation = costs.Computation * participation.RateOf(client) };
    }

    /// <summary>The public facts on every client: what the server may know.</summary>
    internal IReadOnlyList<ClientProfile> Profiles(ILearningModel model, TrainingProtocol protocol, Participation participation)
    {
        var profiles = new ClientProfile[_definition.Clients];
        for (int client = 0; client < profiles.Length; client++)
        {
            int samples = model.SampleCount(client);
            profiles[client] = new ClientProfile
            {
                Client = client,
                Weight = Weights[client],
                Costs = ExpectedCostsOf(client, participation),
                ParticipationRate = participation.RateOf(client),
                SampleCount = samples,
                MaxBatchSize = MaxBatchSize(samples, protocol),
                BatchSize = BatchSizeOf(client),
            };
        }

        return profiles;
    }

    private static T Pick<T>(T[] values, int client) => values.Length == 1 ? values[0] : values[client];
}
