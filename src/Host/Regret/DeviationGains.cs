using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Host.Regret;

/// <summary>A measured gain.</summary>
/// <param name="Deviation">The deviation.</param>
/// <param name="Mean">Mean over replicates of the deviator's payoff less its payoff in the profile, in money.</param>
/// <param name="StandardError">Of the mean.</param>
/// <param name="Low">Lower end of the simultaneous confidence interval.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct DeviationGain(Deviation Deviation, double Mean, double StandardError, double Low, double High);

/// <summary>What a client could gain at most, as far as the grid of deviations goes.</summary>
/// <param name="Best">The deviation with the largest mean gain.</param>
/// <param name="Low">The regret is at least this, with the simultaneous confidence of all intervals; at least 0, as nobody must deviate.</param>
/// <param name="High">It is at most this.</param>
internal readonly record struct ClientRegret(DeviationGain Best, double Low, double High)
{
    /// <summary>The larger of the best mean gain and 0.</summary>
    public double Regret => Math.Max(0, Best.Mean);
}

/// <summary>
/// Gains of deviating from paired replicates, with intervals that hold for all deviations at once. Replicates are resampled whole, so
/// that what deviations have in common is kept, and the largest error of a resample, in standard errors, sets the width of all
/// intervals: the family-wise correction for taking a maximum. That width is then taken from the normal to Student's distribution, as
/// there are few replicates.
/// </summary>
internal static class DeviationGains
{
    private const int Resamples = 2000;

    /// <param name="gains">Per deviation, the gain in every replicate; the same replicates in the same order.</param>
    /// <param name="confidence">Simultaneous confidence.</param>
    /// <param name="seed">Draws of the bootstrap.</param>
    public static IReadOnlyList<DeviationGain> Of(
        IReadOnlyList<(Deviation Deviation, double[] Gains)> gains, double confidence, Seed seed)
    {
        var moments = gains.Select(entry => (Mean: entry.Gains.Mean(), Error: StandardError(entry.Gains))).ToArray();
        double width = CriticalValue(gains, moments, confidence, seed);
        return [.. gains.Select((entry, i) => new DeviationGain(
            entry.Deviation, moments[i].Mean, moments[i].Error, moments[i].Mean - width * moments[i].Error, moments[i].Mean + width * moments[i].Error))];
    }

    /// <summary>The regret of every client that deviated, in client order.</summary>
    public static IReadOnlyList<ClientRegret> Regrets(IEnumerable<DeviationGain> gains) =>
    [
        .. gains.GroupBy(gain => gain.Deviation.Client).OrderBy(client => client.Key).Select(client => new ClientRegret(
            client.MaxBy(gain => gain.Mean), Math.Max(0, client.Max(gain => gain.Low)), Math.Max(0, client.Max(gain => gain.High)))),
    ];

    private static double CriticalValue(
        IReadOnlyList<(Deviation Deviation, double[] Gains)> gains, (double Mean, double Error)[] moments, double confidence, Seed seed)
    {
        int replicates = gains[0].Gains.Length;
        var largest = new double[Resamples];
        var counts = new int[replicates];
        for (int resample = 0; resample < Resamples; resample++)
        {
            var draws = seed.For("bootstrap", resample);
            Array.Clear(counts);
            for (int k = 0; k < replicates; k++)
            {
                counts[draws.Index(replicates, k)]++;
            }

            for (int i = 0; i < gains.Count; i++)
            {
                // A deviation that changes nothing, such as doing as asked, has no error.
                if (moments[i].Error > 0)
                {
                    double mean = gains[i].Gains.Zip(counts, (gain, count) => gain * count).Sum() / replicates;
                    largest[resample] = Math.Max(largest[resample], Math.Abs(mean - moments[i].Mean) / moments[i].Error);
                }
            }
        }

        // A resampled mean varies less than a mean by (n - 1) / n.
        double normal = largest.Quantile(confidence) * Math.Sqrt(replicates / (replicates - 1.0));
        return StudentT.InvCDF(0, 1, replicates - 1, Normal.CDF(0, 1, normal));
    }

    private static double StandardError(double[] values) => values.StandardDeviation() / Math.Sqrt(values.Length);
}
