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
        + "above 0 where it is as the paper says, with its interval (Student). Held: all intervals lie above 0. Not held: one lies below. "
        + "Not settled: the noise over seeds is larger than the effect. Planned claims are the paper's own: that any verdict on those of a "
        + "figure, in all its panels, is wrong has a probability of 5 % at most (Bonferroni over claims and panels, and where one "
        + "comparison is enough against a claim, over its comparisons). Claims that were found after looking at numbers are exploratory: "
        + "each interval (95 %) is for that claim by itself, and of many such claims some come out by chance.";

    /// <summary>Every claim in every panel: a table of the planned ones, and one of those that were found.</summary>
    public static IReadOnlyList<FindingTable> All(IReadOnlyList<JudgedClaim> claims) =>
        ByOrigin(claims, (title, some) => All($"The paper's claims{title}", some));

    /// <summary>How often each claim held, over its panels: a table of the planned ones, and one of those that were found.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="withQuotes">Whether there is room for the paper's words.</param>
    public static IReadOnlyList<FindingTable> Counts(IReadOnlyList<JudgedClaim> claims, bool withQuotes) =>
        ByOrigin(claims, (title, some) => Counts($"The paper's claims, over all panels{title}", some, withQuotes));

    private static FindingTable[] ByOrigin(
        IReadOnlyList<JudgedClaim> claims, Func<string, IReadOnlyList<JudgedClaim>, FindingTable> table) =>
    [
        .. claims.GroupBy(claim => claim.Claim.Origin).OrderBy(group => group.Key).Select(group => table(
            group.Key == ClaimOrigin.Planned ? "" : ": exploratory, found after looking at numbers", [.. group])),
    ];

    private static FindingTable All(string title, IReadOnlyList<JudgedClaim> claims) => FindingTable.Of(
        title,
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

    private static FindingTable Counts(string title, IReadOnlyList<JudgedClaim> claims, bool withQuotes) => FindingTable.Of(
        title,
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
