using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>
/// What several deals say together of the expectation over deals. Deals are independent draws, whatever was decided within each by its own
/// payoffs, and are looked at together once, so nothing is to be corrected for stages. With M deviations and C clients, limits of gains
/// miss with at most the probability alpha / (2 M) each, and upper limits of the best fixed deviation with alpha / (2 C), as in
/// <see cref="RegretAnalysis"/>. Of the best deviation of each deal, upper limits miss with alpha / (2 (C + 1)), the worst client's among
/// them, and there are two lower limits, by fresh replicates with alpha / (4 (C + 1)) and by fixed deviations with alpha / (4 M).
/// </summary>
public static class DealsAnalysis
{
    /// <summary>What is known across deals.</summary>
    /// <param name="design">How each deal was measured.</param>
    /// <param name="deals">What each says of the same profile: blocks with the same clients.</param>
    /// <returns>Null where fewer than two deals say anything.</returns>
    /// <exception cref="ArgumentException">Deals have other clients.</exception>
    public static DealsResult? Of(RegretDesign design, IReadOnlyList<RegretResult> deals)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(deals);
        if (deals.Any(deal => !Ids(deal).SequenceEqual(Ids(deals[0]))))
        {
            throw new ArgumentException("Deals have other clients.", nameof(deals));
        }

        RegretResult[] measured = [.. deals.Where(deal => deal.Clients.Count > 0)];
        return measured.Length < 2 ? null : new Measurement(design, deals, measured).Result();
    }

    private static IEnumerable<int> Ids(RegretResult deal) => deal.Block.Clients.Select(client => client.Client);

    private sealed class Measurement(RegretDesign design, IReadOnlyList<RegretResult> all, RegretResult[] deals)
    {
        private readonly RegretBlock _block = deals[0].Block;
        private readonly IReadOnlyList<Deviation> _deviations = design.Deviations(deals[0].Block);
        private readonly double _tail = (1 - design.Confidence) / 2;

        public DealsResult Result()
        {
            var measured = _deviations
                .Select(deviation => (Deviation: deviation, Gains: Of(deviation)))
                .Where(entry => entry.Gains.Length > 1)
                .ToLookup(entry => entry.Deviation.Client);
            var clients = _block.Clients.Where(client => measured.Contains(client.Client))
                .Select(client => Client(client, [.. measured[client.Client].Select(entry => entry.Gains)])).ToList();
            return new DealsResult(all, [.. measured.SelectMany(own => own).Select(entry => Gain(entry.Gains))], clients)
            {
                Worst = clients.Count < 2 ? null : Worst(measured.Select(own => own.Select(entry => entry.Gains).ToList())),
            };
        }

        /// <summary>What the deals say that know it.</summary>
        private DeviationGain[] Of(Deviation deviation) =>
            [.. deals.SelectMany(deal => deal.Gains.Where(gain => gain.Deviation == deviation))];

        private DealsGain Gain(DeviationGain[] deals) => new(
            deals[0].Deviation,
            TwoLevelMean.Of(
                [.. deals.Select(gain => new Moments(gain.Replicates, gain.Mean, gain.StandardError))], _tail / _deviations.Count),
            deals.Average(gain => gain.Threshold),
            Verdicts.Of(MeanLimits.Of([.. deals.Select(gain => gain.Mean - gain.Threshold)], _tail / _deviations.Count), 0));

        private DealsClient Client(RegretClient client, IReadOnlyList<DeviationGain[]> own)
        {
            var gains = own.Select(Gain).ToList();
            double high = own.Max(deals => MeanLimits.Of([.. deals.Select(gain => gain.Mean)], _tail / _block.Clients.Count).High);
            return new DealsClient(
                client,
                gains.MaxBy(gain => gain.Gain.Moments.Mean)!,
                new Interval(Math.Max(0, gains.Max(gain => gain.Gain.Limits.Low)), Math.Max(0, high)),
                Best([.. deals.SelectMany(deal => BestOf(deal, client.Client))], own));
        }

        private DealsBest Worst(IEnumerable<IReadOnlyList<DeviationGain[]>> clients) => Best(
            [.. deals.Select(deal => deal.Clients.SelectMany(client => BestOf(deal, client.Client.Client)).MaxBy(best => best.Gain.Mean))],
            [.. clients.SelectMany(own => own)]);

        /// <summary>A client's best deviation on a deal, and what it gains in fresh replicates, if it was played in any: of deviations that
        /// change the payoff, if there are any.</summary>
        private static IEnumerable<(DeviationGain Gain, Moments? Fresh, bool IsAbove)> BestOf(RegretResult deal, int client)
        {
            if (deal.Clients.FirstOrDefault(entry => entry.Client.Client == client) is { } known)
            {
                var best = deal.Gains.Where(gain => gain.Deviation.Client == client)
                    .MaxBy(gain => (Changes(gain), gain.Mean))!;
                yield return (best, known.Best.Deviation == best.Deviation ? known.Fresh : null, known.Verdict == GainVerdict.Above);
            }
        }

        /// <summary>To do as the profile does gains 0 in every play, and is no deviation.</summary>
        private static bool Changes(DeviationGain gain) => gain is not { Mean: 0, StandardError: 0 };

        private DealsBest Best(
            IReadOnlyList<(DeviationGain Gain, Moments? Fresh, bool IsAbove)> best, IReadOnlyList<DeviationGain[]> same)
        {
            double each = _tail / (_block.Clients.Count + 1);
            bool hasFresh = best.All(deal => deal.Fresh is not null);
            return new DealsBest(
                Moments.Of([.. best.Select(deal => deal.Gain.Mean)]),
                hasFresh ? TwoLevelMean.Of([.. best.Select(deal => deal.Fresh!.Value)], each) : null,
                Limits(_ => 0),
                best.Count(deal => deal.IsAbove),
                Verdicts.Of(Limits(gain => gain.Threshold), 0));

            Interval Limits(Func<DeviationGain, double> less)
            {
                double low = same.Where(deals => deals.Any(Changes)).DefaultIfEmpty(same[0]).Max(deals =>
                    MeanLimits.Of([.. deals.Select(gain => gain.Mean - less(gain))], _tail / 2 / _deviations.Count).Low);
                if (hasFresh)
                {
                    low = Math.Max(low, MeanLimits.Of([.. best.Select(deal => deal.Fresh!.Value.Mean - less(deal.Gain))], each / 2).Low);
                }

                double high = MeanLimits.Of([.. best.Select(deal => deal.Gain.Mean - less(deal.Gain))], each).High;
                return new Interval(Math.Min(low, high), high);
            }
        }
    }
}
