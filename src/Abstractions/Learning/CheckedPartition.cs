namespace FLCrowd;

/// <summary>A third party's partition: what it draws is looked at, and it is named where that is none.</summary>
/// <param name="partition">The partition.</param>
/// <param name="setup">What it was made of.</param>
/// <param name="who">What it is called in messages.</param>
internal class CheckedPartition(IPartition partition, PartitionSetup setup, string who) : IPartition
{
    /// <summary>The same partition, looked at, with the capabilities that it has.</summary>
    public static CheckedPartition Of(IPartition partition, PartitionSetup setup, string who) =>
        partition is INaturalPartition natural ? new Natural(natural, setup, who) : new CheckedPartition(partition, setup, who);

    /// <exception cref="SettingException">It drew a sample that there is not, or threw.</exception>
    public void Draw(int client, Seed seed, Span<int> samples)
    {
        try
        {
            samples.Fill(-1); // so that one that is not drawn shows
            partition.Draw(client, seed, samples);
        }
        catch (Exception e) when (e is not SettingException)
        {
            throw Wrong($"failed to draw the samples of client {client}: {e.GetType().Name}: {e.Message}");
        }

        int most = setup.Data.Training.Count - 1;
        int odd = samples.IndexOfAnyExceptInRange(0, most);
        if (odd >= 0)
        {
            throw Wrong($"gave client {client} the sample {samples[odd]}; must be 0 to {most}");
        }
    }

    /// <summary>The partition, if what it draws for the first and the last client is something.</summary>
    public CheckedPartition Tried(Seed seed)
    {
        foreach (int client in (int[])[0, setup.Clients - 1])
        {
            if (setup.Settings.CountOf(client) is > 0 and var count)
            {
                Draw(client, seed, new int[count]);
            }
        }

        return this;
    }

    private SettingException Wrong(string problem) => new(setup.Settings.Choice.Path, $"{who} {problem}");

    private sealed class Natural(INaturalPartition partition, PartitionSetup setup, string who)
        : CheckedPartition(partition, setup, who), INaturalPartition
    {
        /// <exception cref="SettingException">It says that the client has no samples, or threw.</exception>
        public int CountOf(int client)
        {
            int count;
            try
            {
                count = partition.CountOf(client);
            }
            catch (Exception e) when (e is not SettingException)
            {
                throw Wrong($"failed to count the samples of client {client}: {e.GetType().Name}: {e.Message}");
            }

            return count >= 1 ? count : throw Wrong($"gives client {client} {count} samples; must be at least 1");
        }
    }
}
