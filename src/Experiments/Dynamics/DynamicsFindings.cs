using System.Globalization;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Results;
using Ended = FLCrowd.Experiments.Results.TableColumn<FLCrowd.Experiments.Dynamics.DynamicsBlock>;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>What a dynamics experiment found: where the clients ended, how they got there, and how stable that is.</summary>
internal static class DynamicsFindings
{
    /// <summary>Different actions that are named; others are counted.</summary>
    private const int Named = 4;

    /// <summary>What its means are over.</summary>
    private const string Over = "plays";

    public static Findings Of(DynamicsReport report) => new([
        Ends(report),
        new FindingNote(Explanation(report)),
        DynamicsPlots.Story(report),
        Details(report) with { Shown = Shown.InReport },
        .. report.Regret is { } regret ? InReport(regret) : [],
        .. DynamicsPlots.All(report),
        .. report.Regret is { } ended ? AfterPlots(ended) : []])
    {
        Glossary =
        [
            Symbols.Effort, Symbols.BatchSize, Symbols.Asked, Symbols.Gamma, Symbols.Epsilon, Symbols.ServerPayoff,
            .. report.IsExpected ? [Symbols.ExactLoss, Symbols.ExactPay] : (Term[])[],
            .. report.Regret is { } measured
                ? [Symbols.Payoff, Symbols.Losing, Symbols.Gain, Symbols.Regret, RegretFindings.SumOf(measured)]
                : (Term[])[],
        ],
        Details =
        [
            .. report.Regret is { } found ? RegretFindings.Details(found) : [FindingDetail.Of("cells", Array.Empty<object>())],
            DynamicsDetail.Of(report),
        ],
    };

    /// <summary>What the clients came to do, what comes of that, and how stable it is.</summary>
    public static FindingTable Ends(DynamicsReport report)
    {
        // A model without classes has its loss instead.
        bool hasAccuracy = report.Blocks.Any(block => double.IsFinite(block.Reached.Accuracy.Mean));
        bool isExact = report.IsExpected;
        var format = hasAccuracy ? NumberFormat.Share : NumberFormat.Loss;
        return FindingTable.Of(
            "Where the clients ended",
            report.Blocks,
            [
                .. Ended.Swept(report.Swept, block => block.Cell),
                Ended.Count("mean e", block => block.Reached.Effort, $"over clients; {Symbols.Effort.Meaning}"),
                Ended.Count("D / D'", block => block.Reached.BatchFactor,
                    "how much of the batch that they are asked for clients use, mean over clients"),
                Ended.Count("gamma", block => block.Reached.Gamma, $"mean over clients; {Symbols.Gamma.Meaning}"),
                Ended.Of(hasAccuracy ? "accuracy" : "test loss", block => Quality(block.Reached), format, "of the final model"),
                .. isExact ? [Exact(Symbols.ExactLoss.Symbol, block => block.Reached.ExpectedLoss, format, Symbols.ExactLoss.Meaning, "")]
                    : (Ended[])[],
                Ended.Of("as asked", block => block.Asked is { } asked ? Quality(asked) : null, format,
                    "the same where everybody does as asked"),
                .. isExact ? [Exact("exact, as asked", block => block.Asked?.ExpectedLoss, format, "the exact loss likewise", "")]
                    : (Ended[])[],
                Ended.Of("server pays", block => MeanCell.Of(block.Reached.TotalReward, Over), NumberFormat.WholeMoney,
                    "in all, per episode", "money"),
                .. isExact
                    ? [Exact(Symbols.ExactPay.Symbol, block => block.Reached.ExpectedReward, NumberFormat.WholeMoney,
                        Symbols.ExactPay.Meaning, "money")]
                    : (Ended[])[],
                Ended.Of("epsilon", Epsilon, NumberFormat.Money, Symbols.Epsilon.Meaning, "money"),
                Ended.Number("cost", block => block.Asked?.Cost, NumberFormat.Money, "what doing as asked costs a client", "money")
                    .AsDetail(),
            ]) with
        {
            Note = isExact ? Symbols.ExactNote : "",
        };

        static Ended Exact(string name, Func<DynamicsBlock, Moments?> value, NumberFormat format, string meaning, string unit) =>
            Ended.Of(name, block => value(block) is { } exact ? MeanCell.Of(exact, Over) : null, format, meaning, unit);
        MeanCell Quality(PlayedQuality played) => MeanCell.Of(hasAccuracy ? played.Accuracy : played.TestLoss, Over);
    }

    /// <summary>How they got there, with all that the first table leaves out.</summary>
    public static FindingTable Details(DynamicsReport report) => FindingTable.Of(
        "How they got there",
        report.Blocks,
        [
            .. Ended.Swept(report.Swept, block => block.Cell),
            Ended.Word("end", block => block.Last.Ending.Length > 0 ? block.Last.Ending : "not ended"),
            Ended.Word("what they do (e, D, gamma)",
                block => Short(block.Last.Reached.Length > 0 ? block.Last.Reached : block.Last.Profile)),
            Ended.Count("revisions", block => block.Revisions.Count - 1),
            Ended.Of("test loss", block => MeanCell.Of(block.Reached.TestLoss, Over), NumberFormat.Loss),
            Ended.Of("as asked", block => block.Asked is { } asked ? MeanCell.Of(asked.TestLoss, Over) : null, NumberFormat.Loss),
            Ended.Of("server payoff", block => MeanCell.Of(block.Reached.ServerPayoff, Over), NumberFormat.WholeMoney,
                Symbols.ServerPayoff.Meaning, "money"),
            Ended.Of("as asked", block => block.Asked is { } asked ? MeanCell.Of(asked.ServerPayoff, Over) : null,
                NumberFormat.WholeMoney, "", "money"),
        ]);

    /// <summary>How to read them.</summary>
    public static string Explanation(DynamicsReport report) =>
        $"e, D / D' and gamma are means over clients: all 1 is what they are asked. {AsAsked(report)}"
        + "Epsilon is the largest regret of a measured client in the profile reached, "
        + $"{Certainty(report.Regret)} "
        + $"Cost is what doing as asked costs a client. All revisions are in {RevisionTable.Schema.File}.";

    /// <summary>What is played beside the profile reached; that one may have been played in more draws.</summary>
    private static string AsAsked(DynamicsReport report)
    {
        var plays = report.Blocks.Where(block => block.Asked is not null)
            .Select(block => (Asked: block.Asked!.TestLoss.Count, Reached: block.Reached.TestLoss.Count)).Distinct().ToList();
        return plays.Count == 0 ? ""
            : plays.TrueForAll(count => count.Asked == count.Reached) ? "\"As asked\" is what comes of that in the same draws. "
            : "\"As asked\" is what comes of that in the first of the same draws: "
                + $"{string.Join(" or ", plays.Select(count => count.Asked).Distinct())} plays, where what they reached has "
                + $"{string.Join(" or ", plays.Select(count => count.Reached).Distinct())}. ";
    }

    /// <summary>How sure the largest regret is.</summary>
    private static string Certainty(RegretReport? regret) => regret switch
    {
        null => "which was not measured.",
        { IsExact: true } => "by the closed form: nobody measured can gain more by one of the deviations tried. "
            + RegretFindings.Tried(regret.Design),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"and the interval ({regret.Design.Confidence:0.####}) that it lies in: nobody measured can gain more by one of the "
                + $"deviations tried. ")
            + RegretFindings.Tried(regret.Design),
    };

    /// <summary>The regret of the profile reached, which a terminal has no room for.</summary>
    private static IEnumerable<Finding> InReport(RegretReport regret) => ((Finding[])[
        RegretFindings.Clients(regret), RegretFindings.Sum(regret), new FindingNote(RegretFindings.Explanation(regret))])
        .Select(item => item with { Shown = Shown.InReport });

    private static IEnumerable<Finding> AfterPlots(RegretReport regret) =>
        [.. RegretPlots.All(regret), .. CoalitionFindings.Items(regret), RegretFindings.Deviations(regret) with { Shown = Shown.InReport }];

    private static string Short(string profile)
    {
        var parts = profile.Split("), ");
        return parts.Length <= Named
            ? profile
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join("), ", parts.Take(Named))}), {parts.Length - Named} others");
    }

    private static IntervalCell? Epsilon(DynamicsBlock block) => block is { Epsilon: { } epsilon, EpsilonLimits: { } limits }
        ? IntervalCell.Of(limits, epsilon)
        : null;
}
