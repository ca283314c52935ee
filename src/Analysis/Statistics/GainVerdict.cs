namespace FLCrowd.Analysis.Statistics;

/// <summary>On which side of a threshold a gain is.</summary>
public enum GainVerdict
{
    /// <summary>The interval has the threshold in it.</summary>
    Open,

    /// <summary>At most the threshold.</summary>
    Below,

    /// <summary>Above it.</summary>
    Above,
}

/// <summary>Decides on which side of a threshold a gain is.</summary>
public static class Verdicts
{
    /// <summary>Below where the whole interval is at most the threshold, above where it is above it.</summary>
    /// <param name="gain">An interval for the gain.</param>
    /// <param name="threshold">The gain that counts, in the same unit.</param>
    public static GainVerdict Of(Interval gain, double threshold) =>
        gain.High <= threshold ? GainVerdict.Below : gain.Low > threshold ? GainVerdict.Above : GainVerdict.Open;
}
