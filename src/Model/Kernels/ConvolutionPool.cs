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
internal sealed partial class ConvolutionPool
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
    private readonly bool _isWide;
    private readonly float[] _even;
    private readonly float[] _odd;
    private readonly float[] _image;
    private readonly float[] _gradients;
    private float[] _features = [];
    private int[] _origins = [];

    /// <param name="channels">The number of filters.</param>
    /// <param name="height">Of an image.</param>
    /// <param name="width">Of an image.</param>
    /// <param name="isWide">Whether vectors of sixteen numbers are quicker than those of eight; the bits are the same.</param>
    public ConvolutionPool(int channels, int height, int width, bool isWide)
    {
        _isWide = isWide;
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
            int perChannel = _pooledHeight * _pooledWidth;
            for (int channel = 0; channel < _channels; channel += _isWide ? 1 : 2)
            {
                int start = s * FeatureCount + channel * perChannel;
                var filter = parameters.Slice(channel * Taps, Taps);
                float bias = parameters[_channels * Taps + channel];
                if (_isWide)
                {
                    Pool(filter, bias, start);
                }
                else
                {
                    // Of an odd number the last is done twice.
                    int other = Math.Min(channel + 1, _channels - 1);
                    PoolPair(
                        filter, bias, start, parameters.Slice(other * Taps, Taps), parameters[_channels * Taps + other],
                        s * FeatureCount + other * perChannel);
                }
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

        // Two positions at a time, because a fused multiply-add takes longer than the next one can wait.
        Vector256<float> h0 = default, h1 = default, h2 = default, h3 = default, h4 = default;
        float bias = 0, otherBias = 0;
        ref int origin = ref MemoryMarshal.GetReference(origins);
        int p = 0;
        for (; p + 2 <= slopes.Length; p += 2)
        {
            AddPatch(ref Unsafe.Add(ref image, Unsafe.Add(ref origin, p)), _width, slopes[p], ref g0, ref g1, ref g2, ref g3, ref g4);
            AddPatch(
                ref Unsafe.Add(ref image, Unsafe.Add(ref origin, p + 1)), _width, slopes[p + 1], ref h0, ref h1, ref h2, ref h3, ref h4);
            bias += slopes[p];
            otherBias += slopes[p + 1];
        }

        if (p < slopes.Length)
        {
            AddPatch(ref Unsafe.Add(ref image, Unsafe.Add(ref origin, p)), _width, slopes[p], ref g0, ref g1, ref g2, ref g3, ref g4);
            bias += slopes[p];
        }

        (g0, g1, g2, g3, g4) = (g0 + h0, g1 + h1, g2 + h2, g3 + h3, g4 + h4);
        g0.StoreUnsafe(ref g);
        g1.StoreUnsafe(ref g, Row);
        g2.StoreUnsafe(ref g, 2 * Row);
        g3.StoreUnsafe(ref g, 3 * Row);
        g4.StoreUnsafe(ref g, 4 * Row);
        gradient[^1] += bias + otherBias;
    }

    /// <summary>Adds a patch of the image, times a slope, to the rows of a filter's gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPatch(
        ref float pixel, int width, float slope, ref Vector256<float> g0, ref Vector256<float> g1, ref Vector256<float> g2,
        ref Vector256<float> g3, ref Vector256<float> g4)
    {
        var factor = Vector256.Create(slope);
        g0 = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref pixel), g0);
        g1 = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, width)), g1);
        g2 = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, 2 * width)), g2);
        g3 = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, 3 * width)), g3);
        g4 = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, 4 * width)), g4);
    }
}
