namespace FLCrowd.Analysis.Regret;

/// <summary>
/// Payoffs of one block, by replicate: whatever order they come in, they are used in the order of replicates. Games of a replicate share
/// all
/// draws, so their differences are paired. Grows by what is added; not for several threads at once.
/// </summary>
public sealed class BlockSamples
{
    private readonly RegretBlock _block;
    private readonly Dictionary<int, SortedDictionary<int, (double Payoff, double Cost)>> _profile;
    private readonly Dictionary<Deviation, SortedDictionary<int, double>> _deviations = [];
    private readonly Dictionary<(string Coalition, int Client), SortedDictionary<int, double>> _coalitions = [];

    /// <summary>Without payoffs yet.</summary>
    /// <param name="block">Whose deviations are measured.</param>
    public BlockSamples(RegretBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        _block = block;
        _profile = block.Clients.ToDictionary(client => client.Client, _ => new SortedDictionary<int, (double Payoff, double Cost)>());
    }

    /// <summary>All whose payoffs in the profile are known, in ascending order: everybody where there are coalitions.</summary>
    public IEnumerable<int> Clients => _profile.Keys.Order();

    /// <summary>The payoffs of both; where both have the same one, that of <paramref name="other"/>.</summary>
    /// <param name="one">Payoffs of a block.</param>
    /// <param name="other">Others of the same block.</param>
    /// <returns>New samples; both stay as they are.</returns>
    /// <exception cref="ArgumentException">They are of different blocks.</exception>
    public static BlockSamples operator +(BlockSamples one, BlockSamples other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one._block != other._block)
        {
            throw new ArgumentException("Payoffs of different blocks are no samples of one.", nameof(other));
        }

        var both = new BlockSamples(one._block);
        foreach (var part in (BlockSamples[])[one, other])
        {
            Copy(part._profile, both._profile);
            Copy(part._deviations, both._deviations);
            Copy(part._coalitions, both._coalitions);
        }

        return both;
    }

    /// <summary>The same as <c>+</c>.</summary>
    /// <param name="one">Payoffs of a block.</param>
    /// <param name="other">Others of the same block.</param>
    public static BlockSamples Add(BlockSamples one, BlockSamples other) => one + other;

    /// <summary>What a client got in a play of the profile. Clients that nothing is asked of are not kept.</summary>
    /// <param name="client">The client.</param>
    /// <param name="replicate">The number of the replicate, from 0.</param>
    /// <param name="payoff">In money.</param>
    /// <param name="cost">What its action cost, in money, at least 0.</param>
    public void AddProfile(int client, int replicate, double payoff, double cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replicate);
        if (_block.Coalitions.Count > 0 || _profile.ContainsKey(client))
        {
            Of(_profile, client)[replicate] = (payoff, cost);
        }
    }

    /// <summary>What a deviator got.</summary>
    /// <param name="deviation">Who does what.</param>
    /// <param name="replicate">The number of the replicate, from 0.</param>
    /// <param name="payoff">In money.</param>
    public void AddDeviation(Deviation deviation, int replicate, double payoff)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replicate);
        Of(_deviations, deviation)[replicate] = payoff;
    }

    /// <summary>What a client got when a coalition deviated.</summary>
    /// <param name="coalition">The coalition's name.</param>
    /// <param name="client">Any client, a member or not.</param>
    /// <param name="replicate">The number of the replicate, from 0.</param>
    /// <param name="payoff">In money.</param>
    public void AddCoalition(string coalition, int client, int replicate, double payoff)
    {
        ArgumentNullException.ThrowIfNull(coalition);
        ArgumentOutOfRangeException.ThrowIfNegative(replicate);
        Of(_coalitions, (coalition, client))[replicate] = payoff;
    }

    /// <summary>A client's payoff and cost in the profile, in the replicates from one number to below another.</summary>
    /// <param name="client">The client; measured, or any where there are coalitions.</param>
    /// <param name="from">The first replicate.</param>
    /// <param name="to">The one behind the last.</param>
    /// <returns>In money, by replicate; none where none is known.</returns>
    public IReadOnlyList<(double Payoff, double Cost)> Profile(int client, int from, int to) =>
        [.. (_profile.GetValueOrDefault(client) ?? []).Where(entry => entry.Key >= from && entry.Key < to).Select(entry => entry.Value)];

    /// <summary>All deviations that were played, in the order in which they were added.</summary>
    public IEnumerable<Deviation> Deviations => _deviations.Keys;

    /// <summary>The deviator's payoff less its payoff in the profile, where both were played.</summary>
    /// <param name="deviation">The deviation.</param>
    /// <param name="from">The first replicate.</param>
    /// <param name="to">The one behind the last.</param>
    /// <returns>In money, by replicate; a new array.</returns>
    public double[] Gains(Deviation deviation, int from, int to) =>
        Gains(_deviations.GetValueOrDefault(deviation), deviation.Client, from, to);

    /// <summary>A client's payoff when the coalition deviates, whether it is a member or not, less its payoff in the profile, where both
    /// were
    /// played.</summary>
    /// <param name="coalition">The coalition.</param>
    /// <param name="client">Any client.</param>
    /// <returns>In money, by replicate; a new array.</returns>
    public double[] Gains(Coalition coalition, int client)
    {
        ArgumentNullException.ThrowIfNull(coalition);
        return Gains(_coalitions.GetValueOrDefault((coalition.Name, client)), client, 0, int.MaxValue);
    }

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

    private static void Copy<TKey, TValue>(
        Dictionary<TKey, SortedDictionary<int, TValue>> from, Dictionary<TKey, SortedDictionary<int, TValue>> to)
        where TKey : notnull
    {
        foreach (var (key, replicates) in from)
        {
            foreach (var (replicate, value) in replicates)
            {
                Of(to, key)[replicate] = value;
            }
        }
    }
}
