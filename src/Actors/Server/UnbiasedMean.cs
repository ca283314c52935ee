using FLCrowd.Actors.Definitions;

namespace FLCrowd.Actors.Server;

/// <summary>
/// The aggregation of reports of which the mean is that of all clients' reports: w_t = w_{t-1} + sum over those that are heard of
/// (p_i / q_i) (w_i - w_{t-1}), after D. Horvitz and D. Thompson (1952). For an aggregator whose coefficients are others than p_i, those
/// take their place.
/// </summary>
/// <param name="linear">The game's aggregator.</param>
/// <param name="participation">Who takes part, and with which probability.</param>
/// <param name="total">The sum of the coefficients of all clients that may be heard in the round.</param>
internal sealed class UnbiasedMean(ILinearAggregator linear, Participation participation, double total) : IAggregator
{
    /// <inheritdoc/>
    public void Aggregate(ReadOnlySpan<float> global, IReadOnlyList<ReportedModel> reports, Span<float> next)
    {
        var sum = new WeightedSum(next.Length);
        foreach (var report in reports)
        {
            sum.Add(report.Model.Span, participation.Coefficient(linear, report.Client, report.Weight));
        }

        Finish(global, sum, next);
    }

    /// <summary>The same, of the sum of the reports with their coefficients.</summary>
    public void Finish(ReadOnlySpan<float> global, WeightedSum sum, Span<float> next)
    {
        float kept = (float)(1 - sum.Weight / total), share = (float)(1 / total);
        var heard = sum.Sum.Span;
        for (int parameter = 0; parameter < next.Length; parameter++)
        {
            next[parameter] = kept * global[parameter] + share * heard[parameter];
        }
    }
}
