using System.Numerics.Tensors;

namespace FLCrowd;

/// <summary>Whether a data set is one: what reads a wrong one fails far from where it was made, or learns nonsense.</summary>
internal static class DataSetCheck
{
    private const int MostClasses = byte.MaxValue + 1;

    /// <returns>What is wrong, and where; null where nothing is.</returns>
    public static string? Problem(DataSet data)
    {
        if (data.ClassCount is < 2 or > MostClasses)
        {
            return $"has {data.ClassCount} classes; must have 2 to {MostClasses}";
        }

        var (channels, height, width) = data.Shape;
        return channels < 1 || height < 1 || width < 1 || (Int128)channels * height * width > int.MaxValue
            ? $"has samples of {channels} x {height} x {width} features; each must be at least 1, and all of them at most {int.MaxValue}"
            : Problem(data, data.Training, "training") ?? Problem(data, data.Test, "test");
    }

    private static string? Problem(DataSet data, LabeledSamples? samples, string part)
    {
        if (samples is not { Labels: { Length: > 0 } labels } || (samples.Bytes is null && samples.Features is null))
        {
            return $"has no {part} samples; must have at least 1";
        }

        int width = data.Shape.FeatureCount;
        if ((long)labels.Length * width != samples.FeatureCount)
        {
            return $"has {samples.FeatureCount} features for {labels.Length} {part} labels; must have {(long)labels.Length * width}, "
                + $"{data.Shape.Channels} x {data.Shape.Height} x {data.Shape.Width} for each";
        }

        int outside = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(data.ClassCount - 1));
        if (outside >= 0)
        {
            return $"has the label {labels[outside]} at {part} sample {outside}; must be 0 to {data.ClassCount - 1}";
        }

        if (samples.Bytes is not null)
        {
            return float.IsFinite(byte.MaxValue / samples.Divisor) && samples.Divisor != 0
                ? null
                : FormattableString.Invariant($"divides the bytes of its {part} samples by {samples.Divisor}; features must be finite");
        }

        // The sum of magnitudes is finite only if every feature is; where it overflows, each is looked at.
        var features = samples.Features;
        int odd = float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(features))
            ? -1
            : Array.FindIndex(features, feature => !float.IsFinite(feature));
        return odd < 0
            ? null
            : FormattableString.Invariant($"has {features[odd]} as feature {odd % width} of {part} sample {odd / width}; must be finite");
    }
}
