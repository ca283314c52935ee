using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Figures;

/// <summary>claims.csv.</summary>
internal static class ClaimTable
{
    public static readonly TableSchema<JudgedClaim> Schema = new(
        "claims.csv", "one row per claim and panel",
        Column.Text<JudgedClaim>("figure", "the figure that it is said of", claim => claim.Claim.Figure),
        Column.Text<JudgedClaim>("claim", "what is claimed", claim => claim.Claim.Text),
        Column.Text<JudgedClaim>(
            "origin", "planned: the paper's own, before any number was seen; found: added after that, exploratory",
            claim => claim.Claim.Origin.ToString().ToLowerInvariant()),
        Column.Whole<JudgedClaim>(
            "family", "how many claims in panels, this one among them, share the error rate of 5 %: all planned ones of the figure; 1 for "
            + "one that was found",
            claim => claim.Family),
        Column.Text<JudgedClaim>("quote", "the paper's words", claim => claim.Claim.Quote),
        Column.Text<JudgedClaim>("panel", "where", claim => claim.Panel),
        Column.Text<JudgedClaim>("verdict", "held, not held or not settled", claim => ClaimTables.Word(claim.Verdict)),
        Column.Whole<JudgedClaim>("comparisons", "how many paired comparisons it takes", claim => claim.Comparisons),
        Column.Text<JudgedClaim>("decided_by", "the comparison that decided", claim => claim.Decisive),
        Column.Measured<JudgedClaim>(
            "margin", "", "mean paired difference of that comparison, above 0 where it is as claimed", claim => claim.Margin.Mean),
        Column.Measured<JudgedClaim>("standard_error", "", "of the margin", claim => claim.Margin.StandardError),
        Column.Measured<JudgedClaim>(
            "low", "", "lower end of its interval; the claim is held where those of all its comparisons are above 0",
            claim => claim.Interval.Low),
        Column.Measured<JudgedClaim>(
            "high", "", "its upper end; the claim is not held where that of any comparison is below 0", claim => claim.Interval.High),
        Column.Whole<JudgedClaim>("seeds", "how many seeds were compared", claim => claim.Margin.Count));

    public static TableData Data(IReadOnlyList<JudgedClaim> claims) => TableData.Of(Schema, claims);
}
