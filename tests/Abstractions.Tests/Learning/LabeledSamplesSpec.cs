namespace FLCrowd.Abstractions.Tests.Learning;

/// <summary>Samples that are kept as bytes, and look like others.</summary>
public class LabeledSamplesSpec
{
    private static readonly byte[] Bytes = [0, 255, 51, 1, 2, 3];

    private static LabeledSamples Samples => LabeledSamples.OfBytes(Bytes, 255, [1, 0]);

    [Fact]
    public void Bytes_are_features_once_they_are_divided()
    {
        var samples = Samples;
        Assert.Equal((2, 6, 6L), (samples.Count, samples.FeatureCount, samples.FeatureBytes));
        var part = new float[3];
        samples.CopyFeatures(1, part);
        Assert.Equal([1, 0.2f, 1 / 255f], part);
        Assert.Equal([0, 1, 0.2f, 1 / 255f, 2 / 255f, 3 / 255f], samples.Features);
        Assert.Same(samples.Features, samples.Features);
        Assert.Same(Bytes, samples.Bytes);
    }

    [Fact]
    public void Numbers_stay_numbers()
    {
        var samples = new LabeledSamples([1, 2, 3, 4], [1, 0]);
        var part = new float[2];
        samples.CopyFeatures(1, part);
        Assert.Equal([2, 3], part);
        Assert.Equal((2, 4, 16L), (samples.Count, samples.FeatureCount, samples.FeatureBytes));
        Assert.Null(samples.Bytes);
    }

    [Fact]
    public void Other_features_take_the_place_of_bytes()
    {
        var other = Samples with { Features = [5, 6] };
        Assert.Null(other.Bytes);
        Assert.Equal([5, 6], other.Features);
        Assert.Equal(2, other.FeatureCount);
    }

    [Fact]
    public void The_same_arrays_are_equal_whether_features_were_asked_for_or_not()
    {
        byte[] labels = [1, 0];
        LabeledSamples one = LabeledSamples.OfBytes(Bytes, 255, labels), same = LabeledSamples.OfBytes(Bytes, 255, labels);
        Assert.NotEmpty(one.Features);
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, LabeledSamples.OfBytes(Bytes, 1, labels));
        Assert.NotEqual(one, LabeledSamples.OfBytes([.. Bytes], 255, labels));
    }
}
