using System.Collections.Concurrent;

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
    private readonly ConcurrentDictionary<int, int[]> _samples = new();

    /// <param name="partition">Who holds what.</param>
    /// <param name="settings">How much everyone holds.</param>
    /// <param name="seed">The game's.</param>
    /// <exception cref="SettingException">A client has no samples.</exception>
    public ClientSamples(IPartition partition, PartitionSettings settings, Seed seed)
    {
        (_partition, _settings, _seed) = (partition, settings, seed);
        var (least, most) = settings.SampleCounts is { } counts
            ? (counts.Min(), counts.Max())
            : (settings.SamplesPerClient, settings.SamplesPerClient);
        Most = least >= 1 ? most : throw new SettingException("data.samples-per-client", $"is {least}; must be at least 1");
    }

    /// <summary>The largest n_i.</summary>
    public int Most { get; }

    /// <summary>n_i.</summary>
    public int CountOf(int client) => _settings.CountOf(client);

    /// <summary>The training samples of a client; the same array every time, not to be written to.</summary>
    public int[] SamplesOf(int client) => _samples.GetOrAdd(client, static (key, self) => self.Draw(key), this);

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

    private int[] Draw(int client)
    {
        var samples = new int[CountOf(client)];
        Draw(client, samples);
        return samples;
    }

    private void Draw(int client, Span<int> samples) => _partition.Draw(client, _seed.For("partition", client), samples);
}
