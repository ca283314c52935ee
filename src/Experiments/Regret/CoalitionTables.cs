using System.Globalization;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>Joint deviations as a table, the same on the terminal and in the report, and as a file.</summary>
internal static class CoalitionTables
{
    /// <summary>Where each member's gain is.</summary>
    public static string File => CoalitionTable.Schema.File;

    private const string Amount = "0.00;-0.00;0.00";

    /// <summary>Whether anything was asked of coalitions.</summary>
    public static bool Has(RegretReport report) => report.Design.Blocks.Any(block => block.Coalitions.Count > 0);

    /// <summary>What each coalition gains, and what the others lose by it.</summary>
    public static SummaryTable Gains(RegretReport report) => new(
        "Would clients deviate together? Gains of coalitions",
        report.Swept.Count + 1,
        [
            .. report.Swept, "coalition", "members", "e, D/D', gamma", "plays", "total gain", "at least", "at most", "counts", "per member",
            "least", "most", "all gain", "others",
        ],
        [.. report.Blocks.SelectMany(block => block.Coalitions.Select(gain => (IReadOnlyList<string>)[
            .. block.Block.Values.Take(report.Swept.Count),
            gain.Coalition.Name,
            Numbers.Count(gain.Members.Count),
            gain.Coalition.Action,
            Numbers.Count(gain.Replicates),
            Numbers.Text(gain.Total.Moments, Amount),
            Numbers.Money(gain.Total.Limits.Low),
            Numbers.Money(gain.Total.Limits.High),
            Word(gain.Verdict),
            Numbers.Text(gain.PerMember, Amount),
            Numbers.Money(gain.Members.Min(member => member.Gain.Moments.Mean)),
            Numbers.Money(gain.Members.Max(member => member.Gain.Moments.Mean)),
            Word(gain.Everyone),
            gain.Others is { } others ? Numbers.Text(others.Moments, Amount) : "–",
        ]))]);

    /// <summary>How to read the table.</summary>
    public static string Explanation(RegretReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"Money. All members deviate at once, the others play on; – is as the profile plays. The total gain counts above {report.Design.Tolerance:0.###} of the members' costs; "
        + $"least, most: the mean gains of the members who get least and most; all gain: whether each counts by itself; others: the mean change of a client outside. "
        + $"Intervals ({report.Design.Confidence:0.####}) hold for all coalitions, members and stages at once. Deviations are constant for a whole episode. Each member's gain is in {CoalitionTable.Schema.File}.");

    private static string Word(GainVerdict verdict) => verdict switch
    {
        GainVerdict.Above => "yes",
        GainVerdict.Below => "no",
        _ => "open",
    };
}
