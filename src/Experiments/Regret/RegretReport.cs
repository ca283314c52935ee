using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>What a regret experiment found, from the tables of its run.</summary>
/// <param name="Design">What was asked.</param>
/// <param name="Swept">The columns of variants and grid.</param>
/// <param name="Blocks">What was found, block by block.</param>
internal sealed record RegretReport(RegretDesign Design, IReadOnlyList<string> Swept, IReadOnlyList<RegretResult> Blocks)
{
    /// <summary>Whether all gains follow from a closed form, so that no deviation was played.</summary>
    public bool IsExact { get; init; }

    /// <summary>Gains of the deviations that were played in closed form, by block; empty where there are none.</summary>
    public IReadOnlyDictionary<RegretBlock, RegretResult> Expected { get; init; } = new Dictionary<RegretBlock, RegretResult>();

    /// <summary>What a deviation gains in closed form; null where that is not known.</summary>
    public DeviationGain? ExpectedOf(RegretBlock block, Deviation deviation) =>
        Expected.GetValueOrDefault(block)?.Gains.FirstOrDefault(gain => gain.Deviation == deviation);

    /// <summary>A client's regret in closed form; null where the gain of some deviation is not known.</summary>
    public double? ExpectedRegret(RegretResult block, int client)
    {
        var gains = block.Gains.Where(gain => gain.Deviation.Client == client)
            .Select(gain => ExpectedOf(block.Block, gain.Deviation)?.Mean).ToList();
        return gains.TrueForAll(gain => gain is not null) ? Math.Max(0, gains.Max()!.Value) : null;
    }

    /// <summary>What was tried beside e, D and gamma.</summary>
    public TriedColumns Tried { get; init; }

    /// <summary>Whether profiles were measured on several deals.</summary>
    public bool HasDeals => Design.Blocks.Any(block => block.Deal is not null);

    /// <summary>What they say together, profile by profile; those of which fewer than two deals say anything are left out.</summary>
    public IReadOnlyList<DealsResult> AcrossDeals => HasDeals
        ? [.. Blocks.GroupBy(block => string.Join('\u001f', block.Block.Values))
            .Select(deals => DealsAnalysis.Of(Design, [.. deals])).OfType<DealsResult>()]
        : [];

    /// <summary>The columns of its tables that are its own.</summary>
    public RunColumns Columns => new()
    {
        Swept = RunColumns.Texts(Swept),
        Wanted = [.. Tried.Wanted, .. HasDeals ? [RegretDeals.SeedsKey] : (string[])[]],
    };

    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    /// <param name="directory">The run's folder.</param>
    /// <param name="design">What was asked.</param>
    /// <param name="columns">The tables' columns for variants, grid and deviations.</param>
    /// <param name="hidden">How many columns before those of deviations are not for people.</param>
    /// <param name="exact">The gains of blocks where they are known in closed form; null: they were played.</param>
    public static RegretReport Read(
        string directory, RegretDesign design, IReadOnlyList<string> columns, int hidden = 0, Func<RegretBlock, ExactGains?>? exact = null)
    {
        var tried = TriedColumns.In(columns);
        bool hasDeals = design.Blocks.Any(block => block.Deal is not null);
        var plays = new Dictionary<int, RegretPlay>();
        foreach (var row in CsvRows.Of(directory, EpisodeTable.Schema))
        {
            plays[row[EpisodeTable.Episode]] = RegretPlay.Parse([.. columns.Select(row.Text)], tried) with
            {
                Deal = hasDeals ? row[EpisodeTable.Seed] : null,
            };
        }

        var samples = new RegretSamples(design);
        foreach (var row in CsvRows.Of(directory, ClientTable.Schema))
        {
            samples.Add(plays[row[ClientTable.Episode]], row[ClientTable.Client], row[ClientTable.Payoff], row[ClientTable.Cost]);
        }

        return new RegretReport(
            design,
            [.. columns.SkipLast(hidden + RegretPlay.ColumnsOf(tried).Count)],
            [.. design.Blocks.Select(block => exact?.Invoke(block) is { } gains
                ? ExactRegret.Of(design, block, gains, samples.Of(block))
                : RegretAnalysis.Of(design, block, samples.Of(block)))])
        {
            IsExact = exact is not null,
            Expected = exact is null ? ExpectedGains.Of(directory, design, plays) : new Dictionary<RegretBlock, RegretResult>(),
            Tried = tried,
        };
    }

    /// <summary>Writes what was found as tables for programs.</summary>
    /// <exception cref="Actors.Recording.DiskException">One cannot be written.</exception>
    public void Write(string directory)
    {
        GainTable.Write(this, directory);
        CoalitionTable.Write(this, directory);
        DealsTable.Write(this, directory);
    }
}
