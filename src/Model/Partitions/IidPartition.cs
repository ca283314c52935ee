namespace FLCrowd.Model.Partitions;

/// <summary>The partition <c>iid</c>: every sample uniform over the training set.</summary>
internal sealed class IidPartition(DataSet data) : IPartition
{
    public void Draw(int client, Seed seed, Span<int> samples) => Fill(data, seed, samples, 0);

    /// <summary>Draws the samples from a position on.</summary>
    public static void Fill(DataSet data, Seed seed, Span<int> samples, int from)
    {
        for (int j = from; j < samples.Length; j++)
        {
            samples[j] = seed.Index(data.Training.Count, j);
        }
    }
}

/// <summary>The same without overlap: the training set in a random order, cut into pieces.</summary>
internal sealed class DisjointIid(PartitionSetup setup) : DisjointPartition(setup), INaturalPartition
{
    public int CountOf(int client) => EqualShare(client);

    protected override int[][] Deal()
    {
        var dealt = Empty();
        var deck = Deck("order");
        int next = 0;
        foreach (var samples in dealt)
        {
            deck.AsSpan(next, samples.Length).CopyTo(samples);
            next += samples.Length;
        }

        return dealt;
    }
}
