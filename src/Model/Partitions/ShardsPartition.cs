using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Partitions;

internal sealed class ShardsOptions
{
    [Range(1, 256)]
    [Description("Shards of a client, k: each of one class, but for those at a border between classes, or larger than one.")]
    public int ClassesPerClient { get; set; } = 2;

    [Description("on: every client draws its classes, and its samples of them with replacement; off: the training set is sorted by class "
        + "and cut into shards, and no sample is dealt out twice.")]
    public bool Overlap { get; set; }
}

/// <summary>
/// The partition <c>shards</c> (McMahan et al., Communication-Efficient Learning of Deep Networks from Decentralized Data, 2017): samples
/// sorted by class and cut into shards, k of them for every client, at random. Where clients hold fewer samples than there are, they are
/// cut into proportionally longer pieces, and a shard is some way into its piece, at random; where clients are of different sizes, so are
/// their shards.
/// </summary>
internal sealed class ShardsPartition(ShardsOptions options, PartitionSetup setup) : DisjointPartition(setup), INaturalPartition
{
    public int CountOf(int client) => EqualShare(client);

    protected override int[][] Deal()
    {
        var dealt = Empty();
        int shards = options.ClassesPerClient;
        var labels = Setup.Data.Training.Labels;
        int[] sorted = [.. Deck("order").OrderBy(sample => labels[sample])]; // stable: within a class they stay in random order
        long total = dealt.Sum(samples => (long)samples.Length), before = 0;
        var offset = Setup.Seed.For("offset");

        int[] order = [.. Enumerable.Range(0, checked(dealt.Length * shards))];
        Shuffle.Of(order, Setup.Seed.For("shards"));
        foreach (int shard in order)
        {
            var (start, end) = Bounds(dealt[shard / shards].Length, shard % shards, shards);
            int size = end - start;
            int from = (int)(before * sorted.Length / total), to = (int)((before + size) * sorted.Length / total);
            from += offset.Index(to - from - size + 1, shard);
            sorted.AsSpan(from, size).CopyTo(dealt[shard / shards].AsSpan(start));
            before += size;
        }

        return dealt;
    }

    /// <summary>Where a shard of a client lies in its samples: shards differ by one sample at most.</summary>
    public static (int Start, int End) Bounds(int samples, int shard, int shards) =>
        ((int)((long)samples * shard / shards), (int)((long)samples * (shard + 1) / shards));
}

/// <summary>The same with overlap: every client draws k different classes and as many samples of each, with replacement.</summary>
internal sealed class DrawnClasses : IPartition
{
    private readonly int _shards;
    private readonly int[][] _members;

    /// <exception cref="SettingException">There are fewer classes.</exception>
    public DrawnClasses(ShardsOptions options, PartitionSetup setup)
    {
        (_shards, _members) = (options.ClassesPerClient, ClassMembers.Of(setup.Data));
        if (_shards > _members.Length)
        {
            throw new SettingException(
                $"{setup.Settings.Choice.Path}.classes-per-client",
                $"is {_shards}, but '{setup.Data.Name}' has {_members.Length} classes; must be at most that, with overlap = on");
        }
    }

    public void Draw(int client, Seed seed, Span<int> samples)
    {
        int[] classes = [.. Enumerable.Range(0, _members.Length)];
        Shuffle.First(classes, _shards, seed.For("classes"));
        for (int shard = 0; shard < _shards; shard++)
        {
            var own = _members[classes[shard]];
            var (start, end) = ShardsPartition.Bounds(samples.Length, shard, _shards);
            for (int j = start; j < end; j++)
            {
                samples[j] = own[seed.Index(own.Length, j)];
            }
        }
    }
}
