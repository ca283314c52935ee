using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Experiments.Regret;

/// <summary>A measured gain, in money.</summary>
/// <param name="Deviation">The deviation.</param>
/// <param name="Replicates">How often it was played, beside the profile.</param>
/// <param name="Mean">Mean over replicates of the deviator's payoff less its payoff in the profile.</param>
/// <param name="StandardError">Of the mean.</param>
/// <param name="Limits">An interval that holds for all deviations of the block, whenever they stopped.</param>
/// <param name="RegretLimit">The upper limit that the client's regret has from this deviation: closer, as it is not one for all deviations.</param>
/// <param name="Threshold">The gain that counts: the tolerance times the client's cost in the profile.</param>
/// <param name="IsSettled">Whether playing it on would answer nothing.</param>
internal sealed record DeviationGain(
    Deviation Deviation, int Replicates, double Mean, double StandardError, Interval Limits, double RegretLimit, double Threshold, bool IsSettled)
{
    public GainVerdict Verdict => Verdicts.Of(Limits, Threshold);
}

/// <summary>What a client could gain at most, as far as the grid of deviations goes, and what it gets in the profile.</summary>
/// <param name="Client">The client.</param>
/// <param name="Best">The deviation with the largest mean gain, also where that is negative.</param>
/// <param name="Fresh">The same deviation's gain in replicates that had no part in choosing it, so without the winner's curse; null before they are played.</param>
/// <param name="Limits">An interval for the regret that holds for all clients of the block; from 0 on, as nobody must deviate.</param>
/// <param name="Payoff">Its payoff in the profile.</param>
/// <param name="PayoffLimits">An interval for the expected payoff.</param>
/// <param name="Losses">The share of replicates in which the payoff is negative.</param>
/// <param name="LossLimits">An interval for that probability.</param>
/// <param name="Cost">Its mean cost in the profile.</param>
internal sealed record ClientRegret(
    RegretClient Client,
    DeviationGain Best,
    Moments? Fresh,
    Interval Limits,
    Moments Payoff,
    Interval PayoffLimits,
    double Losses,
    Interval LossLimits,
    double Cost)
{
    /// <summary>The larger of the best mean gain and 0.</summary>
    public double Regret => Math.Max(0, Best.Mean);

    public GainVerdict Verdict => Verdicts.Of(Limits, Best.Threshold);
}

/// <summary>
/// What the replicates of a block say. With K stages, M deviations and C clients, each limit misses with at most the probability
/// alpha / (2 K M), an upper limit of the regret alpha / (2 K C). By the union bound all hold together, at all stages, so that it does not
/// matter by what rule a deviation was played on or not:
/// <list type="bullet">
/// <item>The M intervals hold together with 1 - alpha.</item>
/// <item>A regret is at least its client's largest lower limit, as those are among the M.</item>
/// <item>It is at most its client's largest upper limit, and that needs no correction for the number of deviations: whichever deviation is
/// truly the best, its own limit is enough, and the largest one is not below it.</item>
/// <item>So NashConv lies between the sums of the clients' limits.</item>
/// </list>
/// </summary>
internal static class RegretAnalysis
{
    public static RegretResult Of(RegretDesign design, RegretBlock block, BlockSamples samples)
    {
        var played = design.Deviations(block)
            .Select(deviation => (Deviation: deviation, Gains: samples.Gains(deviation, 0, design.MaxReplicates)))
            .Where(entry => entry.Gains.Length > 1)
            .ToList();
        double look = (1 - design.Confidence) / 2 / design.Stages().Count;
        double single = look / design.Deviations(block).Count, regret = look / block.Clients.Count;
        var clients = new List<ClientRegret>();
        var all = new List<DeviationGain>();
        foreach (var client in block.Clients)
        {
            var profile = samples.Profile(client.Client, 0, design.MaxReplicates);
            double cost = profile.Select(entry => entry.Cost).Mean();
            var gains = Settled([.. played.Where(entry => entry.Deviation.Client == client.Client).Select(entry => new DeviationGain(
                entry.Deviation,
                entry.Gains.Length,
                entry.Gains.Mean(),
                MeanLimits.StandardError(entry.Gains),
                MeanLimits.Of(entry.Gains, single),
                MeanLimits.Of(entry.Gains, regret).High,
                design.Tolerance * cost,
                IsSettled: false))]);
            if (gains.Count == 0)
            {
                continue;
            }

            all.AddRange(gains);
            var best = gains.MaxBy(gain => gain.Mean)!;
            double[] fresh = samples.Gains(best.Deviation, design.MaxReplicates, int.MaxValue);
            double[] payoffs = [.. profile.Select(entry => entry.Payoff)];
            int losses = profile.Count(entry => RunTables.IsLoss(entry.Payoff + entry.Cost, entry.Cost));
            clients.Add(new ClientRegret(
                client,
                best,
                fresh.Length > 0 ? Moments.Of(fresh) : null,
                new Interval(Math.Max(0, gains.Max(gain => gain.Limits.Low)), Math.Max(0, gains.Max(gain => gain.RegretLimit))),
                Moments.Of(payoffs),
                MeanLimits.Of(payoffs, look),
                (double)losses / payoffs.Length,
                MeanLimits.OfShare(losses, payoffs.Length, look),
                cost));
        }

        return new RegretResult(block, all, clients) { Coalitions = CoalitionAnalysis.Of(design, block, samples) };
    }

    /// <summary>
    /// A deviation is settled when it gains less than the threshold; or more, and either another one gains more still or the gain is known
    /// to within the threshold.
    /// </summary>
    private static List<DeviationGain> Settled(List<DeviationGain> gains)
    {
        double best = gains.Select(gain => gain.Limits.Low).DefaultIfEmpty(double.NegativeInfinity).Max();
        return [.. gains.Select(gain => gain with
        {
            IsSettled = gain.Verdict switch
            {
                GainVerdict.Below => true,
                GainVerdict.Above => gain.Limits.High < best || gain.Limits.High - gain.Limits.Low <= 2 * gain.Threshold,
                _ => false,
            },
        })];
    }
}

/// <summary>What a block's replicates say.</summary>
/// <param name="Block">The block.</param>
/// <param name="Gains">Every deviation that was played at least twice.</param>
/// <param name="Clients">The clients with such deviations.</param>
internal sealed record RegretResult(RegretBlock Block, IReadOnlyList<DeviationGain> Gains, IReadOnlyList<ClientRegret> Clients)
{
    /// <summary>Every coalition that was played at least twice.</summary>
    public IReadOnlyList<CoalitionGain> Coalitions { get; init; } = [];

    /// <summary>The sum of regrets, every measured client counted for as many as it stands for.</summary>
    public double NashConv => Clients.Sum(client => client.Client.Members * client.Regret);

    public Interval NashConvLimits => new(
        Clients.Sum(client => client.Client.Members * client.Limits.Low), Clients.Sum(client => client.Client.Members * client.Limits.High));
}

/// <summary>On which side of the threshold a gain is.</summary>
internal enum GainVerdict
{
    /// <summary>The interval has the threshold in it.</summary>
    Open,

    /// <summary>At most the threshold.</summary>
    Below,

    /// <summary>Above it.</summary>
    Above,
}

internal static class Verdicts
{
    public static GainVerdict Of(Interval gain, double threshold) =>
        gain.High <= threshold ? GainVerdict.Below : gain.Low > threshold ? GainVerdict.Above : GainVerdict.Open;
}
