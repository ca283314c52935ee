namespace FLCrowd.Model.Data;

/// <summary>Features as they were read: numbers, or bytes and what they are divided by.</summary>
/// <param name="Numbers">One sample after the other; null: they are bytes.</param>
/// <param name="Bytes">One sample after the other; null: they are numbers.</param>
/// <param name="Divisor">What bytes are divided by.</param>
internal sealed record FeatureArray(float[]? Numbers, byte[]? Bytes, float Divisor)
{
    /// <summary>Samples of these features.</summary>
    public LabeledSamples With(byte[] labels) =>
        Bytes is null ? new LabeledSamples(Numbers!, labels) : LabeledSamples.OfBytes(Bytes, Divisor, labels);
}
