using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Regret;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>What a dynamics experiment found, from the tables of its run.</summary>
/// <param name="Swept">The columns of variants and grid.</param>
/// <param name="Blocks">What was found, block by block.</param>
/// <param name="Regret">The regret of the profiles reached; null where it was not measured.</param>
internal sealed record DynamicsReport(IReadOnlyList<string> Swept, IReadOnlyList<DynamicsBlock> Blocks, RegretReport? Regret)
{
    /// <summary>Whether expected losses and pay of what was reached are known in closed form.</summary>
    public bool IsExpected => Blocks.Any(block => block.Reached.ExpectedLoss is not null);

    /// <param name="directory">The run's folder.</param>
    /// <param name="swept">The columns of variants and grid.</param>
    /// <param name="design">What regret was measured; null: none.</param>
    /// <param name="columns">All swept columns of the tables.</param>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static DynamicsReport Read(string directory, IReadOnlyList<string> swept, RegretDesign? design, IReadOnlyList<string> columns)
    {
        var regret = design is null ? null : RegretReport.Read(
            directory, design, columns, DynamicsDesign.Columns.Count,
            Exact(ExactGainsTable.Read(directory, row => Key(swept.Select(row.Text)))));
        var (asked, reached) = (Played(DynamicsPhase.Asked), Played(DynamicsPhase.Regret));
        var blocks = RevisionTable.Read(directory, swept)
            .GroupBy(row => Key(row.Cell))
            .Select(rows => new DynamicsBlock(
                rows.First().Cell,
                [.. rows],
                reached.GetValueOrDefault(rows.Key) ?? PlayedQuality.Of(rows.Last()),
                asked.GetValueOrDefault(rows.Key),
                regret?.Blocks.FirstOrDefault(
                    block => block.Clients.Count > 0 && block.Block.Values.Take(swept.Count).SequenceEqual(rows.First().Cell))));
        return new DynamicsReport(swept, [.. blocks], regret);

        IReadOnlyDictionary<string, PlayedQuality> Played(DynamicsPhase phase) =>
            PlayedQuality.Read(directory, phase, row => Key(swept.Select(row.Text)));
    }

    private static Func<RegretBlock, ExactGains?>? Exact(IReadOnlyDictionary<string, ExactGains>? gains) => gains is null
        ? null
        : block => gains.GetValueOrDefault(Key(block.Values.SkipLast(DynamicsDesign.Columns.Count)));

    private static string Key(IEnumerable<string> cell) => string.Join('\u001f', cell);
}

/// <summary>The dynamics of one cell.</summary>
/// <param name="Cell">Its values of the swept columns.</param>
/// <param name="Revisions">One per revision, at least one.</param>
/// <param name="Reached">What comes of the profile reached.</param>
/// <param name="Asked">What comes of everybody doing as asked, in the same draws; null where it was not played.</param>
/// <param name="Regret">The regret of the profile reached; null where it was not measured.</param>
internal sealed record DynamicsBlock(
    IReadOnlyList<string> Cell, IReadOnlyList<RevisionRow> Revisions, PlayedQuality Reached, PlayedQuality? Asked, RegretResult? Regret)
{
    public RevisionRow Last => Revisions[^1];

    /// <summary>The largest regret of a measured client, in money: what the profile reached is an epsilon-equilibrium with; null where it
    /// was not measured.</summary>
    public double? Epsilon => Regret?.Epsilon;

    /// <summary>The interval that it lies in.</summary>
    public Interval? EpsilonLimits => Regret?.EpsilonLimits;
}
