using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FLCrowd.Model.Kernels;

/// <summary>The convolution and its maxima.</summary>
internal sealed partial class ConvolutionPool
{
    /// <summary>One channel of one image. A store's surplus lanes are overwritten by the next row's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pool(ReadOnlySpan<float> filter, float bias, int start)
    {
        ref float even = ref MemoryMarshal.GetArrayDataReference(_even);
        ref float odd = ref MemoryMarshal.GetArrayDataReference(_odd);
        ref float w = ref MemoryMarshal.GetReference(filter);
        for (int y = 0; y < _pooledHeight; y++)
        {
            for (int x = 0; x < _pooledWidth; x += Lanes)
            {
                // Names: output row of the window, then output column.
                var o00 = Vector512.Create(bias);
                var (o01, o10, o11) = (o00, o00, o00);
                for (int r = 0; r <= Side; r++)
                {
                    nuint at = (nuint)((2 * y + r) * _stride + x);
                    var x0 = Vector512.LoadUnsafe(ref even, at);
                    var x1 = Vector512.LoadUnsafe(ref odd, at);
                    var x2 = Vector512.LoadUnsafe(ref even, at + 1);
                    var x3 = Vector512.LoadUnsafe(ref odd, at + 1);
                    var x4 = Vector512.LoadUnsafe(ref even, at + 2);
                    var x5 = Vector512.LoadUnsafe(ref odd, at + 2);
                    if (r < Side)
                    {
                        AddRow(ref Unsafe.Add(ref w, r * Side), x0, x1, x2, x3, x4, x5, ref o00, ref o01);
                    }

                    if (r > 0)
                    {
                        AddRow(ref Unsafe.Add(ref w, (r - 1) * Side), x0, x1, x2, x3, x4, x5, ref o10, ref o11);
                    }
                }

                int to = start + y * _pooledWidth + x;
                var max = Vector512.MaxNative(Vector512.MaxNative(o00, o01), Vector512.MaxNative(o10, o11));
                Vector512.MaxNative(Vector512<float>.Zero, max).StoreUnsafe(ref _features[to]);

                // Of equal maxima the first in the image counts.
                int corner = 2 * y * _width + 2 * x;
                var origin = Vector512.Create(_width + 1);
                origin = Vector512.ConditionalSelect(Vector512.Equals(max, o10).AsInt32(), Vector512.Create(_width), origin);
                origin = Vector512.ConditionalSelect(Vector512.Equals(max, o01).AsInt32(), Vector512<int>.One, origin);
                origin = Vector512.ConditionalSelect(Vector512.Equals(max, o00).AsInt32(), Vector512<int>.Zero, origin);
                (origin + Vector512.CreateSequence(corner, 2)).StoreUnsafe(ref _origins[to]);
            }
        }
    }

    /// <summary>
    /// Two channels of one image on shorter vectors, of which a processor has fewer: what was loaded serves both. The bits are those of
    /// <see cref="Pool"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PoolPair(
        ReadOnlySpan<float> filter, float bias, int start, ReadOnlySpan<float> otherFilter, float otherBias, int otherStart)
    {
        ref float even = ref MemoryMarshal.GetArrayDataReference(_even);
        ref float odd = ref MemoryMarshal.GetArrayDataReference(_odd);
        ref float w = ref MemoryMarshal.GetReference(filter);
        ref float v = ref MemoryMarshal.GetReference(otherFilter);
        for (int y = 0; y < _pooledHeight; y++)
        {
            for (int x = 0; x < _pooledWidth; x += Vector256<float>.Count)
            {
                var a00 = Vector256.Create(bias);
                var b00 = Vector256.Create(otherBias);
                var (a01, a10, a11) = (a00, a00, a00);
                var (b01, b10, b11) = (b00, b00, b00);
                for (int r = 0; r <= Side; r++)
                {
                    nuint at = (nuint)((2 * y + r) * _stride + x);
                    var x0 = Vector256.LoadUnsafe(ref even, at);
                    var x1 = Vector256.LoadUnsafe(ref odd, at);
                    var x2 = Vector256.LoadUnsafe(ref even, at + 1);
                    var x3 = Vector256.LoadUnsafe(ref odd, at + 1);
                    var x4 = Vector256.LoadUnsafe(ref even, at + 2);
                    var x5 = Vector256.LoadUnsafe(ref odd, at + 2);
                    if (r < Side)
                    {
                        AddRow(ref Unsafe.Add(ref w, r * Side), x0, x1, x2, x3, x4, x5, ref a00, ref a01);
                        AddRow(ref Unsafe.Add(ref v, r * Side), x0, x1, x2, x3, x4, x5, ref b00, ref b01);
                    }

                    if (r > 0)
                    {
                        AddRow(ref Unsafe.Add(ref w, (r - 1) * Side), x0, x1, x2, x3, x4, x5, ref a10, ref a11);
                        AddRow(ref Unsafe.Add(ref v, (r - 1) * Side), x0, x1, x2, x3, x4, x5, ref b10, ref b11);
                    }
                }

                int corner = 2 * y * _width + 2 * x, to = y * _pooledWidth + x, count = _pooledWidth - x;
                Store(a00, a01, a10, a11, corner, start + to, count);
                Store(b00, b01, b10, b11, corner, otherStart + to, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(
        Vector256<float> o00, Vector256<float> o01, Vector256<float> o10, Vector256<float> o11, int corner, int to, int count)
    {
        var max = Vector256.MaxNative(Vector256.MaxNative(o00, o01), Vector256.MaxNative(o10, o11));
        var origin = Vector256.Create(_width + 1);
        origin = Vector256.ConditionalSelect(Vector256.Equals(max, o10).AsInt32(), Vector256.Create(_width), origin);
        origin = Vector256.ConditionalSelect(Vector256.Equals(max, o01).AsInt32(), Vector256<int>.One, origin);
        origin = Vector256.ConditionalSelect(Vector256.Equals(max, o00).AsInt32(), Vector256<int>.Zero, origin)
            + Vector256.CreateSequence(corner, 2);
        max = Vector256.MaxNative(Vector256<float>.Zero, max);
        if (count >= Vector256<float>.Count)
        {
            max.StoreUnsafe(ref _features[to]);
            origin.StoreUnsafe(ref _origins[to]);
        }
        else if (count == Vector128<float>.Count)
        {
            max.GetLower().StoreUnsafe(ref _features[to]);
            origin.GetLower().StoreUnsafe(ref _origins[to]);
        }
        else
        {
            for (int lane = 0; lane < count; lane++)
            {
                (_features[to + lane], _origins[to + lane]) = (max[lane], origin[lane]);
            }
        }
    }

    /// <summary>Adds one row of the filter times one row of the image to an even and an odd column's sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        ref float w, Vector256<float> x0, Vector256<float> x1, Vector256<float> x2, Vector256<float> x3, Vector256<float> x4,
        Vector256<float> x5, ref Vector256<float> even, ref Vector256<float> odd)
    {
        var factor = Vector256.Create(w);
        even = Vector256.FusedMultiplyAdd(factor, x0, even);
        odd = Vector256.FusedMultiplyAdd(factor, x1, odd);
        factor = Vector256.Create(Unsafe.Add(ref w, 1));
        even = Vector256.FusedMultiplyAdd(factor, x1, even);
        odd = Vector256.FusedMultiplyAdd(factor, x2, odd);
        factor = Vector256.Create(Unsafe.Add(ref w, 2));
        even = Vector256.FusedMultiplyAdd(factor, x2, even);
        odd = Vector256.FusedMultiplyAdd(factor, x3, odd);
        factor = Vector256.Create(Unsafe.Add(ref w, 3));
        even = Vector256.FusedMultiplyAdd(factor, x3, even);
        odd = Vector256.FusedMultiplyAdd(factor, x4, odd);
        factor = Vector256.Create(Unsafe.Add(ref w, 4));
        even = Vector256.FusedMultiplyAdd(factor, x4, even);
        odd = Vector256.FusedMultiplyAdd(factor, x5, odd);
    }

    /// <summary>Adds one row of the filter times one row of the image to an even and an odd column's sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        ref float w, Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3, Vector512<float> x4,
        Vector512<float> x5, ref Vector512<float> even, ref Vector512<float> odd)
    {
        var (w0, w1, w2) = (Vector512.Create(w), Vector512.Create(Unsafe.Add(ref w, 1)), Vector512.Create(Unsafe.Add(ref w, 2)));
        var (w3, w4) = (Vector512.Create(Unsafe.Add(ref w, 3)), Vector512.Create(Unsafe.Add(ref w, 4)));
        even = Vector512.FusedMultiplyAdd(w0, x0, even);
        odd = Vector512.FusedMultiplyAdd(w0, x1, odd);
        even = Vector512.FusedMultiplyAdd(w1, x1, even);
        odd = Vector512.FusedMultiplyAdd(w1, x2, odd);
        even = Vector512.FusedMultiplyAdd(w2, x2, even);
        odd = Vector512.FusedMultiplyAdd(w2, x3, odd);
        even = Vector512.FusedMultiplyAdd(w3, x3, even);
        odd = Vector512.FusedMultiplyAdd(w3, x4, odd);
        even = Vector512.FusedMultiplyAdd(w4, x4, even);
        odd = Vector512.FusedMultiplyAdd(w4, x5, odd);
    }
}
