using FLCrowd.Analysis.Statistics;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Analysis.Regret;

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
public static class RegretAnalysis
{
    /// <summary>What is known of a block so far.</summary>
    /// <param name="design">How it is measured: the grid of deviations, the stages, tolerance and confidence.</param>
    /// <param name="block">One of the design's blocks.</param>
    /// <param name="samples">Its payoffs. Replicates up to the design's maximum measure; later ones are fresh.</param>
    /// <returns>Gains of all deviations that were played at least twice, in the order of clients and of the grid, and regrets.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the design is out of its range.</exception>
    public static RegretResult Of(RegretDesign design, RegretBlock block, BlockSamples samples)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(samples);
        design.Check();
        var played = design.Deviations(block)
            .Select(deviation => (Deviation: deviation, Gains: samples.Gains(deviation, 0, design.MaxReplicates)))
            .Where(entry => entry.Gains.Length > 1)
            .ToList();
        double look = Look(design);
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
            double[] fresh = samples.Gains(best.Deviation, design.MaxReplicates, design.FirstAttack);
            clients.Add(Client(
                design, client, best, fresh.Length > 0 ? Moments.Of(fresh) : null,
                new Interval(Math.Max(0, gains.Max(gain => gain.Limits.Low)), Math.Max(0, gains.Max(gain => gain.RegretLimit))), profile));
        }

        return new RegretResult(block, all, clients)
        {
            Coalitions = CoalitionAnalysis.Of(design, block, samples),
            Attacks = Attacks(design, block, samples),
        };
    }

    /// <summary>What a search found is what was played again: in fresh replicates that no deviation of the design is played in.</summary>
    private static AttackGain[] Attacks(RegretDesign design, RegretBlock block, BlockSamples samples)
    {
        if (design.Search is null)
        {
            return [];
        }

        double tail = (1 - design.Confidence) / 2 / block.Clients.Count;
        return
        [
            .. from client in block.Clients
               from deviation in samples.Deviations
               where deviation.Client == client.Client
               let fresh = samples.Gains(deviation, design.FirstAttack, int.MaxValue)
               where fresh.Length > 1
               select new AttackGain(
                   deviation,
                   Moments.Of(samples.Gains(deviation, 0, design.Replicates)),
                   Moments.Of(fresh),
                   MeanLimits.Of(fresh, tail),
                   design.Tolerance * samples.Profile(client.Client, 0, design.MaxReplicates).Select(entry => entry.Cost).Mean()),
        ];
    }

    /// <summary>A client's regret, beside what it gets in plays of the profile.</summary>
    internal static ClientRegret Client(
        RegretDesign design,
        RegretClient client,
        DeviationGain best,
        Moments? fresh,
        Interval limits,
        IReadOnlyList<(double Payoff, double Cost)> plays)
    {
        double look = Look(design);
        double[] payoffs = [.. plays.Select(play => play.Payoff)];
        int losses = plays.Count(play => Statistics.Payoff.IsLoss(play.Payoff + play.Cost, play.Cost));
        return new ClientRegret(
            client,
            best,
            fresh,
            limits,
            Moments.Of(payoffs),
            MeanLimits.Of(payoffs, look),
            (double)losses / payoffs.Length,
            MeanLimits.OfShare(losses, payoffs.Length, look),
            plays.Select(play => play.Cost).Mean());
    }

    /// <summary>The probability that a limit of one quantity alone misses, at one stage.</summary>
    private static double Look(RegretDesign design) => (1 - design.Confidence) / 2 / design.Stages().Count;

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
