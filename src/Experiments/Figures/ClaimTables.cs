using System.Globalization;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Figures;

/// <summary>Judged claims as tables.</summary>
internal static class ClaimTables
{
    /// <summary>Where they are for programs.</summary>
    public static string File => ClaimTable.Schema.File;

    /// <summary>What a verdict is called.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Held => "held",
        Verdict.NotHeld => "not held",
        _ => "not settled",
    };

    /// <summary>How to read the tables.</summary>
    public static string Explanation { get; } =
        "A claim is as many paired comparisons over seeds as it has to make; the margin is the mean difference of the one that decided, above 0 "
        + "where it is as the paper says, with an interval of 95 % (Student, Bonferroni) that holds for all comparisons of the claim at once. Held: all "
        + "intervals lie above 0. Not held: one lies below. Not settled: the noise over seeds is larger than the effect.";

    /// <summary>Every claim in every panel.</summary>
    public static SummaryTable All(IReadOnlyList<JudgedClaim> claims) => new(
        "The paper's claims",
        4,
        ["figure", "claim", "panel", "verdict", "margin", "decided by"],
        [.. claims.Select(claim => (IReadOnlyList<string>)[
            claim.Claim.Figure,
            claim.Claim.Text,
            claim.Panel,
            Word(claim.Verdict),
            double.IsFinite(claim.Interval.Low)
                ? $"{Number(claim.Margin.Mean)} [{Number(claim.Interval.Low)}, {Number(claim.Interval.High)}]"
                : Number(claim.Margin.Mean),
            claim.Decisive,
        ])]);

    /// <summary>How often each claim held, over its panels.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="withQuotes">Whether there is room for the paper's words.</param>
    public static SummaryTable Counts(IReadOnlyList<JudgedClaim> claims, bool withQuotes) => new(
        "The paper's claims, over all panels",
        withQuotes ? 3 : 2,
        ["figure", "claim", .. withQuotes ? ["the paper's words"] : Array.Empty<string>(), "held", "not held", "not settled"],
        [.. claims.GroupBy(claim => claim.Claim).Select(group => (IReadOnlyList<string>)[
            group.Key.Figure,
            group.Key.Text,
            .. withQuotes ? [$"\"{group.Key.Quote}\""] : Array.Empty<string>(),
            .. Enum.GetValues<Verdict>().Select(verdict => Count(group, verdict)),
        ])]);

    private static string Count(IEnumerable<JudgedClaim> claims, Verdict verdict) => Numbers.Count(claims.Count(claim => claim.Verdict == verdict));

    private static string Number(double value) => double.IsFinite(value)
        ? Math.Abs(value) >= 100 ? value.ToString("+#,0;-#,0", CultureInfo.InvariantCulture) : value.ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture)
        : "–";
}
