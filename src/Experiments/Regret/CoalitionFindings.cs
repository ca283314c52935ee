using System.Globalization;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;
using Joint = FLCrowd.Experiments.Results.TableColumn<(
    FLCrowd.Analysis.Regret.RegretResult Block, FLCrowd.Analysis.Regret.CoalitionGain Gain)>;

namespace FLCrowd.Experiments.Regret;

/// <summary>What coalitions gain by joint deviations.</summary>
internal static class CoalitionFindings
{
    /// <summary>The table and how to read it, where anything was asked of coalitions.</summary>
    public static IEnumerable<Finding> Items(RegretReport report) => CoalitionTable.Has(report) ? [Gains(report)] : [];

    /// <summary>What each coalition gains, and what the others lose by it.</summary>
    public static FindingTable Gains(RegretReport report) => FindingTable.Of(
        "Would clients deviate together? Gains of coalitions",
        report.Blocks.SelectMany(block => block.Coalitions.Select(gain => (Block: block, Gain: gain))),
        [
            .. RegretFindings.Names<(RegretResult Block, CoalitionGain Gain)>(report, row => row.Block),
            Joint.Name("coalition", row => row.Gain.Coalition.Name),
            Joint.Count("members", row => row.Gain.Members.Count, "who deviate at once").AsDetail(),
            Joint.Verdict("e, D/D', gamma", row => row.Gain.Coalition.Action, "what each member does; – is as the profile plays"),
            Joint.Count("plays", row => row.Gain.Replicates, "how often it was played").AsDetail(),
            Mean("total gain", row => row.Total.Moments, "the sum of the members' gains"),
            .. report.Expected.Count > 0
                ? [Joint.Number("exact total", row => Expected(report, row.Block, row.Gain), NumberFormat.Money, "the same in closed form",
                    "money")]
                : (Joint[])[],
            Amount("at least", row => row.Total.Limits.Low, "the lower end of the total's interval"),
            Amount("at most", row => row.Total.Limits.High, "the upper end of the total's interval"),
            Joint.Verdict("counts", row => RegretFindings.Word(row.Gain.Verdict), "whether the total is above what counts"),
            Mean("per member", row => row.PerMember, "the total over the number of members"),
            Amount("least", row => row.Members.Min(member => member.Gain.Moments.Mean), "the mean gain of the member who gets least")
                .AsDetail(),
            Amount("most", row => row.Members.Max(member => member.Gain.Moments.Mean), "the mean gain of the member who gets most")
                .AsDetail(),
            Joint.Verdict("all gain", row => RegretFindings.Word(row.Gain.Everyone), "whether each member's gain counts by itself"),
            Joint.Of(
                "others", row => row.Gain.Others is { } others ? MeanCell.Of(others.Moments, RegretFindings.Over) : null,
                NumberFormat.Money, "the mean change of a client outside", "money"),
        ]) with
    {
        Note = string.Create(
            CultureInfo.InvariantCulture,
            $"Money. All members deviate at once, the others play on; – is as the profile plays. The total gain counts above "
            + $"{report.Design.Tolerance:0.###} of the members' costs; least, most: the mean gains of the members who get least and most; "
            + $"all gain: whether each counts by itself; others: the mean change of a client outside. "
            + $"{Held(report)} Deviations are constant for a whole episode. Each member's gain is in {CoalitionTable.Schema.File}."),
    };

    private static double? Expected(RegretReport report, RegretResult block, CoalitionGain gain) =>
        report.Expected[block.Block].Coalitions.FirstOrDefault(known => known.Coalition.Name == gain.Coalition.Name)?.Total.Moments.Mean;

    /// <summary>How sure the numbers are.</summary>
    private static string Held(RegretReport report) => report.IsExact
        ? "Gains are expectations in closed form."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Intervals ({report.Design.Confidence:0.####}) hold for all coalitions, members and stages at once.");

    private static Joint Mean(string name, Func<CoalitionGain, Moments> mean, string meaning) =>
        Joint.Of(name, row => MeanCell.Of(mean(row.Gain), RegretFindings.Over), NumberFormat.Money, meaning, "money");

    private static Joint Amount(string name, Func<CoalitionGain, double> amount, string meaning) =>
        Joint.Number(name, row => amount(row.Gain), NumberFormat.Money, meaning, "money");
}
