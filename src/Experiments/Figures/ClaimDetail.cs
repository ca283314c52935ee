using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Figures;

/// <summary>A claim of the paper in one panel, for programs.</summary>
internal sealed record ClaimDetail(
    string Figure, string Claim, ClaimOrigin Origin, int Family, string Panel, Verdict Verdict, MeanDetail Margin, double? Low,
    double? High)
{
    public static FindingDetail Of(IReadOnlyList<JudgedClaim> claims) => FindingDetail.Of("claims", claims.Select(Of).ToArray());

    private static ClaimDetail Of(JudgedClaim claim) => new(
        claim.Claim.Figure, claim.Claim.Text, claim.Claim.Origin, claim.Family, claim.Panel, claim.Verdict, MeanDetail.Of(claim.Margin),
        MeanDetail.Finite(claim.Interval.Low), MeanDetail.Finite(claim.Interval.High));
}
