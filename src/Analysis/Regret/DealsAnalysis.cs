using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>
/// What several deals say together of the expectation over deals. Deals are independent draws, whatever was decided within each by its own
/// payoffs, and are looked at together once, so nothing is to be corrected for stages. With M deviations and C clients, limits of gains miss
/// with at most the probability alpha / (2 M) each, upper limits of the best fixed deviation with alpha / (2 C) (see
/// <see cref="RegretAnalysis"/>), and limits of regrets with alpha / (2 (C + 1)), the worst one among them.
/// </summary>
public static class DealsAnalysis
{
    /// <summary>What is known across deals.</summary>
    /// <param name="design">How each deal was measured.</param>
    /// <param name="deals">What each says of the same profile: blocks with the same clients, in the same order.</param>
    /// <returns>Null where fewer than two deals say anything.</returns>
    /// <exception cref="ArgumentException">Deals have other numbers of clients.</exception>
    public static DealsResult? Of(RegretDesign design, IReadOnlyList<RegretResult> deals)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(deals);
        if (deals.Select(deal => deal.Block.Clients.Count).Distinct().Skip(1).Any())
        {
            throw new ArgumentException("Deals have other numbers of clients.", nameof(deals));
        }

        if (deals.Count(deal => deal.Clients.Count > 0) < 2)
        {
            return null;
        }

        var first = deals[0].Block;
        var deviations = design.Deviations(first);
        double tail = (1 - design.Confidence) / 2;
        double single = tail / deviations.Count, best = tail / first.Clients.Count, regret = tail / (first.Clients.Count + 1);
        var gains = new List<(DealsGain Gain, double Highest)>();
        foreach (var deviation in deviations)
        {
            var measured = deals.SelectMany(deal => deal.Gains.Where(gain => gain.Deviation == deviation)).ToList();
            if (measured.Count > 1)
            {
                double[] means = [.. measured.Select(gain => gain.Mean)];
                gains.Add((
                    new DealsGain(
                        deviation,
                        TwoLevelMean.Of([.. measured.Select(gain => new Moments(gain.Replicates, gain.Mean, gain.StandardError))], single),
                        measured.Average(gain => gain.Threshold),
                        Verdicts.Of(MeanLimits.Of([.. measured.Select(gain => gain.Mean - gain.Threshold)], single), 0)),
                    MeanLimits.Of(means, best).High));
            }
        }

        var clients = new List<DealsClient>();
        foreach (var client in first.Clients)
        {
            var own = gains.Where(gain => gain.Gain.Deviation.Client == client.Client).ToList();
            if (own.Count > 0)
            {
                clients.Add(new DealsClient(
                    client,
                    own.Select(gain => gain.Gain).MaxBy(gain => gain.Gain.Moments.Mean)!,
                    new Interval(
                        Math.Max(0, own.Max(gain => gain.Gain.Gain.Limits.Low)), Math.Max(0, own.Max(gain => gain.Highest))),
                    Regret([.. deals.SelectMany(deal => deal.Clients.Where(entry => entry.Client.Client == client.Client))], regret)));
            }
        }

        return new DealsResult(deals, [.. gains.Select(gain => gain.Gain)], clients)
        {
            Worst = clients.Count < 2
                ? null
                : Regret([.. deals.Where(deal => deal.Clients.Count > 0).Select(deal => deal.Clients.MaxBy(client => client.Regret)!)], regret),
        };
    }

    /// <summary>The expected regret of one client of each deal. Where all deals measured 0, they agree without being sure: the upper end is
    /// at least the mean of their own.</summary>
    private static DealsRegret Regret(IReadOnlyList<ClientRegret> deals, double tail)
    {
        double[] regrets = [.. deals.Select(client => client.Regret)];
        double[] chosen = [.. deals.Where(client => client.Fresh is not null).Select(Chosen)];
        var thresholds = deals.Select(client => client.Best.Threshold);
        bool hasFresh = chosen.Length == regrets.Length;
        return new DealsRegret(
            Moments.Of(regrets),
            hasFresh ? TwoLevelMean.Of([.. deals.Select(client => client.Fresh!.Value)], tail) : null,
            new Interval(
                hasFresh ? Math.Max(0, MeanLimits.Of(chosen, tail).Low) : 0,
                Math.Max(MeanLimits.Of(regrets, tail).High, deals.Average(client => client.Limits.High))),
            Verdicts.Of(
                new Interval(
                    hasFresh ? MeanLimits.Of([.. chosen.Zip(thresholds, Less)], tail).Low : double.NegativeInfinity,
                    Math.Max(
                        MeanLimits.Of([.. regrets.Zip(thresholds, Less)], tail).High,
                        deals.Average(client => client.Limits.High - client.Best.Threshold))),
                0));

        static double Less(double gain, double threshold) => gain - threshold;
    }

    /// <summary>What a client gains that deviates where that looked good, without the bias of having chosen it.</summary>
    private static double Chosen(ClientRegret client) => client.Best.Mean > 0 ? client.Fresh!.Value.Mean : 0;
}
