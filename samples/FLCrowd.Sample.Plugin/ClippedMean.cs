using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Sample.Plugin;

internal sealed class ClippedMeanOptions
{
    [Range(0.0, 1e6)]
    [Description("How long an update may be, as a multiple of the median length of the round's updates.")]
    public double Limit { get; set; } = 1;
}

/// <summary>
/// The mean of the updates w_t^i - w_{t-1}, of which those that are too long are made shorter: nobody moves the model by more than the
/// others do.
/// </summary>
internal sealed class ClippedMean(ClippedMeanOptions options) : IAggregator
{
    public void Aggregate(ReadOnlySpan<float> global, IReadOnlyList<ReportedModel> reports, Span<float> next)
    {
        var lengths = new double[reports.Count];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = Length(global, reports[i].Model.Span);
        }

        double longest = options.Limit * lengths.Order().ElementAt(lengths.Length / 2);
        var sum = new WeightedSum(next.Length);
        var clipped = new float[next.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            var model = reports[i].Model.Span;
            float share = lengths[i] > longest ? (float)(longest / lengths[i]) : 1;
            for (int k = 0; k < clipped.Length; k++)
            {
                clipped[k] = global[k] + share * (model[k] - global[k]);
            }

            sum.Add(clipped, reports[i].Weight);
        }

        sum.WriteMean(next);
    }

    private static double Length(ReadOnlySpan<float> global, ReadOnlySpan<float> model)
    {
        double squares = 0;
        for (int k = 0; k < model.Length; k++)
        {
            double step = (double)model[k] - global[k];
            squares += step * step;
        }

        return Math.Sqrt(squares);
    }
}
