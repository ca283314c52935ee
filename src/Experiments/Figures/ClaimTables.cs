using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Figures;

/// <summary>Judged claims as tables.</summary>
internal static class ClaimTables
{
    private static readonly NumberFormat Margin = new("+0.####;-0.####;0", "+#,0;-#,0");

    /// <summary>What a verdict is called.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Held => "held",
        Verdict.NotHeld => "not held",
        _ => "not settled",
    };

    /// <summary>How to read the tables.</summary>
    public static string Explanation { get; } =
        "A claim is as many paired comparisons over seeds as it has to make; the margin is the mean difference of the one that decided, "
        + "above 0 where it is as the paper says, with an interval of 95 % (Student, Bonferroni) that holds for all comparisons of the "
        + "claim at once. Held: all intervals lie above 0. Not held: one lies below. Not settled: the noise over seeds is larger than the "
        + "effect.";

    /// <summary>Every claim in every panel.</summary>
    public static FindingTable All(IReadOnlyList<JudgedClaim> claims) => FindingTable.Of(
        "The paper's claims",
        claims,
        TableColumn<JudgedClaim>.Name("figure", claim => claim.Claim.Figure),
        TableColumn<JudgedClaim>.Name("claim", claim => claim.Claim.Text),
        TableColumn<JudgedClaim>.Name("panel", claim => claim.Panel),
        TableColumn<JudgedClaim>.Word("verdict", claim => Word(claim.Verdict)),
        TableColumn<JudgedClaim>.Of(
            "margin", claim => IntervalCell.Of(claim.Interval, claim.Margin.Mean), Margin,
            "the mean difference of the comparison that decided, with its interval"),
        TableColumn<JudgedClaim>.Verdict(
            "decided by", claim => claim.Decisive, "the comparison that contradicts most, or the weakest support"));

    /// <summary>How often each claim held, over its panels.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="withQuotes">Whether there is room for the paper's words.</param>
    public static FindingTable Counts(IReadOnlyList<JudgedClaim> claims, bool withQuotes) => FindingTable.Of(
        "The paper's claims, over all panels",
        claims.GroupBy(claim => claim.Claim),
        [
            TableColumn<IGrouping<Claim, JudgedClaim>>.Name("figure", claim => claim.Key.Figure),
            TableColumn<IGrouping<Claim, JudgedClaim>>.Name("claim", claim => claim.Key.Text),
            .. withQuotes
                ? [TableColumn<IGrouping<Claim, JudgedClaim>>.Word("the paper's words", claim => $"\"{claim.Key.Quote}\"")]
                : (TableColumn<IGrouping<Claim, JudgedClaim>>[])[],
            .. Enum.GetValues<Verdict>().Select(verdict => TableColumn<IGrouping<Claim, JudgedClaim>>.Count(
                Word(verdict), panels => panels.Count(claim => claim.Verdict == verdict), "panels")),
        ]);
}
