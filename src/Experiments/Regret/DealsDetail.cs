using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Regret;

/// <summary>What deals say together of a profile, for programs.</summary>
internal sealed record DealsDetail(
    IReadOnlyDictionary<string, string> Swept,
    IReadOnlyList<ulong> Seeds,
    IReadOnlyList<DealsClientDetail> Clients,
    DealsRegretDetail? Worst)
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
            client.Best.Deviation,
            TwoLevelDetail.Of(client.Best.Gain),
            client.Best.Verdict,
            client.FixedLimits,
            DealsRegretDetail.Of(client.Regret)))],
        result.Worst is { } worst ? DealsRegretDetail.Of(worst) : null);
}

/// <summary>A client across deals: see <see cref="DealsClient"/>.</summary>
internal sealed record DealsClientDetail(
    int Client, Deviation Best, TwoLevelDetail Gain, GainVerdict GainVerdict, Interval FixedLimits, DealsRegretDetail Regret);

/// <summary>See <see cref="DealsRegret"/>.</summary>
internal sealed record DealsRegretDetail(MeanDetail Regret, Interval Limits, TwoLevelDetail? FreshGain, GainVerdict Verdict)
{
    public static DealsRegretDetail Of(DealsRegret regret) => new(
        MeanDetail.Of(regret.Regret), regret.Limits, regret.Fresh is { } fresh ? TwoLevelDetail.Of(fresh) : null, regret.Verdict);
}

/// <summary>See <see cref="TwoLevelMean"/>.</summary>
internal sealed record TwoLevelDetail(int Deals, MeanDetail Mean, Interval Limits, double? Between, double? Within)
{
    public static TwoLevelDetail Of(TwoLevelMean mean) => new(
        mean.Moments.Count, MeanDetail.Of(mean.Moments), mean.Limits, MeanDetail.Finite(mean.Between), MeanDetail.Finite(mean.Within));
}
