using System.Runtime.CompilerServices;

namespace FLCrowd.Model.Storage;

/// <summary>
/// Samples as models read them: rows of a length, by their place; also with their zeros left out, once that is asked for.
/// </summary>
internal sealed class SampleStore
{
    private static readonly ConditionalWeakTable<LabeledSamples, SampleStore> Known = [];

    private readonly LabeledSamples _samples;
    private readonly Lazy<SparseRows> _sparse;

    private SampleStore(LabeledSamples samples)
    {
        (_samples, Width) = (samples, samples.FeatureCount / samples.Count);
        _sparse = new(() => new SparseRows(samples, Width));
    }

    /// <summary>The store of some samples: one for each data set in the process.</summary>
    public static SampleStore Of(LabeledSamples samples) => Known.GetValue(samples, known => new SampleStore(known));

    /// <summary>The number of features of a sample.</summary>
    public int Width { get; }

    /// <summary>The rows with their zeros left out.</summary>
    public SparseRows Sparse => _sparse.Value;

    /// <summary>All rows, one after the other, where they are held as numbers; empty where they are held as bytes.</summary>
    public ReadOnlySpan<float> Rows => _samples.Bytes is null ? _samples.Features : [];

    /// <summary>A row, where it lies or in the buffer given.</summary>
    public ReadOnlySpan<float> Row(int row, Span<float> buffer)
    {
        if (Rows is { IsEmpty: false } rows)
        {
            return rows.Slice(row * Width, Width);
        }

        Copy(row, buffer);
        return buffer[..Width];
    }

    /// <summary>Copies a row.</summary>
    public void Copy(int row, Span<float> features) => _samples.CopyFeatures(row * Width, features[..Width]);
}
