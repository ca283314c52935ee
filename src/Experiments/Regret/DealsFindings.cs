using System.Globalization;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;
using Across = FLCrowd.Experiments.Results.TableColumn<FLCrowd.Experiments.Regret.DealsClientRow>;
using Gained = FLCrowd.Experiments.Results.TableColumn<FLCrowd.Experiments.Regret.DealsGainRow>;

namespace FLCrowd.Experiments.Regret;

/// <summary>What deviations gain across deals, where there are several.</summary>
internal static class DealsFindings
{
    /// <summary>What its means are over.</summary>
    private const string Over = "deals";

    /// <summary>Degrees of freedom that are as good as any number of them.</summary>
    private const double Many = 1e6;

    /// <summary>The table of clients, and how to read it.</summary>
    public static IEnumerable<Finding> Items(RegretReport report) => report.HasDeals ? [Clients(report)] : [];

    /// <summary>The table of all deviations.</summary>
    public static IEnumerable<Finding> Every(RegretReport report) =>
        report.HasDeals ? [Deviations(report) with { Shown = Shown.InReport }] : [];

    private static FindingTable Clients(RegretReport report) => FindingTable.Of(
        "Across deals: would a client deviate?",
        report.AcrossDeals.SelectMany(result =>
            DealsTable.Rows(result).Select(row => row with { Cell = DealsTable.Cell(report, result) })),
        [
            .. Across.Swept(report.Swept, row => [.. row.Cell]),
            Across.Name("client", row => row.Client is { } client ? Numbers.Count(client.Client.Client) : "worst"),
            Across.Count("deals", row => row.Best.Gain.Count, "on which it was measured"),
            Across.Verdict(
                "best e, D/D', gamma", row => row.Client?.Fixed.Deviation.Action ?? "–",
                "of the deviations that are the same on all deals, the one with the largest mean gain"),
            Across.Of(
                "gain", row => row.Client is { } client ? MeanCell.Of(client.Fixed.Gain.Moments, Over) : null, NumberFormat.Money,
                "its mean over deals", "money"),
            Across.Of(
                "by one deviation", row => row.Client is { } client ? IntervalCell.Of(client.FixedLimits) : null, NumberFormat.Money,
                "expected gain of the best deviation that is the same on all deals, or 0", "money"),
            Across.Number(
                "between", row => row.Client?.Fixed.Gain.Between, NumberFormat.Money, Symbols.Between.Meaning, "money").AsDetail(),
            Across.Number("within", row => row.Client?.Fixed.Gain.Within, NumberFormat.Money, Symbols.Within.Meaning, "money").AsDetail(),
            Across.Of(
                "fresh gain", row => row.Best.Fresh is { } fresh ? MeanCell.Of(fresh.Moments, Over) : null, NumberFormat.Money,
                "of the best deviation of each deal, in replicates after the choice", "money").AsDetail(),
            Across.Of(
                "by the best of each", row => IntervalCell.Of(row.Best.Limits), NumberFormat.Money,
                "expected gain of the best deviation of a deal, also where that is negative", "money"),
            Across.Verdict("deals above", row => $"{row.Best.Above} of {row.Best.Gain.Count}", "on which a deviation counts for certain"),
            Across.Verdict("deviates", row => RegretFindings.Word(row.Best.Verdict), "whether the gain of the best of each counts"),
        ]) with
    { Note = Note(report) };

    private static FindingTable Deviations(RegretReport report) => FindingTable.Of(
        "Across deals: all deviations",
        report.AcrossDeals.SelectMany(result => result.Gains.Select(gain => new DealsGainRow(DealsTable.Cell(report, result), gain))),
        [
            .. Gained.Swept(report.Swept, row => [.. row.Cell]),
            Gained.Name("client", row => Numbers.Count(row.Gain.Deviation.Client)),
            Gained.Name("e, D/D', gamma", row => row.Gain.Deviation.Action),
            Gained.Count("deals", row => row.Gain.Gain.Moments.Count, "on which it was measured"),
            Gained.Of("gain", row => MeanCell.Of(row.Gain.Gain.Moments, Over), NumberFormat.Money, "its mean over deals", "money"),
            Gained.Number("at least", row => row.Gain.Gain.Limits.Low, NumberFormat.Money, "", "money"),
            Gained.Number("at most", row => row.Gain.Gain.Limits.High, NumberFormat.Money, "", "money"),
            Gained.Number("between", row => row.Gain.Gain.Between, NumberFormat.Money, Symbols.Between.Meaning, "money"),
            Gained.Number("within", row => row.Gain.Gain.Within, NumberFormat.Money, Symbols.Within.Meaning, "money"),
            Gained.Verdict("counts", row => RegretFindings.Word(row.Gain.Verdict), "whether it is above the threshold"),
        ]);

    private static string Note(RegretReport report)
    {
        int deals = report.Design.Blocks.Select(block => block.Deal).Distinct().Count();
        int deviations = report.Design.Blocks.Max(block => report.Design.Deviations(block).Count);
        double tail = (1 - report.Design.Confidence) / 2;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Money, in expectation over deals, of which these are {deals}: the tables below are about one deal each. Intervals "
            + $"({report.Design.Confidence:0.####}) hold for all clients at once, those of single deviations for all {deviations}. They "
            + $"are wide, as deals are few: {Times(deals - 1, tail)} standard errors each way for one number and "
            + $"{Times(deals - 1, tail / deviations)} for {deviations}, with many deals {Times(Many, tail)} and "
            + $"{Times(Many, tail / deviations)}. Who chooses before the deal gains what 'by one deviation' says, who chooses on each "
            + $"'by the best of each'; on how many deals that counts for certain stands under 'deals above'. All are in "
            + $"{DealsTable.Gains.File} and {DealsTable.Clients.File}.");
    }

    private static string Times(double freedom, double tail) =>
        StudentQuantile.Above(freedom, tail).ToString("0.0", CultureInfo.InvariantCulture);
}
