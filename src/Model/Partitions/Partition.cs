using System.Collections.Concurrent;

namespace FLCrowd.Model.Partitions;

/// <summary>
/// Deals the training set out to the clients. A client's samples are drawn with replacement by its own seed alone, so any
/// number of clients works and nothing is spent on a client before it is asked for.
/// </summary>
internal sealed class Partition
{
    private readonly PartitionSettings _settings;
    private readonly Seed _seed;
    private readonly SampleDraw _draw;
    private readonly ConcurrentDictionary<int, int[]> _samples = new();

    /// <exception cref="SettingException">A setting is out of range, or the data set lacks a class that it needs.</exception>
    public Partition(PartitionSettings settings, Seed seed, DataSet data)
    {
        (_settings, _seed) = (settings, seed);
        if (settings.SamplesPerClient < 1)
        {
            throw new SettingException("data.samples-per-client", $"is {settings.SamplesPerClient}; must be at least 1");
        }

        _draw = settings.Kind switch
        {
            PartitionKind.Iid => SampleDraws.Iid(data),
            PartitionKind.LastDigit => SampleDraws.LastDigit(data, settings.Heterogeneity),
            PartitionKind.Dirichlet => SampleDraws.Dirichlet(data, settings.Concentration),
            _ => throw new SettingException("data.partition", $"is {settings.Kind}; must be last-digit, iid or dirichlet"),
        };
    }

    /// <summary>n_i.</summary>
    public int SamplesPerClient => _settings.SamplesPerClient;

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

    private void Draw(int client, Span<int> samples) => _draw(client, _seed.For("partition", client), samples);
}
