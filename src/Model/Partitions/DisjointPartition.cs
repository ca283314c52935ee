using System.Globalization;

namespace FLCrowd.Model.Partitions;

/// <summary>A true partition: no sample is dealt out twice. It is dealt out to all clients at once, when the first of them asks.</summary>
internal abstract class DisjointPartition : IPartition
{
    private readonly Lazy<int[][]> _dealt;

    /// <param name="setup">What is dealt out.</param>
    /// <exception cref="SettingException">Clients are to hold more samples than there are.</exception>
    protected DisjointPartition(PartitionSetup setup)
    {
        Setup = setup;
        long total = setup.Settings.TotalOf(setup.Clients);
        if (total > setup.Data.Training.Count)
        {
            throw new SettingException("data.samples-per-client", string.Create(
                CultureInfo.InvariantCulture,
                $"makes {setup.Clients} clients hold {total:#,0} samples, but '{setup.Data.Name}' has {setup.Data.Training.Count:#,0} "
                + $"training samples, and with {setup.Settings.Choice.Path}.overlap = off none is held twice; use fewer, or overlap = on"));
        }

        _dealt = new(Deal);
    }

    protected PartitionSetup Setup { get; }

    /// <inheritdoc/>
    public void Draw(int client, Seed seed, Span<int> samples) => _dealt.Value[client].CopyTo(samples);

    /// <summary>The samples of every client, n_i each.</summary>
    protected abstract int[][] Deal();

    /// <summary>An array of n_i places for every client.</summary>
    protected int[][] Empty() => [.. Enumerable.Range(0, Setup.Clients).Select(client => new int[Setup.Settings.CountOf(client)])];

    /// <summary>All training samples in random order.</summary>
    protected int[] Deck(string purpose)
    {
        int[] deck = [.. Enumerable.Range(0, Setup.Data.Training.Count)];
        Shuffle.Of(deck, Setup.Seed.For(purpose));
        return deck;
    }

    /// <summary>An equal share of all samples for every client: the first ones have one more where it does not come out even.</summary>
    protected int EqualShare(int client)
    {
        int total = Setup.Data.Training.Count;
        return Setup.Clients <= total
            ? total / Setup.Clients + (client < total % Setup.Clients ? 1 : 0)
            : throw new SettingException(
                "data.clients", $"is {Setup.Clients}, but '{Setup.Data.Name}' has only {total} training samples to deal out");
    }
}
