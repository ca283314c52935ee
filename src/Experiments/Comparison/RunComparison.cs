using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Comparison;

/// <summary>
/// Runs beside each other: the settings in which they differ, and how what came out differs, paired where games share a cell and a seed:
/// such games share every draw that their configurations have in common.
/// </summary>
internal static class RunComparison
{
    /// <summary>The two tails of an interval together.</summary>
    private const double Risk = 0.05;

    /// <param name="folders">The folders of at least two runs; the first one is what the others are held against.</param>
    /// <exception cref="SettingException">There are fewer, one is no run, or a table is not what a run writes.</exception>
    public static Findings Of(IReadOnlyList<string> folders)
    {
        if (folders.Count < 2)
        {
            throw new SettingException("DIR", "is one run; must be at least two");
        }

        var runs = folders.Select(ComparedRun.Read).ToList();
        return new Findings([Settings(runs), .. runs.Skip(1).SelectMany(run => Differences(runs[0], run))]);
    }

    private static FindingTable Settings(IReadOnlyList<ComparedRun> runs)
    {
        var paths = runs.SelectMany(run => run.Settings.Keys).Distinct().Order(StringComparer.Ordinal)
            .Where(path => runs.Select(run => run.Settings.GetValueOrDefault(path)).Distinct().Count() > 1);
        return FindingTable.Of(
            "Settings that differ",
            paths,
            [
                TableColumn<string>.Name("setting", path => path),
                .. runs.Select(run => TableColumn<string>.Word(run.Folder, path => run.Settings.GetValueOrDefault(path, "–"))),
            ]);
    }

    private static IEnumerable<Finding> Differences(ComparedRun one, ComparedRun other)
    {
        if (new[] { one, other }.FirstOrDefault(run => !run.HasGames) is { } unpaired)
        {
            return [new FindingNote(
                $"{unpaired.Folder} is of kind {unpaired.Record.Kind}: games are compared of the kinds play and sweep only, as the others "
                + "decide as they go what they play.")];
        }

        if (!one.Record.Swept.SequenceEqual(other.Record.Swept))
        {
            return [new FindingNote(
                $"{other.Folder} sweeps {Names(other)}, {one.Folder} {Names(one)}: games are compared where both sweep the same.")];
        }

        var rows = one.Outcomes.Keys.Where(other.Outcomes.ContainsKey)
            .SelectMany(quantity => Rows(quantity, one.Outcomes[quantity], other.Outcomes[quantity])).ToList();
        return rows.Count == 0
            ? [new FindingNote($"{other.Folder} and {one.Folder} have no game of the same cell: nothing is compared.")]
            : [Table(one, other, rows)];
    }

    private static string Names(ComparedRun run) => run.Record.Swept.Count == 0 ? "nothing" : string.Join(", ", run.Record.Swept);

    private static IEnumerable<Difference> Rows(
        string quantity, IReadOnlyDictionary<ComparedGame, double> one, IReadOnlyDictionary<ComparedGame, double> other) =>
        from cell in one.Keys.Select(game => game.Key).Distinct()
        let games = one.Keys.Where(game => game.Key == cell).ToList()
        let others = other.Where(game => game.Key.Key == cell).Select(game => game.Value).ToList()
        where others.Count > 0
        select new Difference(
            games[0].Cell, quantity, games.Average(game => one[game]), others.Average(),
            [.. games.Where(other.ContainsKey).Select(game => other[game] - one[game])]);

    private static FindingTable Table(ComparedRun one, ComparedRun other, IReadOnlyList<Difference> rows)
    {
        var format = NumberFormat.Significant;
        return FindingTable.Of(
            $"{other.Folder} less {one.Folder}",
            rows,
            [
                .. TableColumn<Difference>.Swept(one.Record.Swept, row => row.Cell),
                TableColumn<Difference>.Name("what", row => row.Quantity),
                TableColumn<Difference>.Number(one.Folder, row => row.One, format, "the mean over all its games"),
                TableColumn<Difference>.Number(other.Folder, row => row.Other, format, "likewise"),
                TableColumn<Difference>.Of("difference", row => row.Of(Risk), format, "the mean over pairs, with its interval"),
                TableColumn<Difference>.Count("pairs", row => row.Pairs.Count, "games of the same cell and seed"),
                TableColumn<Difference>.Verdict("differs", row => row.Verdict(Risk), "whether the interval leaves out 0"),
            ]) with
        {
            Note = "Differences are between games of the same cell and seed, which share every draw that their settings have in common; "
                + "intervals (0.95) hold for each row by itself, so of twenty rows without a difference one may well say yes. Where "
                + "no seed is the same there is no difference to show, and one pair alone (–) has no interval: play more seeds "
                + "(experiment.seeds).",
        };
    }

    /// <summary>How a quantity differs in a cell.</summary>
    /// <param name="Cell">The cell's values of the swept columns.</param>
    /// <param name="Quantity">What is compared.</param>
    /// <param name="One">Its mean in the first run.</param>
    /// <param name="Other">Its mean in the other one.</param>
    /// <param name="Pairs">By pair of games, the other's less the first one's.</param>
    private sealed record Difference(
        IReadOnlyList<string> Cell, string Quantity, double One, double Other, IReadOnlyList<double> Pairs)
    {
        private Interval? Limits(double risk) => Pairs.Count > 1 ? MeanLimits.Of([.. Pairs], risk / 2) : null;

        /// <summary>The mean difference; null where no games pair.</summary>
        public FindingCell? Of(double risk) => Pairs.Count == 0 ? null
            : Limits(risk) is { } limits ? new IntervalCell(limits.Low, limits.High, Pairs.Average())
            : new NumberCell(Pairs.Average());

        /// <summary>Whether the difference is there for certain.</summary>
        public string Verdict(double risk) => Limits(risk) is not { } limits ? "–" : limits.Low > 0 || limits.High < 0 ? "yes" : "open";
    }
}
