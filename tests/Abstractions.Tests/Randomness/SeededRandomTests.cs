using FsCheck;
using FsCheck.Xunit;

namespace FLCrowd.Abstractions.Tests.Randomness;

public class SeededRandomTests
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
