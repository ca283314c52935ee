namespace FLCrowd.Host.Regret;

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

    public void Add(RegretPlay play, int client, double payoff, double cost)
    {
        if (play.Deviation is not { } deviation)
        {
            if (_profile.TryGetValue(client, out var own))
            {
                own[play.Replicate] = (payoff, cost);
            }
        }
        else if (deviation.Client == client)
        {
            (_deviations.TryGetValue(deviation, out var played) ? played : _deviations[deviation] = [])[play.Replicate] = payoff;
        }
    }

    /// <summary>A client's payoff and cost in the profile, in the replicates from one number to below another.</summary>
    public IReadOnlyList<(double Payoff, double Cost)> Profile(int client, int from, int to) =>
        [.. _profile[client].Where(entry => entry.Key >= from && entry.Key < to).Select(entry => entry.Value)];

    /// <summary>The deviator's payoff less its payoff in the profile, where both were played.</summary>
    public double[] Gains(Deviation deviation, int from, int to)
    {
        var profile = _profile[deviation.Client];
        return !_deviations.TryGetValue(deviation, out var played)
            ? []
            : [.. played.Where(entry => entry.Key >= from && entry.Key < to && profile.ContainsKey(entry.Key))
                .Select(entry => entry.Value - profile[entry.Key].Payoff)];
    }
}
