using System.Globalization;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Gambit;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Population;

/// <summary>A population experiment as tables, the same on the terminal and in the report.</summary>
internal static class PopulationTables
{
    /// <summary>Rows that people read.</summary>
    private const int Readable = 30;

    private const string Loss = "0.0000";

    /// <summary>All tables, the payoff table first where it is short.</summary>
    public static IEnumerable<SummaryTable> All(PopulationReport report) =>
    [
        .. report.Blocks.Sum(block => block.Profiles.Count) <= Readable ? (SummaryTable[])[Payoffs(report)] : [],
        .. report.Blocks.Any(block => block.Analysis is not null) ? (SummaryTable[])[Stable(report), Rests(report), Ranks(report)] : [],
    ];

    /// <summary>What each strategy is paid in every profile.</summary>
    public static SummaryTable Payoffs(PopulationReport report) => new(
        "What strategies are paid, by how many play them",
        report.Design.Swept.Count + 1,
        [.. report.Design.Swept, "profile", .. report.Design.Strategies, "test loss", "accuracy", "total reward", "server payoff"],
        [.. report.Blocks.SelectMany(block => block.Profiles.Select(profile => (IReadOnlyList<string>)[
            .. block.Cell,
            Compositions.Text(profile.Counts),
            .. profile.Counts.Select((count, strategy) => count > 0 ? Numbers.Text(profile.Payoff(strategy), "0.00") : "–"),
            .. Outcomes(profile),
        ]))]);

    /// <summary>Profiles that no client alone would leave, for certain or by the means; where there is none, the one that is left for least.</summary>
    public static SummaryTable Stable(PopulationReport report) => new(
        "Profiles that no client alone would leave",
        report.Design.Swept.Count + 2,
        [.. report.Design.Swept, "who plays what", "stable", "best switch", "gain", "at least", "at most", "test loss", "accuracy", "total reward", "server payoff"],
        [.. from block in report.Blocks
            where block.Analysis is not null
            from profile in Kept(block.Analysis!, report.Design)
            select (IReadOnlyList<string>)[
                .. block.Cell,
                Compositions.Describe(profile.Profile, report.Design.Strategies),
                profile.Verdict switch
                {
                    GainVerdict.Below => "yes",
                    GainVerdict.Above => "no",
                    _ => profile.Best.Gain <= report.Design.Tolerance ? "by the means" : "open",
                },
                $"{report.Design.Strategies[profile.Best.From]} to {report.Design.Strategies[profile.Best.To]}",
                Numbers.Text(new Moments(profile.Best.Replicates, profile.Best.Gain, profile.Best.StandardError), "0.00"),
                Bound(profile.Best.Limits.Low),
                Bound(profile.Best.Limits.High),
                .. Outcomes(block.Profiles.Single(row => row.Counts.SequenceEqual(profile.Profile))),
            ]]);

    /// <summary>Where the replicator equation stands still.</summary>
    public static SummaryTable Rests(PopulationReport report) => new(
        "Rest points of the replicator equation",
        report.Design.Swept.Count + 1,
        [.. report.Design.Swept, "stability", .. report.Design.Strategies.Select(name => $"share of {name}"), "payoff", "ends here"],
        [.. report.Blocks.Where(block => block.Analysis is not null).SelectMany(block => block.Analysis!.RestPoints
            .Select((rest, index) => (IReadOnlyList<string>)[
                .. block.Cell,
                rest.Stability.ToString().ToLowerInvariant(),
                .. rest.Mixture.Select(Share),
                Numbers.Money(rest.Payoff),
                Share(block.Analysis!.Basin(index)),
            ])
            .Append([.. block.Cell, "none of these", .. report.Design.Strategies.Select(_ => "–"), "–", Share(block.Analysis!.Basin(null))])
            .Where(row => row[report.Design.Swept.Count] != "none of these" || block.Analysis!.Basin(null) > 0))]);

    /// <summary>Alpha-rank, and how easily each strategy takes over.</summary>
    public static SummaryTable Ranks(PopulationReport report)
    {
        var intensities = report.Design.Intensities.Select(intensity => intensity.ToString(CultureInfo.InvariantCulture)).ToList();
        string strongest = intensities[^1];
        return new(
            "How often all play the same, in the long run (alpha-rank)",
            report.Design.Swept.Count + 1,
            [.. report.Design.Swept, "strategy", .. intensities.Select(intensity => $"mass at {intensity}"), "payoff if all do", "taken over by", "times neutral"],
            [.. from block in report.Blocks
                where block.Analysis is not null
                from strategy in Enumerable.Range(0, report.Design.Strategies.Count)
                let last = block.Analysis!.Evolution[^1]
                let invader = Enumerable.Range(0, report.Design.Strategies.Count).Where(other => other != strategy).MaxBy(other => last.Fixation[other][strategy])
                select (IReadOnlyList<string>)[
                    .. block.Cell,
                    report.Design.Strategies[strategy],
                    .. block.Analysis!.Evolution.Select(evolution => Share(evolution.Rank[strategy])),
                    Numbers.Money(block.Analysis!.Game.Payoff(strategy, [.. report.Design.Strategies.Select((_, other) => other == strategy ? report.Design.Clients : 0)])),
                    report.Design.Strategies[invader],
                    Share(report.Design.PopulationSize * last.Fixation[invader][strategy]),
                ]]);
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
                $"Money. {design.Clients} clients, who plays what by lot; payoffs are means over the clients of a strategy, then over replicates. Profiles give the counts of {string.Join(", ", design.Strategies)}."),
        };
        if (report.Blocks.Any(block => block.Analysis is null))
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"Not all of the {profiles:#,0} profiles are known yet, and nothing is said of a table that is not complete."));
        }
        else
        {
            var open = report.Blocks.SelectMany(block => block.Analysis!.Profiles).ToList();
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"A profile is stable where no switch of one client gains more than {design.Tolerance:0.###}; gains are paired, and the intervals ({design.Confidence:0.####}) hold for all switches of a table at once: {open.Count(profile => profile.Verdict == GainVerdict.Open):#,0} of {open.Count:#,0} profiles stay open. "
                + $"\"Ends here\" is the share of {report.Blocks[0].Analysis!.Trajectories.Count} starts. Alpha-rank and fixation are those of {design.PopulationSize} individuals who meet in games of {design.Clients}; intensities are multiples of 1 / (median size of a gain), a neutral mutant takes over with probability 1 / {design.PopulationSize}."));
        }

        parts.Add($"All of it is in {string.Join(", ", PopulationSchemas.All.SkipLast(1))} and {PopulationSchemas.All[^1]}"
            + (PopulationFiles.HasGambitFile(design)
                ? $", and for Gambit in {PopulationFiles.GambitFileOf(report, 0)}."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"; there is no file for Gambit, which would have {GambitFile.Profiles(design.Clients, design.Strategies.Count):#,0} profiles (experiment.population.nfg-profiles is {design.NfgProfiles:#,0}).")));
        return string.Join(' ', parts);
    }

    private static IEnumerable<ProfileStability> Kept(PopulationAnalysis analysis, PopulationDesign design)
    {
        var kept = analysis.Profiles.Where(profile => profile.Best.Gain <= design.Tolerance).ToList();
        return kept.Count == 0
            ? [analysis.Profiles.MinBy(profile => profile.Best.Gain)!]
            : kept.OrderBy(profile => profile.Verdict == GainVerdict.Below ? 0 : 1).ThenBy(profile => profile.Best.Gain).Take(Readable);
    }

    private static IEnumerable<string> Outcomes(ProfilePayoffs profile) =>
    [
        Numbers.Text(profile.Of(play => play.TestLoss), Loss),
        Numbers.Text(profile.Of(play => play.Accuracy), Loss),
        Numbers.Text(profile.Of(play => play.TotalReward), "0.00"),
        Numbers.Text(profile.Of(play => play.ServerPayoff), "0.00"),
    ];

    private static string Bound(double value) => double.IsFinite(value) ? Numbers.Money(value) : "–";

    private static string Share(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);
}
