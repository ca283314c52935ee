using System.Globalization;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;
using Deviating = FLCrowd.Experiments.Results.TableColumn<(
    FLCrowd.Analysis.Regret.RegretResult Block, FLCrowd.Analysis.Regret.DeviationGain Gain)>;
using Measured = FLCrowd.Experiments.Results.TableColumn<(
    FLCrowd.Analysis.Regret.RegretResult Block, FLCrowd.Analysis.Regret.ClientRegret Client)>;

namespace FLCrowd.Experiments.Regret;

/// <summary>What a regret experiment found: who would deviate, alone or together.</summary>
internal static class RegretFindings
{
    /// <summary>What its means are over.</summary>
    public const string Over = "replicates";

    /// <summary>A payoff whose interval says how much of it is worth reading.</summary>
    private static readonly NumberFormat Rough = new("0.0", "0");

    private static readonly NumberFormat Share = NumberFormat.Money;

    public static Findings Of(RegretReport report) => new([
        .. DealsFindings.Items(report), Clients(report), Sum(report), new FindingNote(Explanation(report)), .. RegretPlots.All(report),
        .. CoalitionFindings.Items(report),
        .. AttackFindings.Items(report),
        Deviations(report) with { Shown = Shown.InReport }, .. DealsFindings.Every(report)])
    {
        Glossary = report.HasDeals
            ? [.. Glossary, SumOf(report), Symbols.Deal, Symbols.Between, Symbols.Within]
            : [.. Glossary, SumOf(report)],
        Details = [.. Details(report), .. DealsDetail.Of(report)],
    };

    public static IReadOnlyList<Term> Glossary { get; } =
    [
        Symbols.Effort, Symbols.BatchSize, Symbols.Asked, Symbols.Gamma, Symbols.Payoff, Symbols.Losing, Symbols.Gain, Symbols.Regret,
    ];

    /// <summary>A regret experiment has no cells of its own.</summary>
    public static IReadOnlyList<FindingDetail> Details(RegretReport report) =>
        [FindingDetail.Of("cells", Array.Empty<object>()), RegretDetail.Of(report)];

    /// <summary>What each measured client could gain at most, and what it gets in the profile.</summary>
    public static FindingTable Clients(RegretReport report) => FindingTable.Of(
        "Would a client deviate? Regret within the grid of deviations",
        report.Blocks.SelectMany(block => block.Clients.Select(client => (Block: block, Client: client))),
        [
            .. Names<(RegretResult Block, ClientRegret Client)>(report, row => row.Block),
            Measured.Name("client", row => Numbers.Count(row.Client.Client.Client)),
            Measured.Number("cost", row => row.Client.Cost, NumberFormat.Money, "of a client in the profile, its mean", "money"),
            Measured.Of(
                "payoff", row => IntervalCell.Of(row.Client.PayoffLimits, row.Client.Payoff.Mean), Rough,
                "of a client in the profile, with its interval", "money"),
            Measured.Of("P(payoff < 0)", row => IntervalCell.Of(row.Client.LossLimits, row.Client.Losses), Share, Symbols.Losing.Meaning)
                .AsDetail(),
            Measured.Verdict("best e, D/D', gamma", row => row.Client.Best.Deviation.Action, "the deviation with the largest mean gain"),
            Measured.Of("gain", row => Gain(row.Client.Best), NumberFormat.Money, "its mean", "money"),
            .. report.Expected.Count > 0
                ? [Measured.Of(
                    "exact gain",
                    row => report.ExpectedOf(row.Block.Block, row.Client.Best.Deviation) is { } exact ? Gain(exact) : null,
                    NumberFormat.Money, "of the same deviation, in closed form", "money")]
                : (Measured[])[],
            Measured.Of(
                "fresh gain", row => row.Client.Fresh is { } fresh ? MeanCell.Of(fresh, "fresh replicates") : null, NumberFormat.Money,
                "the same in replicates after the choice",
                "money"),
            Measured.Of("regret", row => IntervalCell.Of(row.Client.Limits), NumberFormat.Money, Symbols.Regret.Meaning, "money"),
            .. report.Expected.Count > 0
                ? [Measured.Number(
                    "exact regret", row => report.ExpectedRegret(row.Block, row.Client.Client.Client), NumberFormat.Money,
                    "the largest exact gain of a deviation tried, or 0", "money")]
                : (Measured[])[],
            Measured.Verdict("deviates", row => Word(row.Client.Verdict), "whether the gain counts"),
        ]);

    /// <summary>What the sum of regrets is: NashConv, or an extrapolation to clients that were not measured.</summary>
    public static Term SumOf(RegretReport report) => IsExtrapolated(report) ? Symbols.Extrapolated : Symbols.NashConv;

    /// <summary>The sum of regrets.</summary>
    public static FindingTable Sum(RegretReport report) => FindingTable.Of(
        IsExtrapolated(report) ? "Sum of regrets, extrapolated from one client of each entry" : "NashConv of the measured clients",
        report.Blocks.Where(block => block.Clients.Count > 0),
        [
            .. Names<RegretResult>(report, block => block),
            .. IsExtrapolated(report)
                ? [TableColumn<RegretResult>.Count("measured", block => block.Clients.Count, "clients whose deviations were tried")]
                : (TableColumn<RegretResult>[])[],
            TableColumn<RegretResult>.Count(
                "clients", block => block.Clients.Sum(client => client.Client.Members), "that the measured ones stand for"),
            Amount(SumOf(report).Symbol, block => block.NashConv, SumOf(report).Meaning),
            Amount("at least", block => block.NashConvLimits.Low, "the lower end of its interval"),
            Amount("at most", block => block.NashConvLimits.High, "the upper end of its interval"),
            TableColumn<RegretResult>.Count("deviations", block => block.Gains.Count, "that were tried"),
            .. ((GainVerdict[])[GainVerdict.Above, GainVerdict.Below, GainVerdict.Open]).Select(side => TableColumn<RegretResult>.Count(
                side.ToString().ToLowerInvariant(), block => block.Gains.Count(gain => gain.Verdict == side),
                "deviations, by what their gains are to the threshold")),
        ]);

    /// <summary>Every deviation.</summary>
    public static FindingTable Deviations(RegretReport report) => FindingTable.Of(
        "All deviations",
        report.Blocks.SelectMany(block => block.Gains.Select(gain => (Block: block, Gain: gain))),
        [
            .. Names<(RegretResult Block, DeviationGain Gain)>(report, row => row.Block),
            Tried("client", row => Numbers.Count(row.Deviation.Client)),
            Tried("e, D/D', gamma", row => row.Deviation.Action),
            Deviating.Count("plays", row => row.Gain.Replicates, "how often it was played"),
            Deviating.Of("gain", row => Gain(row.Gain), NumberFormat.Money, "its mean", "money"),
            .. report.Expected.Count > 0
                ? [Deviating.Of(
                    "exact gain", row => report.ExpectedOf(row.Block.Block, row.Gain.Deviation) is { } exact ? Gain(exact) : null,
                    NumberFormat.Money, "the same in closed form", "money")]
                : (Deviating[])[],
            Deviating.Number("at least", row => row.Gain.Limits.Low, NumberFormat.Money, "", "money"),
            Deviating.Number("at most", row => row.Gain.Limits.High, NumberFormat.Money, "", "money"),
            Deviating.Verdict("counts", row => Word(row.Gain.Verdict), "whether it is above the threshold"),
        ]);

    /// <summary>How to read the tables.</summary>
    public static string Explanation(RegretReport report)
    {
        var design = report.Design;
        var standing = report.Blocks.SelectMany(block => block.Clients).Any(client => client.Client.Members > 1)
            ? " A client that stands for its entry of `clients` counts for all of it in the sum of regrets, as if their data were alike: "
                + "that sum and its interval are an extrapolation, not NashConv, which takes a measurement of each (regret.clients = all)."
                + string.Concat(report.Blocks.SelectMany(block => block.Clients).Select(client => client.Client).Distinct().Select(Unlike))
            : "";
        if (report.IsExact)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Money. Gains are expectations in closed form: no deviation was played, and intervals have no width. A deviation "
                + $"counts when it gains more than {design.Tolerance:0.###} of the client's cost. Regret is the gain of the best "
                + $"deviation tried, or 0.{standing} {Tried(design)} All are in {GainTable.Schema.File}.");
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"Money. Gains are paired: profile and deviations share data, terms and draws. A deviation counts when it gains more than "
            + $"{design.Tolerance:0.###} of the client's cost, and is played until that is settled, at most {design.MaxReplicates} times. "
            + $"Regret is an interval ({design.Confidence:0.####}) for the gain of the best deviation tried, or 0; these hold for all "
            + $"clients and stages at once, and so does the one for their sum; those for payoffs hold for each client by itself. The best "
            + $"mean gain is biased upwards, as it was chosen for being large; the fresh gain, from replicates after the choice, is "
            + $"not.{(report.Expected.Count > 0 ? $" {Symbols.ExactNote}" : "")}{standing} {Tried(design)} All are in "
            + $"{GainTable.Schema.File}.");
    }

    /// <summary>Whom a client stands for that it is not like.</summary>
    private static string Unlike(RegretClient client) => client.Alike == client.Members ? "" :
        $" Client {Numbers.Count(client.Client)} stands for {Numbers.Count(client.Members)}, of which "
        + (client.Alike == 1 ? "no other has" : $"{Numbers.Count(client.Alike)}, itself among them, have")
        + " its weight, number of samples, skill and participation: the rest may gain more or less (regret.clients = all measures each).";

    /// <summary>The space of deviations that a statement about regret is about.</summary>
    public static string Tried(RegretDesign design) =>
        $"Tried was every e of {List(design.Efforts)} with D / D' of {List(design.BatchFactors)} and gamma of {List(design.Gammas)}"
        + $"{Attendances(design)}, each "
        + (design.Reports.Count == 0
            ? "the same for a whole episode; other deviations, such as reports that change from round to round, may gain more."
            : $"the same for a whole episode, and reports that change from round to round: {Reports(design)} (e, D / D', gamma, report). "
                + "Deviations of other shapes may gain more.");

    private static string Reports(RegretDesign design) => string.Join("; ", design.Reports.Select(report => report.Action));

    private static string Attendances(RegretDesign design) =>
        design.Attendances is [1] ? "" : $", by a client that comes to a share of {List(design.Attendances)} of the rounds";

    /// <summary>A verdict in a word.</summary>
    public static string Word(GainVerdict verdict) => verdict switch
    {
        GainVerdict.Above => "yes",
        GainVerdict.Below => "no",
        _ => "open",
    };

    private static string List(IReadOnlyList<double> values) =>
        $"[{string.Join(", ", values.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)))}]";

    private static bool IsExtrapolated(RegretReport report) => report.Blocks.Any(block => block.IsExtrapolated);

    /// <summary>The columns that name a block.</summary>
    public static IEnumerable<TableColumn<T>> Names<T>(RegretReport report, Func<T, RegretResult> block) =>
        [
            .. TableColumn<T>.Swept(report.Swept, row => block(row).Block.Values),
            .. report.HasDeals ? [TableColumn<T>.Name("seed", row => $"{block(row).Block.Deal}", "the deal")] : (TableColumn<T>[])[],
        ];

    private static TableColumn<RegretResult> Amount(string name, Func<RegretResult, double> amount, string meaning) =>
        TableColumn<RegretResult>.Number(name, block => amount(block), NumberFormat.Money, meaning, "money");

    private static Deviating Tried(string name, Func<DeviationGain, string> text) =>
        Deviating.Name(name, row => text(row.Gain));

    private static MeanCell Gain(DeviationGain gain) => new(gain.Mean, gain.StandardError, PlusMinus.OfMean(Over));
}
