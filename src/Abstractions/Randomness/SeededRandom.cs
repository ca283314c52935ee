using System.Buffers.Binary;

namespace FLCrowd;

/// <summary>Counts through the draws of a <see cref="Seed"/>.</summary>
#pragma warning disable RS0030 // the base generator is never drawn from
internal sealed class SeededRandom(Seed seed) : Random(0)
#pragma warning restore RS0030
{
    private int _next;

    public override int Next() => Next(int.MaxValue);

    public override int Next(int maxValue) => Next(0, maxValue);

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        long span = (long)maxValue - minValue;
        return (int)(minValue + (long)Math.BigMul(seed.Bits(_next++), (ulong)span, out _));
    }

    public override long NextInt64() => (long)(seed.Bits(_next++) >> 1);

    public override double NextDouble() => seed.Uniform(_next++);

    public override float NextSingle() => (seed.Bits(_next++) >> 40) * (1.0f / (1 << 24));

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (int start = 0; start < buffer.Length; start += word.Length)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, seed.Bits(_next++));
            word[..Math.Min(word.Length, buffer.Length - start)].CopyTo(buffer[start..]);
        }
    }

    protected override double Sample() => NextDouble();
}
