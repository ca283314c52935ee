namespace FLCrowd;

/// <summary>
/// How a data set is dealt out: which training samples a client holds. Several threads may call at once; equal arguments give equal
/// samples, so that any number of clients costs nothing before it is asked for.
/// </summary>
public interface IPartition
{
    /// <summary>Draws the samples of a client.</summary>
    /// <param name="client">The client's index i, from 0.</param>
    /// <param name="seed">Draws that nothing else uses.</param>
    /// <param name="samples">Takes the positions of training samples, n_i of them (<see cref="PartitionSettings.CountOf"/>), each from 0 to
    /// their number - 1; a sample may be there more than once.</param>
    void Draw(int client, Seed seed, Span<int> samples);
}

/// <summary>
/// A partition that knows how many samples clients have: an optional capability of an <see cref="IPartition"/>, for
/// <c>data.samples-per-client = all</c>. It is made with <see cref="PartitionSettings.SamplesPerClient"/> 0 to be asked, and again with
/// what it answered.
/// </summary>
public interface INaturalPartition : IPartition
{
    /// <summary>n_i: all samples that a client has, at least 1.</summary>
    /// <param name="client">The client's index i, from 0.</param>
    int CountOf(int client);
}

/// <summary>What a partition's factory gets beside its options.</summary>
public sealed class PartitionSetup
{
    /// <summary>The data set that is dealt out.</summary>
    public required DataSet Data { get; init; }

    /// <summary>The section <c>data</c> of the configuration.</summary>
    public required PartitionSettings Settings { get; init; }

    /// <summary>The number of clients N.</summary>
    public required int Clients { get; init; }

    /// <summary>Draws for what is dealt out to all clients at once, such as an order of all samples; the same for every client of a
    /// game.</summary>
    public Seed Seed { get; init; }
}
