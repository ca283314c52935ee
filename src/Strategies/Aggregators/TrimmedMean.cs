using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Aggregators;

internal sealed class TrimmedMeanOptions
{
    [Range(0.0, 0.5, MaximumIsExclusive = true)]
    [Description("The share of the reports that is cut off at either end, rounded down to whole reports.")]
    public double Trim { get; set; } = 0.1;
}

/// <summary>Unweighted: p_i does not count. (Yin et al. 2018, Byzantine-robust distributed learning.)</summary>
internal sealed class TrimmedMean(TrimmedMeanOptions options) : IAggregator
{
    // The margin keeps a product such as 0.29 * 100 from falling short of the whole number it stands for.
    public void Aggregate(ReadOnlySpan<float> global, IReadOnlyList<ReportedModel> reports, Span<float> next) =>
        Coordinatewise.TrimmedMean(reports, cut: Math.Min((int)(options.Trim * reports.Count + 1e-9), (reports.Count - 1) / 2), next);
}
