using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FLCrowd.Model.Kernels;

/// <summary>Numbers whose first lies at the beginning of a cache line, and that stay there.</summary>
internal sealed class AlignedFloats
{
    private const int Line = 64;

    private readonly float[] _array;
    private readonly int _start;

    /// <param name="length">How many, initially 0; as many as a vector has may be read after the last.</param>
    public AlignedFloats(int length)
    {
        Length = length;
        _array = GC.AllocateArray<float>(length + 2 * Line / sizeof(float), pinned: true);
        _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0) & (Line - 1)) / sizeof(float);
    }

    public int Length { get; }

    public Span<float> Span => _array.AsSpan(_start, Length);

    public ref float First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);
}
