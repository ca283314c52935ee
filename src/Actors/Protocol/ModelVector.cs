using System.Buffers;

namespace FLCrowd.Actors.Protocol;

/// <summary>
/// A model in a message: immutable once it is sent. Local models live in pooled arrays: the one who made the vector may fill it
/// before sending, and the one who consumes it last gives it back.
/// </summary>
public sealed class ModelVector
{
    // Thousands of local models may be under way at once: more than the shared pool keeps.
    private static readonly ArrayPool<float> Pool = ArrayPool<float>.Create(maxArrayLength: 1 << 26, maxArraysPerBucket: 4096);

    private readonly float[]? _pooled;

    private ModelVector(ReadOnlyMemory<float> memory, float[]? pooled)
    {
        Memory = memory;
        _pooled = pooled;
    }

    /// <summary>The number of parameters.</summary>
    public int Length => Memory.Length;

    /// <summary>The parameters.</summary>
    public ReadOnlyMemory<float> Memory { get; }

    /// <summary>The parameters.</summary>
    public ReadOnlySpan<float> Span => Memory.Span;

    /// <summary>The parameters of a rented vector, for the one who rented it and has not sent it yet.</summary>
    internal Memory<float> Writable => _pooled.AsMemory(0, Length);

    /// <summary>A vector around memory that nobody writes to any more.</summary>
    public static ModelVector Of(ReadOnlyMemory<float> values) => new(values, null);

    /// <summary>A vector in a pooled array, of undefined content.</summary>
    internal static ModelVector Rent(int length)
    {
        var pooled = Pool.Rent(length);
        return new ModelVector(pooled.AsMemory(0, length), pooled);
    }

    /// <summary>Gives a rented array back; nobody may read this vector afterwards. One that is never given back is collected.</summary>
    internal void Return()
    {
        if (_pooled is not null)
        {
            Pool.Return(_pooled);
        }
    }
}
