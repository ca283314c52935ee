using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FLCrowd.Model.Kernels;

/// <summary>Matrices with many columns, from rows side by side to columns side by side and back, in squares of eight or four.</summary>
internal static class Transposed
{
    /// <summary>Writes column after column, each filled up to a stride with zeros.</summary>
    /// <param name="rows">Rows of <paramref name="width"/> numbers, one after the other.</param>
    /// <param name="width">The length of a row.</param>
    /// <param name="columns">Takes width times stride numbers.</param>
    /// <param name="stride">The numbers of a column.</param>
    public static void ToColumns(ReadOnlySpan<float> rows, int width, Span<float> columns, int stride)
    {
        int height = rows.Length / width;
        if (height < stride)
        {
            columns.Clear();
        }

        Turn(rows, width, columns, stride, height, width);
    }

    /// <summary>Writes row after row.</summary>
    /// <param name="columns">Columns of <paramref name="stride"/> numbers.</param>
    /// <param name="stride">The numbers of a column.</param>
    /// <param name="rows">Takes the rows that it has room for.</param>
    /// <param name="width">The length of a row.</param>
    public static void ToRows(ReadOnlySpan<float> columns, int stride, Span<float> rows, int width) =>
        Turn(columns, stride, rows, width, width, rows.Length / width);

    /// <summary>to[j, i] = from[i, j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Turn(ReadOnlySpan<float> from, int fromStride, Span<float> to, int toStride, int height, int width)
    {
        ref float source = ref MemoryMarshal.GetReference(from);
        ref float target = ref MemoryMarshal.GetReference(to);
        int i = 0;
        for (; Avx.IsSupported && i + 8 <= height; i += 8)
        {
            int j = 0;
            for (; j + 8 <= width; j += 8)
            {
                Eight(
                    ref Unsafe.Add(ref source, (nint)i * fromStride + j), fromStride, ref Unsafe.Add(ref target, (nint)j * toStride + i),
                    toStride);
            }

            if (j < width && j + 4 <= fromStride)
            {
                int count = Math.Min(4, width - j);
                for (int k = i; k < i + 8; k += 4)
                {
                    Four(
                        ref Unsafe.Add(ref source, (nint)k * fromStride + j), fromStride,
                        ref Unsafe.Add(ref target, (nint)j * toStride + k), toStride, count);
                }

                j += count;
            }

            for (; j < width; j++)
            {
                for (int k = i; k < i + 8; k++)
                {
                    to[j * toStride + k] = from[k * fromStride + j];
                }
            }
        }

        for (; i < height; i++)
        {
            for (int j = 0; j < width; j++)
            {
                to[j * toStride + i] = from[i * fromStride + j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(ref float source, int fromStride, ref float target, int toStride)
    {
        var (a0, a1) = (Row(ref source, 0), Row(ref source, fromStride));
        var (a2, a3) = (Row(ref source, 2 * fromStride), Row(ref source, 3 * fromStride));
        var (a4, a5) = (Row(ref source, 4 * fromStride), Row(ref source, 5 * fromStride));
        var (a6, a7) = (Row(ref source, 6 * fromStride), Row(ref source, 7 * fromStride));

        // Pairs, then fours of neighbours within each half, then halves.
        var (b0, b1) = (Avx.UnpackLow(a0, a1), Avx.UnpackHigh(a0, a1));
        var (b2, b3) = (Avx.UnpackLow(a2, a3), Avx.UnpackHigh(a2, a3));
        var (b4, b5) = (Avx.UnpackLow(a4, a5), Avx.UnpackHigh(a4, a5));
        var (b6, b7) = (Avx.UnpackLow(a6, a7), Avx.UnpackHigh(a6, a7));
        var (c0, c1) = (Avx.Shuffle(b0, b2, 0x44), Avx.Shuffle(b0, b2, 0xEE));
        var (c2, c3) = (Avx.Shuffle(b1, b3, 0x44), Avx.Shuffle(b1, b3, 0xEE));
        var (c4, c5) = (Avx.Shuffle(b4, b6, 0x44), Avx.Shuffle(b4, b6, 0xEE));
        var (c6, c7) = (Avx.Shuffle(b5, b7, 0x44), Avx.Shuffle(b5, b7, 0xEE));
        Avx.Permute2x128(c0, c4, 0x20).StoreUnsafe(ref target);
        Avx.Permute2x128(c1, c5, 0x20).StoreUnsafe(ref target, (nuint)toStride);
        Avx.Permute2x128(c2, c6, 0x20).StoreUnsafe(ref target, (nuint)(2 * toStride));
        Avx.Permute2x128(c3, c7, 0x20).StoreUnsafe(ref target, (nuint)(3 * toStride));
        Avx.Permute2x128(c0, c4, 0x31).StoreUnsafe(ref target, (nuint)(4 * toStride));
        Avx.Permute2x128(c1, c5, 0x31).StoreUnsafe(ref target, (nuint)(5 * toStride));
        Avx.Permute2x128(c2, c6, 0x31).StoreUnsafe(ref target, (nuint)(6 * toStride));
        Avx.Permute2x128(c3, c7, 0x31).StoreUnsafe(ref target, (nuint)(7 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Row(ref float source, int at) => Vector256.LoadUnsafe(ref source, (nuint)at);

    /// <summary>Four numbers of four rows, of which <paramref name="count"/> are wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(ref float source, int fromStride, ref float target, int toStride, int count)
    {
        var (a, b) = (Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref source, (nuint)fromStride));
        var (c, d) = (Vector128.LoadUnsafe(ref source, (nuint)(2 * fromStride)), Vector128.LoadUnsafe(ref source, (nuint)(3 * fromStride)));
        var (ac, bd) = (Sse.UnpackLow(a, c), Sse.UnpackLow(b, d));
        Sse.UnpackLow(ac, bd).StoreUnsafe(ref target);
        if (count > 1)
        {
            Sse.UnpackHigh(ac, bd).StoreUnsafe(ref target, (nuint)toStride);
        }

        if (count > 2)
        {
            (ac, bd) = (Sse.UnpackHigh(a, c), Sse.UnpackHigh(b, d));
            Sse.UnpackLow(ac, bd).StoreUnsafe(ref target, (nuint)(2 * toStride));
            if (count > 3)
            {
                Sse.UnpackHigh(ac, bd).StoreUnsafe(ref target, (nuint)(3 * toStride));
            }
        }
    }
}
