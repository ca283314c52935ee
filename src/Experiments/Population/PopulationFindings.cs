using System.Globalization;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Gambit;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Population;

/// <summary>What a population experiment found: payoffs by profile, and where populations tend to.</summary>
internal static class PopulationFindings
{
    /// <summary>Rows that people read.</summary>
    private const int Readable = 30;

    /// <summary>What its means are over.</summary>
    private const string Over = "replicates";

    public static Findings Of(PopulationReport report) =>
        new([.. Tables(report), new FindingNote(Explanation(report)), .. PopulationPlots.All(report)])
        {
            Glossary = [Symbols.Profile, Symbols.Payoff, Symbols.Gain, Symbols.ServerPayoff, Symbols.Mass],
            Details = [FindingDetail.Of("cells", Array.Empty<object>()), PopulationDetail.Of(report)],
        };

    /// <summary>All tables, the payoff table first where it is short.</summary>
    public static IEnumerable<FindingTable> Tables(PopulationReport report) =>
    [
        .. report.Blocks.Sum(block => block.Profiles.Count) <= Readable ? (FindingTable[])[Payoffs(report)] : [],
        .. report.Blocks.Any(block => block.Analysis is not null) ? (FindingTable[])[Stable(report), Rests(report), Ranks(report)] : [],
    ];

    /// <summary>What each strategy is paid in every profile.</summary>
    public static FindingTable Payoffs(PopulationReport report) => FindingTable.Of(
        "What strategies are paid, by how many play them",
        report.Blocks.SelectMany(block => block.Profiles.Select(profile => (Block: block, Profile: profile))),
        [
            .. Swept<(PopulationBlock Block, ProfilePayoffs Profile)>(report, row => row.Block),
            TableColumn<(PopulationBlock Block, ProfilePayoffs Profile)>.Name(
                "profile", row => Compositions.Text(row.Profile.Counts), Symbols.Profile.Meaning),
            .. report.Design.Strategies.SelectMany((name, strategy) => Payoff(report, name, strategy)),
            .. Outcomes<(PopulationBlock Block, ProfilePayoffs Profile)>(row => row.Profile),
        ]);

    private static IEnumerable<TableColumn<(PopulationBlock Block, ProfilePayoffs Profile)>> Payoff(
        PopulationReport report, string name, int strategy)
    {
        yield return TableColumn<(PopulationBlock Block, ProfilePayoffs Profile)>.Of(
            name,
            row => row.Profile.Counts[strategy] > 0 ? MeanCell.Of(row.Profile.Payoff(strategy), Over) : null,
            NumberFormat.Money,
            "payoff of a client that plays it",
            "money");
        if (IsExact(report))
        {
            yield return TableColumn<(PopulationBlock Block, ProfilePayoffs Profile)>.Number(
                $"{name}, exact", row => row.Block.Exact?.Payoff(row.Profile.Counts, strategy), NumberFormat.Money,
                "its expectation in closed form", "money");
        }
    }

    /// <summary>Profiles that no client alone would leave, for certain or by the means; where there is none, the one that is left for
    /// least.</summary>
    public static FindingTable Stable(PopulationReport report) => FindingTable.Of(
        "Profiles that no client alone would leave",
        from block in report.Blocks
        where block.Analysis is not null
        from profile in Kept(block.Analysis!, report.Design)
        select new KeptProfile(block, profile),
        [
            .. Swept<KeptProfile>(report, row => row.Block),
            TableColumn<KeptProfile>.Name("who plays what", row => Compositions.Describe(row.Stability.Profile, report.Design.Strategies)),
            TableColumn<KeptProfile>.Word("stable", row => row.Stability.Verdict switch
            {
                GainVerdict.Below => "yes",
                GainVerdict.Above => "no",
                _ => row.Best.Gain <= report.Design.Tolerance ? "by the means" : "open",
            }),
            TableColumn<KeptProfile>.Verdict(
                "best switch", row => $"{report.Design.Strategies[row.Best.From]} to {report.Design.Strategies[row.Best.To]}",
                "the switch that gains the most"),
            TableColumn<KeptProfile>.Of(
                "gain", row => new MeanCell(row.Best.Gain, row.Best.StandardError, PlusMinus.OfMean(Over)), NumberFormat.Money,
                "of the client that switches, its mean", "money"),
            .. IsExact(report)
                ? [TableColumn<KeptProfile>.Number(
                    "exact gain", row => row.Block.Exact?.Gain(row.Best), NumberFormat.Money, "its expectation in closed form", "money")]
                : (TableColumn<KeptProfile>[])[],
            TableColumn<KeptProfile>.Number(
                "at least", row => row.Best.Limits.Low, NumberFormat.Money, "the lower end of its interval", "money"),
            TableColumn<KeptProfile>.Number(
                "at most", row => row.Best.Limits.High, NumberFormat.Money, "the upper end of its interval", "money"),
            .. Outcomes<KeptProfile>(row => row.Block.Profiles.Single(profile => profile.Counts.SequenceEqual(row.Stability.Profile))),
        ]) with
    {
        Note = "Stable: yes where that is certain; by the means where no mean gain counts, though an interval leaves it open; no or open: "
            + "every profile is left, and this one gains least by it.",
    };

    /// <summary>Where the replicator equation stands still.</summary>
    public static FindingTable Rests(PopulationReport report) => FindingTable.Of(
        "Rest points of the replicator equation",
        from block in report.Blocks
        where block.Analysis is not null
        from rest in Enumerable.Range(0, block.Analysis!.RestPoints.Count).Select(index => (int?)index).Append(null)
        where rest is not null || block.Analysis!.Basin(null) > 0
        select new Rest(block, rest is { } index ? block.Analysis!.RestPoints[index] : null, block.Analysis!.Basin(rest)),
        [
            .. Swept<Rest>(report, row => row.Block),
            TableColumn<Rest>.Name("stability", row => row.Point?.Stability.ToString().ToLowerInvariant() ?? "none of these"),
            .. report.Design.Strategies.Select((name, strategy) => TableColumn<Rest>.Number(
                $"share of {name}", row => row.Point?.Mixture[strategy], NumberFormat.Share)),
            TableColumn<Rest>.Number("payoff", row => row.Point?.Payoff, NumberFormat.Money, "what everybody gets there", "money"),
            TableColumn<Rest>.Number("ends here", row => row.Basin, NumberFormat.Share, "share of starts that end there"),
        ]);

    /// <summary>Alpha-rank, and how easily each strategy takes over.</summary>
    public static FindingTable Ranks(PopulationReport report)
    {
        var strategies = report.Design.Strategies;
        return FindingTable.Of(
            "How often all play the same, in the long run (alpha-rank)",
            from block in report.Blocks
            where block.Analysis is not null
            from strategy in Enumerable.Range(0, strategies.Count)
            let last = block.Analysis!.Evolution[^1]
            select new Rank(
                block,
                strategy,
                Enumerable.Range(0, strategies.Count).Where(other => other != strategy).MaxBy(other => last.Fixation[other][strategy])),
            [
                .. Swept<Rank>(report, row => row.Block),
                TableColumn<Rank>.Name("strategy", row => strategies[row.Strategy]),
                .. report.Design.Intensities.Select((intensity, index) => TableColumn<Rank>.Number(
                    string.Create(CultureInfo.InvariantCulture, $"mass at {intensity}"),
                    row => row.Analysis.Evolution[index].Rank[row.Strategy], NumberFormat.Share,
                    Symbols.Mass.Meaning)),
                TableColumn<Rank>.Number(
                    "payoff if all do",
                    row => row.Analysis.Game.Payoff(
                        row.Strategy, [.. strategies.Select((_, other) => other == row.Strategy ? report.Design.Clients : 0)]),
                    NumberFormat.Money,
                    "payoff of a client where all play it",
                    "money"),
                TableColumn<Rank>.Verdict(
                    "taken over by", row => strategies[row.Invader], "the strategy whose mutant takes over most easily"),
                TableColumn<Rank>.Number(
                    "times neutral", row => report.Design.PopulationSize * row.Analysis.Evolution[^1].Fixation[row.Invader][row.Strategy],
                    NumberFormat.Share,
                    "how often it does, as a multiple of how often a mutant of no effect does"),
            ]);
    }

    /// <summary>How to read the tables.</summary>
    public static string Explanation(PopulationReport report)
    {
        var design = report.Design;
        var profiles = Compositions.Count(design.Clients, design.Strategies.Count);
        var parts = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"Money. {design.Clients} clients, who plays what by lot; payoffs are means over the clients of a strategy, then over "
                + $"replicates. Profiles give the counts of {string.Join(", ", design.Strategies)}."),
        };
        if (IsExact(report))
        {
            parts.Add(Symbols.ExactNote);
        }

        if (report.Blocks.Any(block => block.Analysis is null))
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Not all of the {profiles:#,0} profiles are known yet, and nothing is said of a table that is not complete."));
        }
        else
        {
            var open = report.Blocks.SelectMany(block => block.Analysis!.Profiles).ToList();
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"A profile is stable where no switch of one client gains more than {design.Tolerance:0.###}; gains are paired, and the "
                + $"intervals ({design.Confidence:0.####}) hold for all switches of a table at once: "
                + $"{open.Count(profile => profile.Verdict == GainVerdict.Open):#,0} of {open.Count:#,0} profiles stay open. \"Ends here\" "
                + $"is the share of {report.Blocks[0].Analysis!.Trajectories.Count} starts. Alpha-rank and fixation are those of "
                + $"{design.PopulationSize} individuals who meet in games of {design.Clients}; intensities are multiples of 1 / (median "
                + $"size of a gain), a neutral mutant takes over with probability 1 / {design.PopulationSize}."));
        }

        parts.Add(
            $"All of it is in {PopulationSchemas.Payoffs.File}, {PopulationSchemas.Switches.File}, {PopulationSchemas.RestPoints.File}, "
            + $"{PopulationSchemas.Replicator.File}, {PopulationSchemas.Moran.File} and {PopulationSchemas.AlphaRank.File}"
            + (PopulationFiles.HasGambitFile(design)
                ? $", and for Gambit in {PopulationFiles.GambitFileOf(report, 0)}."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"; there is no file for Gambit, which would have {GambitFile.Profiles(design.Clients, design.Strategies.Count):#,0} "
                    + $"profiles (experiment.population.nfg-profiles is {design.NfgProfiles:#,0}).")));
        return string.Join(' ', parts);
    }

    private static bool IsExact(PopulationReport report) => report.Blocks.Any(block => block.Exact is not null);

    private static IEnumerable<ProfileStability> Kept(PopulationAnalysis analysis, PopulationDesign design)
    {
        var kept = analysis.Profiles.Where(profile => profile.Best.Gain <= design.Tolerance).ToList();
        return kept.Count == 0
            ? [analysis.Profiles.MinBy(profile => profile.Best.Gain)!]
            : kept.OrderBy(profile => profile.Verdict == GainVerdict.Below ? 0 : 1).ThenBy(profile => profile.Best.Gain).Take(Readable);
    }

    private static IEnumerable<TableColumn<T>> Swept<T>(PopulationReport report, Func<T, PopulationBlock> block) =>
        TableColumn<T>.Swept(report.Design.Swept, row => block(row).Cell);

    private static IEnumerable<TableColumn<T>> Outcomes<T>(Func<T, ProfilePayoffs> profile) =>
    [
        Outcome(profile, "test loss", play => play.TestLoss, NumberFormat.Loss, ""),
        Outcome(profile, "accuracy", play => play.Accuracy, NumberFormat.Loss, ""),
        Outcome(profile, "total reward", play => play.TotalReward, NumberFormat.Money, "money").AsDetail(),
        Outcome(profile, "server payoff", play => play.ServerPayoff, NumberFormat.Money, "money").AsDetail(),
    ];

    private static TableColumn<T> Outcome<T>(
        Func<T, ProfilePayoffs> profile, string name, Func<ProfilePlay, double> value, NumberFormat format, string unit) =>
        TableColumn<T>.Of(name, row => MeanCell.Of(profile(row).Of(value), Over), format, "", unit);

    private sealed record KeptProfile(PopulationBlock Block, ProfileStability Stability)
    {
        public Switch Best => Stability.Best;
    }

    private sealed record Rest(PopulationBlock Block, RestPoint? Point, double Basin);

    private sealed record Rank(PopulationBlock Block, int Strategy, int Invader)
    {
        public PopulationAnalysis Analysis => Block.Analysis!;
    }
}
