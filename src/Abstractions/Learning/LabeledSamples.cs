using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace FLCrowd;

/// <summary>Samples with their true labels.</summary>
/// <param name="Features">One sample after the other, channel by channel, row by row; pixels in [0, 1].</param>
/// <param name="Labels">The true class of each sample.</param>
public sealed record LabeledSamples(float[] Features, byte[] Labels)
{
    private float[]? _features = Features;

    /// <summary>
    /// One sample after the other, channel by channel, row by row; pixels in [0, 1]. Of samples that are kept as bytes
    /// (<see cref="OfBytes"/>) they are made when first asked for, and then take four times as much beside them:
    /// <see cref="CopyFeatures"/> makes some of them.
    /// </summary>
    public float[] Features
    {
        get => Bytes is null ? _features! : _features ?? Interlocked.CompareExchange(ref _features, Widened(), null) ?? _features;
        init => (_features, Bytes) = (value, null);
    }

    /// <summary>The features before they were divided by <see cref="Divisor"/>; null where they are not kept as bytes.</summary>
    public byte[]? Bytes { get; private init; }

    /// <summary>What bytes are divided by to be features.</summary>
    public float Divisor { get; private init; } = 1;

    /// <summary>The number of samples.</summary>
    public int Count => Labels.Length;

    /// <summary>The number of features of all samples together.</summary>
    public int FeatureCount => Bytes?.Length ?? _features?.Length ?? 0;

    /// <summary>What the features take in memory, in bytes.</summary>
    public long FeatureBytes => Bytes?.Length ?? (long)FeatureCount * sizeof(float);

    /// <summary>Samples whose features are bytes divided by a number, kept as they are: a quarter of the memory.</summary>
    /// <param name="bytes">One sample after the other, channel by channel, row by row.</param>
    /// <param name="divisor">What they are divided by; 255 makes pixels of [0, 1].</param>
    /// <param name="labels">The true class of each sample.</param>
    public static LabeledSamples OfBytes(byte[] bytes, float divisor, byte[] labels) =>
        new([], labels) { _features = null, Bytes = bytes, Divisor = divisor };

    /// <summary>Copies features, without making all of them.</summary>
    /// <param name="start">The first, as <see cref="Features"/> counts them.</param>
    /// <param name="features">Takes as many as it is long.</param>
    public void CopyFeatures(int start, Span<float> features)
    {
        if (Bytes is { } bytes)
        {
            TensorPrimitives.ConvertTruncating<byte, float>(bytes.AsSpan(start, features.Length), features);
            TensorPrimitives.Divide(features, Divisor, features);
        }
        else
        {
            _features.AsSpan(start, features.Length).CopyTo(features);
        }
    }

    /// <summary>Whether both are of the same arrays.</summary>
    public bool Equals(LabeledSamples? other) => other is not null && Source == other.Source && Labels == other.Labels
        && Divisor.Equals(other.Divisor);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Source), RuntimeHelpers.GetHashCode(Labels));

    private object? Source => (object?)Bytes ?? _features;

    private float[] Widened()
    {
        var features = new float[FeatureCount];
        CopyFeatures(0, features);
        return features;
    }
}
