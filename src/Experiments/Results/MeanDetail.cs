using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Experiments.Results;

/// <summary>A mean and its standard error, for programs; null where a number does not exist.</summary>
internal sealed record MeanDetail(double? Mean, double? StandardError)
{
    public static MeanDetail Of(Moments moments) => new(Finite(moments.Mean), Finite(moments.StandardError));

    public static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
