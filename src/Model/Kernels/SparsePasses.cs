using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FLCrowd.Model.Storage;

namespace FLCrowd.Model.Kernels;

/// <summary>
/// The two products of a dense layer on rows with their zeros left out. Outputs are in blocks; within one, weights lie feature by feature,
/// those of its outputs side by side, and then the biases, as if they were those of one more feature: an entry of a row is one number
/// times one run of weights.
/// </summary>
/// <remarks>Every result is a sum in an order that depends on its row alone, hence the same bits in any batch.</remarks>
internal static class SparsePasses
{
    /// <summary>How many rows ahead memory is asked for.</summary>
    private const int Ahead = 6;

    /// <summary>The outputs of a block, some of which may be there to fill it.</summary>
    public static int BlockWidth(int outputs) => outputs > 8 || Vector512.IsHardwareAccelerated ? 16 : outputs > 4 ? 8 : 4;

    /// <summary>The numbers of all blocks.</summary>
    public static int Length(int inputs, int outputs) => RoundUp(outputs, BlockWidth(outputs)) * (inputs + 1);

    /// <summary>z[s, r] = b[r] + scale * sum_k x[rows[s], k] w[k, r].</summary>
    /// <param name="x">The rows.</param>
    /// <param name="rows">Which of them, S.</param>
    /// <param name="w">Weights and biases.</param>
    /// <param name="blockWidth">The outputs of a block.</param>
    /// <param name="values">Room for a row's values.</param>
    /// <param name="z">Takes S rows of <paramref name="zStride"/> numbers.</param>
    /// <param name="zStride">At least the outputs of all blocks.</param>
    public static void Forward(
        SparseRows x, ReadOnlySpan<int> rows, AlignedFloats w, int blockWidth, Span<float> values, Span<float> z, int zStride)
    {
        switch (blockWidth)
        {
            case 4: Forward<Panel4>(x, rows, w, values, z, zStride); break;
            case 8: Forward<Panel8>(x, rows, w, values, z, zStride); break;
            case var _ when Vector512.IsHardwareAccelerated: Forward<WidePanel16>(x, rows, w, values, z, zStride); break;
            default: Forward<Panel16>(x, rows, w, values, z, zStride); break;
        }
    }

    /// <summary>w[k, r] += factor * scale * sum_s x[rows[s], k] slopes[s, r], and biases as if their feature were 1.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="rows">Which of them, S.</param>
    /// <param name="slopes">S rows of <paramref name="slopeStride"/> numbers.</param>
    /// <param name="slopeStride">At least the outputs of all blocks.</param>
    /// <param name="factor">Of every term.</param>
    /// <param name="w">Weights and biases.</param>
    /// <param name="blockWidth">The outputs of a block.</param>
    /// <param name="values">Room for a row's values.</param>
    public static void Backward(
        SparseRows x, ReadOnlySpan<int> rows, ReadOnlySpan<float> slopes, int slopeStride, float factor, AlignedFloats w, int blockWidth,
        Span<float> values)
    {
        switch (blockWidth)
        {
            case 4: Backward<Panel4>(x, rows, slopes, slopeStride, factor, w, values); break;
            case 8: Backward<Panel8>(x, rows, slopes, slopeStride, factor, w, values); break;
            case var _ when Vector512.IsHardwareAccelerated:
                Backward<WidePanel16>(x, rows, slopes, slopeStride, factor, w, values); break;
            default: Backward<Panel16>(x, rows, slopes, slopeStride, factor, w, values); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Forward<T>(
        SparseRows x, ReadOnlySpan<int> rows, AlignedFloats w, Span<float> values, Span<float> z, int zStride)
        where T : struct, IPanel<T>
    {
        int blockLength = (x.Width + 1) * T.Width;
        var scale = T.Create(x.Scale);
        for (int s = 0; s < rows.Length && s < Ahead; s++)
        {
            x.Prefetch(rows[s]);
        }

        for (int block = 0, from = 0; from < w.Length; block++, from += blockLength)
        {
            ref float weights = ref Unsafe.Add(ref w.First, from);
            var bias = T.Load(ref Unsafe.Add(ref weights, (nint)x.Width * T.Width));
            ref float output = ref Unsafe.Add(ref MemoryMarshal.GetReference(z), block * T.Width);
            for (int s = 0; s < rows.Length; s++)
            {
                if (s + Ahead < rows.Length)
                {
                    x.Prefetch(rows[s + Ahead]);
                }

                ref ushort column = ref x.Columns(rows[s], out int count);
                ref float value = ref x.Values(rows[s], values);

                // Four sums, because a fused multiply-add takes longer than the next one can wait.
                T a = default, b = default, c = default, d = default;
                for (nint j = 0, end = count; j < end; j += SparseRows.Unit)
                {
                    T.Accumulate(T.Create(Unsafe.Add(ref value, j)), ref Row<T>(ref weights, Unsafe.Add(ref column, j)), ref a);
                    T.Accumulate(T.Create(Unsafe.Add(ref value, j + 1)), ref Row<T>(ref weights, Unsafe.Add(ref column, j + 1)), ref b);
                    T.Accumulate(T.Create(Unsafe.Add(ref value, j + 2)), ref Row<T>(ref weights, Unsafe.Add(ref column, j + 2)), ref c);
                    T.Accumulate(T.Create(Unsafe.Add(ref value, j + 3)), ref Row<T>(ref weights, Unsafe.Add(ref column, j + 3)), ref d);
                }

                T.Store(T.MultiplyAdd(scale, T.Add(T.Add(a, b), T.Add(c, d)), bias), ref Unsafe.Add(ref output, (nint)s * zStride));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Backward<T>(
        SparseRows x, ReadOnlySpan<int> rows, ReadOnlySpan<float> slopes, int slopeStride, float factor, AlignedFloats w,
        Span<float> values)
        where T : struct, IPanel<T>
    {
        int blockLength = (x.Width + 1) * T.Width;
        for (int block = 0, from = 0; from < w.Length; block++, from += blockLength)
        {
            ref float weights = ref Unsafe.Add(ref w.First, from);
            ref float bias = ref Unsafe.Add(ref weights, (nint)x.Width * T.Width);
            ref float slopesOfBlock = ref Unsafe.Add(ref MemoryMarshal.GetReference(slopes), block * T.Width);
            for (int s = 0; s < rows.Length; s++)
            {
                ref ushort column = ref x.Columns(rows[s], out int count);
                ref float value = ref x.Values(rows[s], values);
                var slope = T.Multiply(T.Load(ref Unsafe.Add(ref slopesOfBlock, (nint)s * slopeStride)), factor);
                T.Store(T.Add(T.Load(ref bias), slope), ref bias);
                slope = T.Multiply(slope, x.Scale);
                for (nint j = 0, end = count; j < end; j += SparseRows.Unit)
                {
                    T.AddTo(ref Row<T>(ref weights, Unsafe.Add(ref column, j)), T.Create(Unsafe.Add(ref value, j)), slope);
                    T.AddTo(ref Row<T>(ref weights, Unsafe.Add(ref column, j + 1)), T.Create(Unsafe.Add(ref value, j + 1)), slope);
                    T.AddTo(ref Row<T>(ref weights, Unsafe.Add(ref column, j + 2)), T.Create(Unsafe.Add(ref value, j + 2)), slope);
                    T.AddTo(ref Row<T>(ref weights, Unsafe.Add(ref column, j + 3)), T.Create(Unsafe.Add(ref value, j + 3)), slope);
                }
            }
        }
    }

    /// <summary>The weights of a feature.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float Row<T>(ref float weights, nint column)
        where T : struct, IPanel<T> => ref Unsafe.Add(ref weights, column * T.Width);

    private static int RoundUp(int number, int unit) => (number + unit - 1) / unit * unit;
}
