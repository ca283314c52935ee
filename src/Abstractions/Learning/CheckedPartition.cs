namespace FLCrowd;

/// <summary>A third party's partition: what it draws is looked at, and it is named where that is none.</summary>
/// <param name="partition">The partition.</param>
/// <param name="setup">What it was made of.</param>
/// <param name="who">What it is called in messages.</param>
internal sealed class CheckedPartition(IPartition partition, PartitionSetup setup, string who) : IPartition
{
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
        var samples = new int[Math.Max(1, setup.Settings.SamplesPerClient)];
        Draw(0, seed, samples);
        Draw(setup.Clients - 1, seed, samples);
        return this;
    }

    private SettingException Wrong(string problem) => new(setup.Settings.Choice.Path, $"{who} {problem}");
}
