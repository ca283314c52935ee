namespace FLCrowd.Model.Training;

/// <summary>
/// Draws mini-batches: positions in a client's data, nested in the batch size. The first D draws of a larger batch of the same
/// seed are the batch of size D, with and without replacement.
/// </summary>
internal static class BatchDraw
{
    /// <param name="seed">Draws of one client in one local step.</param>
    /// <param name="count">The number of samples n_i to draw from.</param>
    /// <param name="replacement">Whether a sample can be drawn twice; without, the batch is at most n_i long.</param>
    /// <param name="batch">Takes positions 0 .. n_i - 1.</param>
    /// <param name="deck">Work space, n_i long; used without replacement only.</param>
    public static void Draw(Seed seed, int count, bool replacement, Span<int> batch, Span<int> deck)
    {
        if (replacement)
        {
            for (int j = 0; j < batch.Length; j++)
            {
                batch[j] = seed.Index(count, j);
            }

            return;
        }

        // The first steps of a Fisher-Yates shuffle: how far it goes does not change where it began.
        for (int j = 0; j < count; j++)
        {
            deck[j] = j;
        }

        for (int j = 0; j < batch.Length; j++)
        {
            int other = j + seed.Index(count - j, j);
            (deck[j], deck[other]) = (deck[other], deck[j]);
            batch[j] = deck[j];
        }
    }
}
