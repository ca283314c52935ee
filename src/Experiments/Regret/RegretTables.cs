using System.Globalization;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>A regret experiment as tables, the same on the terminal and in the report.</summary>
internal static class RegretTables
{
    private const string Amount = "0.00;-0.00;0.00";

    /// <summary>What each measured client could gain at most, and what it gets in the profile.</summary>
    public static SummaryTable Clients(RegretReport report) => new(
        "Would a client deviate? Regret within the grid of deviations",
        Words(report),
        [.. Names(report), "client", "cost", "payoff", "P(payoff < 0)", "best e, D/D', gamma", "gain", "fresh gain", "regret", "deviates"],
        [.. report.Blocks.SelectMany(block => block.Clients.Select(client => (IReadOnlyList<string>)[
            .. Names(report, block),
            Numbers.Count(client.Client.Client),
            Numbers.Money(client.Cost),
            $"{Short(client.Payoff.Mean)} {Text(client.PayoffLimits, Short)}",
            $"{Share(client.Losses)} {Text(client.LossLimits, Share)}",
            client.Best.Deviation.Action,
            Text(client.Best),
            client.Fresh is { } fresh ? Numbers.Text(fresh, Amount) : "–",
            Text(client.Limits, Numbers.Money),
            client.Verdict switch
            {
                GainVerdict.Above => "yes",
                GainVerdict.Below => "no",
                _ => "open",
            },
        ]))]);

    /// <summary>The sum of regrets.</summary>
    public static SummaryTable NashConv(RegretReport report) => new(
        "NashConv of the measured clients",
        Words(report),
        [.. Names(report), "clients", "NashConv", "at least", "at most", "deviations", "above", "below", "open"],
        [.. report.Blocks.Where(block => block.Clients.Count > 0).Select(block => (IReadOnlyList<string>)[
            .. Names(report, block),
            Numbers.Count(block.Clients.Sum(client => client.Client.Members)),
            Numbers.Money(block.NashConv),
            Numbers.Money(block.NashConvLimits.Low),
            Numbers.Money(block.NashConvLimits.High),
            Numbers.Count(block.Gains.Count),
            .. ((GainVerdict[])[GainVerdict.Above, GainVerdict.Below, GainVerdict.Open]).Select(side => Numbers.Count(block.Gains.Count(gain => gain.Verdict == side))),
        ])]);

    /// <summary>Every deviation.</summary>
    public static SummaryTable Deviations(RegretReport report) => new(
        "All deviations",
        Words(report),
        [.. Names(report), "client", "e, D/D', gamma", "plays", "gain", "at least", "at most", "counts"],
        [.. report.Blocks.SelectMany(block => block.Gains.Select(gain => (IReadOnlyList<string>)[
            .. Names(report, block),
            Numbers.Count(gain.Deviation.Client),
            gain.Deviation.Action,
            Numbers.Count(gain.Replicates),
            Text(gain),
            Numbers.Money(gain.Limits.Low),
            Numbers.Money(gain.Limits.High),
            gain.Verdict switch
            {
                GainVerdict.Above => "yes",
                GainVerdict.Below => "no",
                _ => "open",
            },
        ]))]);

    /// <summary>How to read the tables.</summary>
    public static string Explanation(RegretReport report)
    {
        var design = report.Design;
        var standing = report.Blocks.SelectMany(block => block.Clients).Any(client => client.Client.Members > 1)
            ? " A client that stands for its entry of `clients` counts for all of it in NashConv, as if their data were alike."
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Money. Gains are paired: profile and deviations share data, terms and draws. A deviation counts when it gains more than {design.Tolerance:0.###} "
            + $"of the client's cost, and is played until that is settled, at most {design.MaxReplicates} times. Regret is an interval ({design.Confidence:0.####}) for the gain of the best "
            + $"deviation tried, or 0; these hold for all clients and stages at once, and so does the one for NashConv; those for payoffs hold for each client by itself. "
            + $"The best mean gain is biased upwards, as it was chosen for being large; the fresh gain, from replicates after the choice, is not.{standing} {Tried(design)} All are in {RegretReport.File}.");
    }

    /// <summary>The space of deviations that a statement about regret is about.</summary>
    public static string Tried(RegretDesign design) =>
        $"Tried was every e of {List(design.Efforts)} with D / D' of {List(design.BatchFactors)} and gamma of {List(design.Gammas)}, each the same for a whole episode; "
        + "other deviations, such as reports that change from round to round, may gain more.";

    private static string List(IReadOnlyList<double> values) =>
        $"[{string.Join(", ", values.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)))}]";

    private static int Words(RegretReport report) => Math.Max(1, report.Swept.Count);

    private static IEnumerable<string> Names(RegretReport report) => report.Swept;

    private static IEnumerable<string> Names(RegretReport report, RegretResult block) => block.Block.Values.Take(report.Swept.Count);

    private static string Text(DeviationGain gain) => Numbers.Text(new Moments(gain.Replicates, gain.Mean, gain.StandardError), Amount);

    private static string Text(Interval interval, Func<double, string> number) => $"[{number(interval.Low)}, {number(interval.High)}]";

    private static string Short(double amount) => amount.ToString(Math.Abs(amount) < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Share(double share) => share.ToString("0.00", CultureInfo.InvariantCulture);
}
