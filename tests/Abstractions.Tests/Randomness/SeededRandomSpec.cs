using FsCheck;
using FsCheck.Xunit;

namespace FLCrowd.Abstractions.Tests.Randomness;

public class SeededRandomSpec
{
    [Fact]
    public void Every_method_is_a_function_of_the_seed()
    {
        Assert.Equal(Numbers(new Seed(5)), Numbers(new Seed(5)));
        Assert.All(Numbers(new Seed(5)).Zip(Numbers(new Seed(6))), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Numbers_are_frozen()
    {
        var random = new Seed(5).ToRandom();
        Assert.Equal(
            [830578053, 75, -3, 916244348587400354, 0.18796012170242216],
            new object[] { random.Next(), random.Next(100), random.Next(-5, 5), random.NextInt64(), random.NextDouble() });
    }

    [Fact]
    public void Every_number_takes_the_next_draws_of_the_seed_and_no_more()
    {
        var seed = new Seed(5);
        var random = seed.ToRandom();
        var (word, half) = (new byte[8], new byte[12]);
        Assert.Equal(seed.Uniform(0), random.NextDouble());
        Assert.Equal((long)(seed.Bits(1) / 2), random.NextInt64());
        Assert.Equal(seed.Index(1000, 2), random.Next(1000));
        Assert.Equal((float)Math.Floor(seed.Uniform(3) * (1 << 24)) / (1 << 24), random.NextSingle());
        random.NextBytes(word);
        Assert.Equal(BitConverter.GetBytes(seed.Bits(4)), word);
        random.NextBytes(half);
        Assert.Equal([.. BitConverter.GetBytes(seed.Bits(5)), .. BitConverter.GetBytes(seed.Bits(6))[..4]], half);
        Assert.Equal(seed.Uniform(7), random.NextDouble());
        Assert.Equal(seed.Uniform(8), random.NextDouble());
    }

    [Fact]
    public void A_range_that_ends_before_it_begins_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Seed(1).ToRandom().Next(5, 4));

    [Property]
    public bool Next_is_in_its_range(ulong seed, int a, int b)
    {
        var (low, high) = (Math.Min(a, b), Math.Max(a, b));
        int next = new Seed(seed).ToRandom().Next(low, high);
        return next == low || (next > low && next < high);
    }

    [Fact]
    public void Next_spans_all_integers()
    {
        var random = new Seed(1).ToRandom();
        var numbers = Enumerable.Range(0, 1000).Select(_ => random.Next(int.MinValue, int.MaxValue)).ToArray();
        Assert.InRange(numbers.Min(), int.MinValue, (int)(int.MinValue * 0.98));
        Assert.InRange(numbers.Max(), (int)(int.MaxValue * 0.98), int.MaxValue);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    public void NextBytes_fills_all_of_the_buffer(int length)
    {
        var any = new byte[length];
        var random = new Seed(1).ToRandom();
        for (int i = 0; i < 64; i++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            for (int k = 0; k < length; k++)
            {
                any[k] |= bytes[k];
            }
        }

        Assert.All(any, bits => Assert.Equal(0xFF, bits));
    }

    private static object[] Numbers(Seed seed)
    {
        var random = seed.ToRandom();
        var bytes = new byte[11];
        random.NextBytes(bytes);
        int[] items = [.. Enumerable.Range(0, 50)];
        random.Shuffle(items);
        return
        [
            random.Next(), random.Next(1 << 30), random.Next(-(1 << 30), 1 << 30), random.NextInt64(), random.NextInt64(1L << 60),
            random.NextDouble(), random.NextSingle(), Convert.ToHexString(bytes), string.Join(" ", items),
        ];
    }
}
