using FLCrowd.Actors.Experiments;

namespace FLCrowd.Actors.Learning;

/// <summary>Looks up what a game's definition says of one client.</summary>
internal sealed class Crowd
{
    private readonly CrowdDefinition _definition;
    private readonly ushort[] _group;

    public Crowd(CrowdDefinition definition)
    {
        _definition = definition;
        _group = new ushort[definition.Clients];
        double total = 0;
        for (int group = 0; group < definition.Groups.Length; group++)
        {
            foreach (var range in definition.Groups[group].Members)
            {
                _group.AsSpan(range.First, range.Count).Fill((ushort)group);
                total += range.Count * definition.Groups[group].Weight;
            }
        }

        Weights = new double[definition.Clients];
        for (int client = 0; client < Weights.Length; client++)
        {
            Weights[client] = definition.Groups[_group[client]].Weight / total;
        }
    }

    public int Count => _definition.Clients;

    /// <summary>p_i of every client; sums to 1.</summary>
    public double[] Weights { get; }

    public PluginChoice StrategyOf(int client) => _definition.Groups[_group[client]].Strategy;

    public ClientCosts CostsOf(int client)
    {
        var group = _definition.Groups[_group[client]];
        return new ClientCosts(
            group.LabelingCost ?? Pick(_definition.LabelingCosts, client), group.ComputationCost ?? Pick(_definition.ComputationCosts, client));
    }

    /// <summary>D' as configured, or null where the mechanism is to find it.</summary>
    public int? BatchSizeOf(int client) => _definition.BatchSizes.Length == 0 ? null : Pick(_definition.BatchSizes, client);

    private static T Pick<T>(T[] values, int client) => values.Length == 1 ? values[0] : values[client];
}
