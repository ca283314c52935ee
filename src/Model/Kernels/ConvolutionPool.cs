using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Kernels;

/// <summary>
/// A 5 x 5 convolution of a one-channel image, ReLU and 2 x 2 max-pool in one pass that stores pooled values only; parameters
/// [filters (channels x 25), b (channels)]. The backward pass follows the maxima alone: a quarter of a dense one's work.
/// </summary>
/// <remarks>
/// Even and odd columns of the image lie apart, so that the four outputs of a pooling window are four vectors whose lanes are
/// neighbouring windows: pooling is then two maxima, without shuffles.
/// </remarks>
internal sealed class ConvolutionPool
{
    /// <summary>The side of a filter.</summary>
    public const int Side = 5;

    private const int Taps = Side * Side;
    private const int Lanes = 16;

    private readonly int _channels;
    private readonly int _height;
    private readonly int _width;
    private readonly int _pooledHeight;
    private readonly int _pooledWidth;
    private readonly int _stride;
    private readonly float[] _even;
    private readonly float[] _odd;
    private readonly float[] _image;
    private readonly float[] _gradients;
    private float[] _features = [];
    private int[] _origins = [];

    public ConvolutionPool(int channels, int height, int width)
    {
        (_channels, _height, _width) = (channels, height, width);
        (_pooledHeight, _pooledWidth) = ((height - Side + 1) / 2, (width - Side + 1) / 2);
        _stride = (width + 1) / 2;

        // Vectors read past the end of a row; what they find there goes to lanes that nobody reads.
        _even = new float[height * _stride + 2 * Lanes];
        _odd = new float[height * _stride + 2 * Lanes];
        _image = new float[height * width + Lanes];
        _gradients = new float[channels * (Side * Vector256<float>.Count + 1)];
    }

    /// <summary>The number of parameters.</summary>
    public int ParameterCount => _channels * (Taps + 1);

    /// <summary>The number of pooled values of one image.</summary>
    public int FeatureCount => _channels * _pooledHeight * _pooledWidth;

    /// <summary>The pooled values of the last forward pass, image by image, channel by channel, row by row.</summary>
    public ReadOnlySpan<float> Features => _features;

    /// <summary>Computes <see cref="Features"/> of the images given.</summary>
    public void Forward(ReadOnlySpan<float> parameters, Batch images)
    {
        var rows = images.Rows;
        int length = rows.Length * FeatureCount + Lanes;
        if (_features.Length < length)
        {
            _features = new float[length];
            _origins = new int[length];
        }

        for (int s = 0; s < rows.Length; s++)
        {
            Split(images.Samples.Row(rows[s], _image));
            for (int channel = 0; channel < _channels; channel++)
            {
                int start = s * FeatureCount + channel * _pooledHeight * _pooledWidth;
                Pool(parameters.Slice(channel * Taps, Taps), parameters[_channels * Taps + channel], start);
            }
        }
    }

    /// <summary>Takes the gradient step of the last forward pass's images.</summary>
    /// <param name="parameters">parameters = shrink * parameters - rate * gradient.</param>
    /// <param name="images">The images of the forward pass.</param>
    /// <param name="slopes">The derivative of the loss by <see cref="Features"/>; destroyed.</param>
    /// <param name="shrink">Factor of the old parameters.</param>
    /// <param name="rate">Factor of the gradient.</param>
    public void Backward(
        Span<float> parameters, Batch images, Span<float> slopes, float shrink, float rate)
    {
        var rows = images.Rows;
        ZeroWhereInactive(slopes);
        Array.Clear(_gradients);
        int perChannel = _pooledHeight * _pooledWidth;
        int gradientLength = Side * Vector256<float>.Count + 1;
        for (int s = 0; s < rows.Length; s++)
        {
            images.Samples.Copy(rows[s], _image);
            for (int channel = 0; channel < _channels; channel++)
            {
                int start = s * FeatureCount + channel * perChannel;
                Accumulate(
                    slopes.Slice(start, perChannel), _origins.AsSpan(start, perChannel),
                    _gradients.AsSpan(channel * gradientLength, gradientLength));
            }
        }

        TensorPrimitives.Multiply(parameters, shrink, parameters);
        for (int channel = 0; channel < _channels; channel++)
        {
            var gradient = _gradients.AsSpan(channel * gradientLength, gradientLength);
            for (int row = 0; row < Side; row++)
            {
                var filterRow = parameters.Slice(channel * Taps + row * Side, Side);
                TensorPrimitives.MultiplyAdd(gradient.Slice(row * Vector256<float>.Count, Side), -rate, filterRow, filterRow);
            }

            parameters[_channels * Taps + channel] -= rate * gradient[^1];
        }
    }

    private void Split(ReadOnlySpan<float> image)
    {
        for (int y = 0; y < _height; y++)
        {
            var row = image.Slice(y * _width, _width);
            for (int x = 0; x + 1 < row.Length; x += 2)
            {
                _even[y * _stride + x / 2] = row[x];
                _odd[y * _stride + x / 2] = row[x + 1];
            }
        }
    }

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

    private void ZeroWhereInactive(Span<float> slopes)
    {
        ref float slope = ref MemoryMarshal.GetReference(slopes);
        int at = 0;
        for (; at + Lanes <= slopes.Length; at += Lanes)
        {
            var active = Vector512.GreaterThan(Vector512.LoadUnsafe(ref _features[at]), Vector512<float>.Zero);
            (Vector512.LoadUnsafe(ref slope, (nuint)at) & active).StoreUnsafe(ref slope, (nuint)at);
        }

        for (; at < slopes.Length; at++)
        {
            slopes[at] = _features[at] > 0 ? slopes[at] : 0;
        }
    }

    /// <summary>Adds up one channel's filter gradient of one image: five rows of eight lanes, five in use, then the bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(ReadOnlySpan<float> slopes, ReadOnlySpan<int> origins, Span<float> gradient)
    {
        const int Row = 8;
        ref float image = ref MemoryMarshal.GetArrayDataReference(_image);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        var (g0, g1, g2) = (Vector256.LoadUnsafe(ref g), Vector256.LoadUnsafe(ref g, Row), Vector256.LoadUnsafe(ref g, 2 * Row));
        var (g3, g4) = (Vector256.LoadUnsafe(ref g, 3 * Row), Vector256.LoadUnsafe(ref g, 4 * Row));
        float bias = 0;
        for (int p = 0; p < slopes.Length; p++)
        {
            ref float pixel = ref Unsafe.Add(ref image, origins[p]);
            var slope = Vector256.Create(slopes[p]);
            g0 = Vector256.FusedMultiplyAdd(slope, Vector256.LoadUnsafe(ref pixel), g0);
            g1 = Vector256.FusedMultiplyAdd(slope, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, _width)), g1);
            g2 = Vector256.FusedMultiplyAdd(slope, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, 2 * _width)), g2);
            g3 = Vector256.FusedMultiplyAdd(slope, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, 3 * _width)), g3);
            g4 = Vector256.FusedMultiplyAdd(slope, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, 4 * _width)), g4);
            bias += slopes[p];
        }

        g0.StoreUnsafe(ref g);
        g1.StoreUnsafe(ref g, Row);
        g2.StoreUnsafe(ref g, 2 * Row);
        g3.StoreUnsafe(ref g, 3 * Row);
        g4.StoreUnsafe(ref g, 4 * Row);
        gradient[^1] += bias;
    }
}
