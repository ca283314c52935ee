using System.Collections.Concurrent;

namespace FLCrowd.Model.Partitions;

/// <summary>
/// The samples that clients hold. A client's are drawn by its own seed alone, so any number of clients works and nothing is spent on a
/// client before it is asked for.
/// </summary>
internal sealed class ClientSamples
{
    private readonly IPartition _partition;
    private readonly Seed _seed;
    private readonly ConcurrentDictionary<int, int[]> _samples = new();

    /// <param name="partition">Who holds what.</param>
    /// <param name="samplesPerClient">n_i.</param>
    /// <param name="seed">The game's.</param>
    /// <exception cref="SettingException">Clients have no samples.</exception>
    public ClientSamples(IPartition partition, int samplesPerClient, Seed seed)
    {
        (_partition, _seed) = (partition, seed);
        SamplesPerClient = samplesPerClient >= 1
            ? samplesPerClient
            : throw new SettingException("data.samples-per-client", $"is {samplesPerClient}; must be at least 1");
    }

    /// <summary>n_i.</summary>
    public int SamplesPerClient { get; }

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
        var samples = new int[SamplesPerClient];
        for (int client = 0; client < clientWeights.Count; client++)
        {
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
        var samples = new int[SamplesPerClient];
        Draw(client, samples);
        return samples;
    }

    private void Draw(int client, Span<int> samples) => _partition.Draw(client, _seed.For("partition", client), samples);
}
