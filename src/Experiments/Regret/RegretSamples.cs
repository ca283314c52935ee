namespace FLCrowd.Experiments.Regret;

/// <summary>Payoffs of a regret experiment as they come in, from the games or from their tables.</summary>
internal sealed class RegretSamples(RegretDesign design)
{
    private readonly Dictionary<string, BlockSamples> _blocks = design.Blocks.ToDictionary(block => Key(block.Values), block => new BlockSamples(block));

    public BlockSamples Of(RegretBlock block) => _blocks[Key(block.Values)];

    /// <summary>Adds what a client got in a game; games of blocks that are not the design's are for something else.</summary>
    public void Add(RegretPlay play, int client, double payoff, double cost) =>
        _blocks.GetValueOrDefault(Key(play.Block))?.Add(play, client, payoff, cost);

    private static string Key(IEnumerable<string> values) => string.Join('\u001f', values);
}

/// <summary>Payoffs of one block, by replicate: whatever order they come in, they are used in the order of replicates.</summary>
internal sealed class BlockSamples(RegretBlock block)
{
    private readonly Dictionary<int, SortedDictionary<int, (double Payoff, double Cost)>> _profile = block.Clients.ToDictionary(
        client => client.Client, _ => new SortedDictionary<int, (double Payoff, double Cost)>());

    private readonly Dictionary<Deviation, SortedDictionary<int, double>> _deviations = [];

    private readonly Dictionary<(string Coalition, int Client), SortedDictionary<int, double>> _coalitions = [];

    /// <summary>All whose payoffs in the profile are known, in ascending order: everybody where there are coalitions.</summary>
    public IEnumerable<int> Clients => _profile.Keys.Order();

    public void Add(RegretPlay play, int client, double payoff, double cost)
    {
        if (play.Coalition is { } coalition)
        {
            Of(_coalitions, (coalition, client))[play.Replicate] = payoff;
        }
        else if (play.Deviation is { } deviation)
        {
            if (deviation.Client == client)
            {
                Of(_deviations, deviation)[play.Replicate] = payoff;
            }
        }
        else if (block.Coalitions.Count > 0 || _profile.ContainsKey(client))
        {
            Of(_profile, client)[play.Replicate] = (payoff, cost);
        }
    }

    /// <summary>A client's payoff and cost in the profile, in the replicates from one number to below another.</summary>
    public IReadOnlyList<(double Payoff, double Cost)> Profile(int client, int from, int to) =>
        [.. _profile[client].Where(entry => entry.Key >= from && entry.Key < to).Select(entry => entry.Value)];

    /// <summary>The deviator's payoff less its payoff in the profile, where both were played.</summary>
    public double[] Gains(Deviation deviation, int from, int to) => Gains(_deviations.GetValueOrDefault(deviation), deviation.Client, from, to);

    /// <summary>A client's payoff when the coalition deviates, whether it is a member or not, less its payoff in the profile, where both were played.</summary>
    public double[] Gains(Coalition coalition, int client) => Gains(_coalitions.GetValueOrDefault((coalition.Name, client)), client, 0, int.MaxValue);

    private double[] Gains(SortedDictionary<int, double>? played, int client, int from, int to)
    {
        var profile = _profile.GetValueOrDefault(client);
        return played is null || profile is null
            ? []
            : [.. played.Where(entry => entry.Key >= from && entry.Key < to && profile.ContainsKey(entry.Key))
                .Select(entry => entry.Value - profile[entry.Key].Payoff)];
    }

    private static TValue Of<TKey, TValue>(Dictionary<TKey, TValue> samples, TKey key)
        where TKey : notnull
        where TValue : new() => samples.TryGetValue(key, out var known) ? known : samples[key] = new TValue();
}
