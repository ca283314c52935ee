using System.Numerics;

namespace FLCrowd;

/// <summary>
/// The source of every random number of a run: a value from which further seeds are derived by name, and whose draws are
/// pure functions of their index. There is no state, so no draw depends on the order in which draws are made.
/// </summary>
/// <remarks>
/// Draw k of a seed is output k of SplitMix64 started at <paramref name="Value"/>. Two runs of the same seed that differ in
/// one client's action therefore share all other draws (common random numbers).
/// </remarks>
/// <param name="Value">Any 64-bit value; 0 is a seed like any other.</param>
public readonly record struct Seed(ulong Value)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The seed of a purpose, independent of the seeds of all other purposes.</summary>
    /// <param name="purpose">What the draws are for, e.g. <c>"batch"</c>.</param>
    public Seed For(string purpose)
    {
        ulong hash = Value;
        foreach (char c in purpose)
        {
            hash = Combine(hash, c);
        }

        return new Seed(Combine(hash, (ulong)purpose.Length));
    }

    /// <summary>The seed of a purpose for the indices given, e.g. <c>seed.For("batch", client, round)</c>.</summary>
    /// <param name="purpose">What the draws are for.</param>
    /// <param name="indices">Which one of its kind: episode, client, round, step.</param>
    public Seed For(string purpose, params ReadOnlySpan<int> indices)
    {
        ulong hash = For(purpose).Value;
        foreach (int index in indices)
        {
            hash = Combine(hash, (ulong)index);
        }

        return new Seed(hash);
    }

    /// <summary>64 random bits.</summary>
    /// <param name="draw">The index of the draw, at least 0.</param>
    public ulong Bits(int draw) => Mix(Value + ((ulong)draw + 1) * Golden);

    /// <summary>A uniform number in [0, 1).</summary>
    /// <param name="draw">The index of the draw, at least 0.</param>
    public double Uniform(int draw) => (Bits(draw) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform integer in 0 .. <paramref name="count"/> - 1.</summary>
    /// <param name="count">How many values there are, at least 1.</param>
    /// <param name="draw">The index of the draw, at least 0.</param>
    public int Index(int count, int draw) => (int)Math.BigMul(Bits(draw), (ulong)count, out _);

    /// <summary>A standard normal number (Box-Muller on two draws of this seed that no other method touches).</summary>
    /// <param name="draw">The index of the draw, at least 0.</param>
    public double Normal(int draw)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - new Seed(Combine(Value, 1)).Uniform(draw)));
        return radius * Math.Cos(2 * Math.PI * new Seed(Combine(Value, 2)).Uniform(draw));
    }

    /// <summary>A generator for libraries that ask for a <see cref="Random"/>: its n-th number is a draw of this seed.</summary>
    public Random ToRandom() => new SeededRandom(this);

    private static ulong Combine(ulong hash, ulong value) => Mix(BitOperations.RotateLeft(hash, 23) + Golden * (value + 1));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
