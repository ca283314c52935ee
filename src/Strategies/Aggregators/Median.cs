namespace FLCrowd.Strategies.Aggregators;

/// <summary>Of an even number of reports, the mean of the two in the middle. Unweighted: p_i does not count.</summary>
internal sealed class Median : IAggregator
{
    public void Aggregate(ReadOnlySpan<float> global, IReadOnlyList<ReportedModel> reports, Span<float> next) =>
        Coordinatewise.TrimmedMean(reports, cut: (reports.Count - 1) / 2, next);
}
