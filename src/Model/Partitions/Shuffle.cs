namespace FLCrowd.Model.Partitions;

/// <summary>Random orders.</summary>
internal static class Shuffle
{
    /// <summary>Puts samples in a random order (Fisher-Yates).</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="seed">Draws that nothing else uses.</param>
    public static void Of(Span<int> samples, Seed seed) => First(samples, samples.Length, seed);

    /// <summary>Puts a uniform choice of samples, in random order, in front of the others.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="count">How many, at most all.</param>
    /// <param name="seed">Draws that nothing else uses.</param>
    public static void First(Span<int> samples, int count, Seed seed)
    {
        for (int j = 0; j < count; j++)
        {
            int other = j + seed.Index(samples.Length - j, j);
            (samples[j], samples[other]) = (samples[other], samples[j]);
        }
    }
}
