using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Regret;

/// <summary>What deals say together of a profile, for programs.</summary>
internal sealed record DealsDetail(
    IReadOnlyDictionary<string, string> Swept,
    IReadOnlyList<ulong> Seeds,
    IReadOnlyList<DealsClientDetail> Clients,
    DealsBestDetail? Worst)
{
    /// <summary>None where there is one deal only.</summary>
    public static IEnumerable<FindingDetail> Of(RegretReport report) => report.HasDeals
        ? [FindingDetail.Of("across_deals", report.AcrossDeals.Select(result => Of(report, result)).ToArray())]
        : [];

    private static DealsDetail Of(RegretReport report, DealsResult result) => new(
        report.Swept.Zip(DealsTable.Cell(report, result)).ToDictionary(pair => pair.First, pair => pair.Second),
        [.. result.Deals.Select(deal => deal.Block.Deal).OfType<ulong>()],
        [.. result.Clients.Select(client => new DealsClientDetail(
            client.Client.Client,
            client.Fixed.Deviation,
            TwoLevelDetail.Of(client.Fixed.Gain),
            client.Fixed.Verdict,
            client.FixedLimits,
            DealsBestDetail.Of(client.Best)))],
        result.Worst is { } worst ? DealsBestDetail.Of(worst) : null);
}

/// <summary>A client across deals: see <see cref="DealsClient"/>.</summary>
internal sealed record DealsClientDetail(
    int Client, Deviation Fixed, TwoLevelDetail FixedGain, GainVerdict FixedVerdict, Interval FixedLimits, DealsBestDetail Best);

/// <summary>See <see cref="DealsBest"/>.</summary>
internal sealed record DealsBestDetail(MeanDetail Gain, Interval Limits, TwoLevelDetail? FreshGain, int Above, GainVerdict Verdict)
{
    public static DealsBestDetail Of(DealsBest best) => new(
        MeanDetail.Of(best.Gain), best.Limits, best.Fresh is { } fresh ? TwoLevelDetail.Of(fresh) : null, best.Above, best.Verdict);
}

/// <summary>See <see cref="TwoLevelMean"/>.</summary>
internal sealed record TwoLevelDetail(int Deals, MeanDetail Mean, Interval Limits, double? Between, double? Within)
{
    public static TwoLevelDetail Of(TwoLevelMean mean) => new(
        mean.Moments.Count, MeanDetail.Of(mean.Moments), mean.Limits, MeanDetail.Finite(mean.Between), MeanDetail.Finite(mean.Within));
}
