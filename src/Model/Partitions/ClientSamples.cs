namespace FLCrowd.Model.Partitions;

/// <summary>
/// The samples that clients hold. A client's are drawn by its own seed alone, so any number of clients works and nothing is spent on a
/// client before it is asked for.
/// </summary>
internal sealed class ClientSamples
{
    private readonly IPartition _partition;
    private readonly PartitionSettings _settings;
    private readonly Seed _seed;
    private readonly int[]?[] _samples;

    /// <param name="partition">Who holds what.</param>
    /// <param name="settings">How much everyone holds.</param>
    /// <param name="seed">The game's.</param>
    /// <param name="clients">The number of clients N.</param>
    /// <exception cref="SettingException">A client has no samples.</exception>
    public ClientSamples(IPartition partition, PartitionSettings settings, Seed seed, int clients)
    {
        (_partition, _settings, _seed, _samples) = (partition, settings, seed, new int[]?[clients]);
        var (least, most) = settings.SampleCounts is { } counts
            ? (counts.Min(), counts.Max())
            : (settings.SamplesPerClient, settings.SamplesPerClient);
        Most = least >= 1 ? most : throw new SettingException("data.samples-per-client", $"is {least}; must be at least 1");
    }

    /// <summary>The largest n_i.</summary>
    public int Most { get; }

    /// <summary>n_i.</summary>
    public int CountOf(int client) => _settings.CountOf(client);

    /// <summary>The training samples of a client; not to be written to. Two threads that ask first draw the same.</summary>
    public int[] SamplesOf(int client) => Volatile.Read(ref _samples[client]) ?? Drawn(client);

    /// <summary>
    /// For every training sample its weight in sum_i p_i F_i: sum_i p_i (how often client i holds it) / n_i. Adds up to 1.
    /// </summary>
    /// <param name="clientWeights">p_i in client order.</param>
    /// <param name="trainingCount">The size of the training set.</param>
    public double[] SampleWeights(IReadOnlyList<double> clientWeights, int trainingCount)
    {
        var weights = new double[trainingCount];
        var room = new int[Most];
        for (int client = 0; client < clientWeights.Count; client++)
        {
            var samples = room.AsSpan(0, CountOf(client));
            double share = clientWeights[client] / samples.Length;
            Draw(client, samples);
            foreach (int sample in samples)
            {
                weights[sample] += share;
            }
        }

        return weights;
    }

    private int[] Drawn(int client)
    {
        var samples = new int[CountOf(client)];
        Draw(client, samples);
        return Interlocked.CompareExchange(ref _samples[client], samples, null) ?? samples;
    }

    private void Draw(int client, Span<int> samples) => _partition.Draw(client, _seed.For("partition", client), samples);
}
