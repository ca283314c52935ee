using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FLCrowd.Model.Storage;

/// <summary>
/// Rows with their zeros left out. A row is one run of memory, on a cache line of its own: how many entries it has, where they are,
/// and what they are: bytes, where the data set is of bytes, and numbers otherwise.
/// </summary>
/// <remarks>
/// A sample of MNIST takes 450 bytes so, where its pixels take 784 as bytes and 3,136 as numbers: what limits training is how fast
/// memory comes.
/// </remarks>
internal sealed class SparseRows
{
    /// <summary>Rows are filled up to a multiple of so many entries, with entries of value 0.</summary>
    public const int Unit = 4;

    /// <summary>The widest row: places are numbers of 16 bits.</summary>
    public const int MostWidth = ushort.MaxValue;

    private const int Line = 64;
    private const int Measured = 1024;

    private readonly int[] _lines;
    private readonly byte[] _memory;
    private readonly int _start;
    private readonly bool _ofBytes;

    /// <param name="samples">The samples.</param>
    /// <param name="width">The number of features of each.</param>
    public SparseRows(LabeledSamples samples, int width)
    {
        Width = width;
        _ofBytes = samples.Bytes is not null;
        Scale = _ofBytes ? 1 / samples.Divisor : 1;
        _lines = new int[samples.Count + 1];
        for (int row = 0; row < samples.Count; row++)
        {
            int entries = RoundUp(Present(samples, row, width), Unit);
            MostEntries = Math.Max(MostEntries, entries);
            _lines[row + 1] = checked(_lines[row] + (sizeof(int) + entries * EntrySize + Line - 1) / Line);
        }

        // It stays where it is, so a line of it is a line of the cache.
        _memory = GC.AllocateArray<byte>(checked((_lines[^1] + 1) * Line), pinned: true);
        _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) & (Line - 1));
        for (int row = 0; row < samples.Count; row++)
        {
            Fill(samples, row, width);
        }
    }

    /// <summary>What a value is multiplied by to be the feature.</summary>
    public float Scale { get; }

    /// <summary>The most entries of a row.</summary>
    public int MostEntries { get; }

    private int EntrySize => sizeof(ushort) + (_ofBytes ? sizeof(byte) : sizeof(float));

    /// <summary>The share of features that are not 0, by a thousand rows that are spread over all.</summary>
    public static double Density(LabeledSamples samples)
    {
        int width = samples.FeatureCount / samples.Count;
        int rows = Math.Min(samples.Count, Measured);
        long present = 0;
        for (int k = 0; k < rows; k++)
        {
            present += Present(samples, (int)((long)samples.Count * k / rows), width);
        }

        return (double)present / ((long)rows * width);
    }

    /// <summary>The number of features of a row.</summary>
    public int Width { get; }

    /// <summary>Whether an array can hold all of them without their zeros, in the worst case.</summary>
    public static bool Fits(LabeledSamples samples) =>
        (long)samples.FeatureCount * (samples.Bytes is null ? sizeof(ushort) + sizeof(float) : sizeof(ushort) + sizeof(byte))
        + (long)samples.Count * 2 * Line < Array.MaxLength;

    /// <summary>The places of a row's entries, in ascending order, but for those of the filling.</summary>
    /// <param name="row">The row.</param>
    /// <param name="count">How many entries it has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref ushort Columns(int row, out int count)
    {
        ref byte at = ref At(row);
        count = Unsafe.As<byte, int>(ref at);
        return ref Unsafe.As<byte, ushort>(ref Unsafe.Add(ref at, sizeof(int)));
    }

    /// <summary>The values of a row's entries.</summary>
    /// <param name="row">The row.</param>
    /// <param name="buffer">Room for <see cref="MostEntries"/> and <see cref="Padding"/>; may hold them then.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Values(int row, Span<float> buffer)
    {
        ref byte at = ref At(row);
        int count = Unsafe.As<byte, int>(ref at);
        ref byte values = ref Unsafe.Add(ref at, sizeof(int) + count * sizeof(ushort));
        if (!_ofBytes)
        {
            return ref Unsafe.As<byte, float>(ref values);
        }

        ref float wide = ref MemoryMarshal.GetReference(buffer);
        if (Avx2.IsSupported)
        {
            // Reads and writes past the last entry; the memory ends with a line that no row has.
            nuint end = (nuint)count;
            for (nuint k = 0; k < end; k += Padding)
            {
                Widen(ref values, ref wide, k);
                Widen(ref values, ref wide, k + 8);
                Widen(ref values, ref wide, k + 16);
                Widen(ref values, ref wide, k + 24);
            }
        }
        else
        {
            TensorPrimitives.ConvertTruncating<byte, float>(MemoryMarshal.CreateReadOnlySpan(ref values, count), buffer);
        }

        return ref wide;
    }

    /// <summary>What a buffer of values needs beside the most entries of a row.</summary>
    public const int Padding = 32;

    /// <summary>
    /// Asks for the beginning of a row before it is needed, as many lines as a sample of MNIST has; the processor guesses the rest.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(int row)
    {
        if (Sse.IsSupported)
        {
            byte* at = (byte*)Unsafe.AsPointer(ref At(row));
            Sse.Prefetch0(at);
            Sse.Prefetch0(at + Line);
            Sse.Prefetch0(at + 2 * Line);
            Sse.Prefetch0(at + 3 * Line);
            Sse.Prefetch0(at + 4 * Line);
            Sse.Prefetch0(at + 5 * Line);
            Sse.Prefetch0(at + 6 * Line);
            Sse.Prefetch0(at + 7 * Line);
        }
    }

    /// <summary>Eight bytes as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(ref byte from, ref float to, nuint at)
    {
        ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, at));
        var bytes = Vector128.CreateScalarUnsafe(eight).AsByte();
        Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(bytes)).StoreUnsafe(ref to, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(int row) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory), (nint)_lines[row] * Line + _start);

    private static int Present(LabeledSamples samples, int row, int width) => samples.Bytes is { } bytes
        ? width - bytes.AsSpan(row * width, width).Count((byte)0)
        : width - samples.Features.AsSpan(row * width, width).Count(0f);

    private void Fill(LabeledSamples samples, int row, int width)
    {
        if (_ofBytes)
        {
            Fill(row, samples.Bytes.AsSpan(row * width, width));
        }
        else
        {
            Fill(row, samples.Features.AsSpan(row * width, width));
        }
    }

    private void Fill<T>(int row, ReadOnlySpan<T> features)
        where T : unmanaged, IEquatable<T>
    {
        int present = features.Length - features.Count(default(T));
        int entries = RoundUp(present, Unit);
        ref byte at = ref At(row);
        Unsafe.As<byte, int>(ref at) = entries;
        var columns = MemoryMarshal.CreateSpan(ref Unsafe.As<byte, ushort>(ref Unsafe.Add(ref at, sizeof(int))), entries);
        var values = MemoryMarshal.CreateSpan(
            ref Unsafe.As<byte, T>(ref Unsafe.Add(ref at, sizeof(int) + entries * sizeof(ushort))), entries);
        int next = 0;
        for (int k = 0; next < present; k++)
        {
            k += features[k..].IndexOfAnyExcept(default(T));
            for (; k < features.Length && !features[k].Equals(default); k++)
            {
                (columns[next], values[next++]) = ((ushort)k, features[k]);
            }
        }

        // The filling is where the first entries are, so that it makes nothing of what is not a number elsewhere.
        for (int k = 0; next < entries; k++)
        {
            (columns[next], values[next++]) = (columns[k], default);
        }
    }

    private static int RoundUp(int number, int unit) => (number + unit - 1) / unit * unit;
}
