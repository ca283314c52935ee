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
