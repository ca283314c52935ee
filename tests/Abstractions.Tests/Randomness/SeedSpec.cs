using FsCheck;
using FsCheck.Xunit;

namespace FLCrowd.Abstractions.Tests.Randomness;

public class SeedSpec
{
    /// <summary>Frozen: where one of these changes, every result published with an earlier version can no longer be reproduced.</summary>
    [Theory]
    [InlineData(0, 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0.8833108082136426, 26, 0.7281865580019901)] // as SplitMix64 prints it
    [InlineData(1, 0x910A2DEC89025CC1, 0xBEEB8DA1658EEC67, 0.5665615751722809, 971, -0.9329973508716689)]
    public void Draws_are_frozen(ulong value, ulong bits0, ulong bits1, double uniform, int index, double normal)
    {
        var seed = new Seed(value);
        Assert.Equal((bits0, bits1), (seed.Bits(0), seed.Bits(1)));
        Assert.Equal(uniform, seed.Uniform(0));
        Assert.Equal(index, seed.Index(1000, 2));
        Assert.Equal(normal, seed.Normal(0), tolerance: 1e-12); // the logarithm and cosine are the platform's
    }

    /// <inheritdoc cref="Draws_are_frozen"/>
    [Fact]
    public void Derived_seeds_are_frozen()
    {
        Assert.Equal(0x2C0EDD1F4FD527BDu, new Seed(42).For("batch").Value);
        Assert.Equal(0x6F91FEF9DD6AAA46u, new Seed(42).For("batch", 3, 7).Value);
        Assert.Equal(0x033BC50C7BD3387Bu, new Seed(ulong.MaxValue).For("", -1).Value);
    }

    [Property]
    public bool A_seed_is_a_value(ulong value, NonNull<string> purpose, int index, NonNegativeInt draw) =>
        new Seed(value).For(purpose.Get, index).Bits(draw.Get) == new Seed(value).For(purpose.Get, index).Bits(draw.Get);

    [Fact]
    public void Purposes_indices_and_their_order_all_tell_seeds_apart()
    {
        var root = new Seed(7);
        List<Seed> seeds = [root];
        foreach (var purpose in new[] { "", "a", "b", "ab", "ba", "batch", "label", "batch " })
        {
            seeds.Add(root.For(purpose));
            seeds.AddRange(Enumerable.Range(-2, 50).Select(i => root.For(purpose, i)));
            seeds.AddRange(Enumerable.Range(0, 50).SelectMany(i => Enumerable.Range(0, 50).Select(j => root.For(purpose, i, j))));
        }

        Assert.Equal(seeds.Count, seeds.Distinct().Count());
    }

    [Fact]
    public void Seeds_that_differ_in_one_index_are_uncorrelated()
    {
        // The uniform draws of neighbouring clients, rounds, purposes and run seeds: correlation of 10,000 pairs within 4 deviations.
        const int pairs = 10_000;
        foreach (var (left, right) in new (Func<int, Seed>, Func<int, Seed>)[]
        {
            (i => new Seed(1).For("batch", i, 0), i => new Seed(1).For("batch", i + 1, 0)),
            (i => new Seed(1).For("batch", 3, i), i => new Seed(1).For("batch", 4, i)),
            (i => new Seed(1).For("batch", i), i => new Seed(1).For("label", i)),
            (i => new Seed(1).For("batch", i), i => new Seed(2).For("batch", i)),
            (i => new Seed((ulong)i), i => new Seed((ulong)i + 1)),
        })
        {
            double covariance = Enumerable.Range(0, pairs).Average(i => (left(i).Uniform(0) - 0.5) * (right(i).Uniform(0) - 0.5));
            Assert.InRange(covariance * 12, -4 / Math.Sqrt(pairs), 4 / Math.Sqrt(pairs));
        }
    }

    [Property]
    public bool Uniform_is_in_its_range(ulong value, NonNegativeInt draw) => new Seed(value).Uniform(draw.Get) is >= 0 and < 1;

    [Property]
    public bool Index_is_in_its_range(ulong value, PositiveInt count, NonNegativeInt draw)
    {
        int index = new Seed(value).Index(count.Get, draw.Get);
        return index >= 0 && index < count.Get;
    }

    [Fact]
    public void Index_reaches_the_largest_range_and_the_smallest()
    {
        Assert.Equal(0, new Seed(1).Index(1, 0));
        int largest = Enumerable.Range(0, 1000).Max(draw => new Seed(1).Index(int.MaxValue, draw));
        Assert.InRange(largest, (int)(int.MaxValue * 0.99), int.MaxValue - 1);
    }
}
