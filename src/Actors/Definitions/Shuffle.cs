using System.Numerics;

namespace FLCrowd.Actors.Definitions;

/// <summary>
/// A random order of 0 .. n - 1 in which any one's position is computed by itself, without the others': a Feistel network over the next
/// power of four, walked until it is back within n (J. Black and P. Rogaway, Ciphers with Arbitrary Finite Domains, 2002).
/// </summary>
internal readonly struct Shuffle
{
    private const int FeistelRounds = 6;

    private readonly Seed _seed;
    private readonly int _count;
    private readonly int _half;

    /// <param name="seed">Draws of this order alone.</param>
    /// <param name="count">n, at least 1.</param>
    public Shuffle(Seed seed, int count)
    {
        (_seed, _count) = (seed, count);
        int bits = count == 1 ? 0 : BitOperations.Log2((uint)count - 1) + 1;
        _half = Math.Max(1, (bits + 1) / 2);
    }

    /// <summary>The position of an item, from 0; different items have different ones.</summary>
    public int PositionOf(int item)
    {
        ulong at = (ulong)item;
        do
        {
            at = Encrypted(at);
        }
        while (at >= (ulong)_count);

        return (int)at;
    }

    private ulong Encrypted(ulong value)
    {
        ulong mask = (1UL << _half) - 1, left = value >> _half, right = value & mask;
        for (int round = 0; round < FeistelRounds; round++)
        {
            (left, right) = (right, left ^ (_seed.For("feistel", round).Bits((int)right) & mask));
        }

        return (left << _half) | right;
    }
}
