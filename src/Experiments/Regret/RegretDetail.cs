using System.Text.Json.Serialization;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Regret;

/// <summary>
/// Regret of a profile, for programs: of its measured clients, and their sum. That is NashConv of the measured clients, or, where one
/// stands for its entry, an extrapolation.
/// </summary>
internal sealed record RegretDetail(
    string Profile, double NashConv, Interval NashConvLimits, bool IsExtrapolated, IReadOnlyList<ClientDetail> Clients,
    IReadOnlyList<CoalitionDetail> Coalitions)
{
    /// <summary>What searches found, where they were made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AttackDetail>? Attacks { get; init; }

    public static FindingDetail Of(RegretReport report) =>
        FindingDetail.Of("regret", report.Blocks.Select(block => Of(report, block)).ToArray());

    private static RegretDetail Of(RegretReport report, RegretResult block) => new(
        block.Block.Name,
        block.NashConv,
        block.NashConvLimits,
        block.IsExtrapolated,
        [.. block.Clients.Select(client => new ClientDetail(
            client.Client.Client,
            client.Client.Members,
            client.Client.Alike,
            client.Cost,
            MeanDetail.Of(client.Payoff),
            client.PayoffLimits,
            client.Losses,
            client.LossLimits,
            client.Best.Deviation,
            new MeanDetail(client.Best.Mean, client.Best.StandardError),
            client.Fresh is { } fresh ? MeanDetail.Of(fresh) : null,
            client.Limits,
            client.Verdict)
        {
            ExactGain = report.ExpectedOf(block.Block, client.Best.Deviation)?.Mean,
            ExactRegret = report.Expected.Count > 0 ? report.ExpectedRegret(block, client.Client.Client) : null,
        })],
        [.. block.Coalitions.Select(CoalitionDetail.Of)])
    {
        Attacks = block.Attacks.Count == 0 ? null : [.. block.Attacks.Select(attack => new AttackDetail(
            attack.Deviation, MeanDetail.Of(attack.Searched), MeanDetail.Of(attack.Fresh), attack.Limits, attack.Verdict))],
    };
}

/// <summary>What a search found: see <see cref="AttackGain"/>.</summary>
internal sealed record AttackDetail(
    Deviation Deviation, MeanDetail SearchedGain, MeanDetail FreshGain, Interval Limits, GainVerdict Verdict);

/// <summary>Regret of one client: see <see cref="ClientRegret"/>.</summary>
internal sealed record ClientDetail(
    int Client,
    int Members,
    int Alike,
    double Cost,
    MeanDetail Payoff,
    Interval PayoffLimits,
    double Losses,
    Interval LossLimits,
    Deviation Best,
    MeanDetail Gain,
    MeanDetail? FreshGain,
    Interval RegretLimits,
    GainVerdict Verdict)
{
    /// <summary>The gain of the best deviation in closed form, in money; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ExactGain { get; init; }

    /// <summary>The regret likewise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ExactRegret { get; init; }
}

/// <summary>A joint deviation: see <see cref="CoalitionGain"/>.</summary>
internal sealed record CoalitionDetail(
    Coalition Coalition,
    int Replicates,
    GainDetail Total,
    MeanDetail PerMember,
    GainVerdict Verdict,
    GainVerdict Everyone,
    IReadOnlyList<GainDetail> Members,
    GainDetail? Others)
{
    public static CoalitionDetail Of(CoalitionGain gain) => new(
        gain.Coalition,
        gain.Replicates,
        GainDetail.Of(gain.Total),
        MeanDetail.Of(gain.PerMember),
        gain.Verdict,
        gain.Everyone,
        [.. gain.Members.Select(member => GainDetail.Of(member.Gain, member.Client))],
        gain.Others is { } others ? GainDetail.Of(others) : null);
}

/// <summary>A mean gain, of a client or of several.</summary>
internal sealed record GainDetail(int? Client, MeanDetail Gain, Interval Limits)
{
    public static GainDetail Of(PairedMean gain, int? client = null) => new(client, MeanDetail.Of(gain.Moments), gain.Limits);
}
