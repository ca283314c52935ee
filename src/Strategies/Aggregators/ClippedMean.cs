using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;

namespace FLCrowd.Strategies.Aggregators;

internal sealed class ClippedMeanOptions
{
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("kappa: how long an update may be, as a multiple of the round's median length.")]
    public double Kappa { get; set; } = 1.5;
}

/// <summary>
/// The mean of the reports, weighted by p_i, of which no update is longer than kappa times the median length of the round's:
/// w_t = w_{t-1} + sum_i p_i u_i min(1, kappa m_t / |u_i|), u_i = report_i - w_{t-1}, m_t = median_j |u_j|. A bound on what one client can
/// do that needs no threshold of its own (norm clipping: Sun et al. 2019, Can you really backdoor federated learning?).
/// </summary>
internal sealed class ClippedMean(ClippedMeanOptions options) : IAggregator
{
    public void Aggregate(ReadOnlySpan<float> global, IReadOnlyList<ReportedModel> reports, Span<float> next)
    {
        var (update, lengths, total) = (new float[next.Length], new double[reports.Count], 0.0);
        for (int i = 0; i < lengths.Length; i++)
        {
            TensorPrimitives.Subtract(reports[i].Model.Span, global, update);
            lengths[i] = Math.Sqrt(SumOfSquares(update));
            total += reports[i].Weight;
        }

        double most = options.Kappa * Median(lengths);
        var sum = new float[next.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            TensorPrimitives.Subtract(reports[i].Model.Span, global, update);
            double share = lengths[i] > most ? most / lengths[i] : 1;
            TensorPrimitives.MultiplyAdd(update, (float)(reports[i].Weight / total * share), sum, sum);
        }

        TensorPrimitives.Add(global, sum, next);
    }

    /// <summary>In double precision, in one order.</summary>
    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    /// <summary>Of an even number, the mean of the two in the middle.</summary>
    private static double Median(double[] lengths)
    {
        var ordered = lengths.Order().ToArray();
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}
