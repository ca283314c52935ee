using System.Globalization;
using System.Text;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Host.Rendering;

/// <summary>What the template of the report shows: texts only.</summary>
internal sealed record ReportPage(
    string Name,
    string? Asked,
    string Policy,
    string Style,
    IReadOnlyList<string> Scripts,
    IReadOnlyList<string> Facts,
    string? Alert,
    IReadOnlyList<string> Remarks,
    IReadOnlyList<PageBlock> Blocks,
    IReadOnlyList<Term> Glossary,
    string Command,
    IReadOnlyList<Term> Versions,
    string Configuration)
{
    /// <param name="record">The run.</param>
    /// <param name="findings">What it found.</param>
    /// <param name="drawn">Its plots.</param>
    public static ReportPage Of(RunRecord record, Findings findings, IReadOnlyDictionary<FindingPlot, DrawnPlot> drawn) => new(
        record.Experiment,
        findings.Asked,
        PageParts.Policy,
        PageParts.Style,
        PageParts.Scripts,
        FactsOf(record),
        record.Status == RunStatus.Completed ? null : Incomplete(record),
        [.. record.Tunings],
        BlocksOf(record, findings, drawn),
        findings.Glossary,
        record.Command,
        VersionsOf(record.Versions),
        HoconWriter.Text(new() { [ExperimentSources.Root] = record.Configuration.DeepClone() }));

    /// <summary>What was found, part by part.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<PageBlock> BlocksOf(
        RunRecord record, Findings findings, IReadOnlyDictionary<FindingPlot, DrawnPlot> drawn) =>
        [.. record.FailedGames.Count > 0 ? (PageBlock[])[PageBlock.Of(SweepFindings.Failed(record))] : [], .. BlocksOf(findings, drawn)];

    private static IEnumerable<PageBlock> BlocksOf(Findings findings, IReadOnlyDictionary<FindingPlot, DrawnPlot> drawn)
    {
        PageBlock? halves = null;
        foreach (var item in findings.Items.Where(item => item.Shown.HasFlag(Shown.InReport)))
        {
            if (item is FindingPlot { IsHalf: true } half && halves is not null)
            {
                halves = halves with { Plots = [.. halves.Plots, PagePlot.Of(half, drawn)] };
                continue;
            }

            if (halves is not null)
            {
                yield return halves;
                halves = null;
            }

            var block = item switch
            {
                FindingSection section => new PageBlock("section", section.Title),
                FindingNote note => new PageBlock("note", PageBlock.Unbroken(note.Text)) { Link = note.Link },
                FindingTable table => PageBlock.Of(table),
                FindingPlot plot => new PageBlock("plots", "") { IsHalf = plot.IsHalf, Plots = [PagePlot.Of(plot, drawn)] },
                _ => throw new InvalidOperationException($"a report cannot show {item.GetType().Name}"),
            };
            if (block.IsHalf)
            {
                halves = block;
            }
            else
            {
                yield return block;
            }
        }

        if (halves is not null)
        {
            yield return halves;
        }
    }

    private static IReadOnlyList<string> FactsOf(RunRecord record) =>
    [
        record.Started.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture),
        $"seed {record.Seed.ToString(CultureInfo.InvariantCulture)}",
        $"{Numbers.Count(record.Games)} {(record.Games == 1 ? "game" : "games")}",
        $"{Numbers.Count(record.EpisodesRecorded)} {(record.EpisodesRecorded == 1 ? "episode" : "episodes")}",
        $"{Numbers.Count(record.ClientUpdates)} client updates",
        $"{Numbers.Duration(record.Seconds)}",
        $"{Numbers.Rate(record.UpdatesPerSecond)} updates/s",
    ];

    private static string Incomplete(RunRecord record)
    {
        var recorded = $"{Numbers.Count(record.EpisodesRecorded)} of {Numbers.Count(record.EpisodesPlanned)} episodes are recorded.";
        return record.Status switch
        {
            RunStatus.Failed => $"The run failed: {record.Failure} {recorded}",
            RunStatus.Interrupted => $"The run was interrupted: {recorded}",
            _ => "The run has not ended, or its process was killed: what is shown may be a part of it.",
        };
    }

    private static IReadOnlyList<Term> VersionsOf(RunVersions versions) =>
    [
        new("FLCrowd", $"{versions.Program}{(versions.Build is { } build ? $", build {build.Checksum[..12]}" : "")}"),
        new(".NET", versions.DotNet),
        new("TorchSharp", versions.TorchSharp ?? "not used"),
        new("Machine", $"{versions.OperatingSystem}, {versions.Architecture}, {versions.Cores} cores"),
    ];
}

/// <summary>A part of the page.</summary>
/// <param name="Kind">Which: section, note, plots, table.</param>
/// <param name="Text">Its heading, or its words.</param>
internal sealed record PageBlock(string Kind, string Text)
{
    public string? Link { get; init; }

    public bool IsHalf { get; init; }

    public IReadOnlyList<PagePlot> Plots { get; init; } = [];

    public IReadOnlyList<PageColumn> Columns { get; init; } = [];

    public IReadOnlyList<PageRow> Rows { get; init; } = [];

    public string Note { get; init; } = "";

    public static PageBlock Of(FindingTable table)
    {
        string[] classes = [.. table.Columns.Select(column => column.Role == ColumnRole.Number ? "" : "word")];
        var rows = new List<PageRow>();
        string? group = null;
        for (int row = 0; row < table.Rows.Count; row++)
        {
            // A line above each new cell of a sweep, where a cell has several rows.
            var texts = Enumerable.Range(0, table.Columns.Count).Select(column => table.Text(row, column)).ToList();
            var cell = string.Join('\n', texts.Take(table.Names - 1));
            rows.Add(new PageRow(
                table.Names > 1 && group is not null && cell != group,
                [.. texts.Select((text, column) => PageCell.Of(table.Rows[row][column], text, classes[column]))]));
            group = cell;
        }

        return new PageBlock("table", table.Title)
        {
            Columns = [.. table.Columns.Select((column, index) => new PageColumn(column.Name, classes[index], Meaning(column)))],
            Rows = rows,
            Note = Unbroken(table.Notes),
        };
    }

    /// <summary>No line of a paragraph ends within a number and what belongs to it.</summary>
    public static string Unbroken(string text) =>
        text.Replace(" %", "\u00a0%", StringComparison.Ordinal).Replace(" ± ", "\u00a0±\u00a0", StringComparison.Ordinal);

    private static string Meaning(FindingColumn column) =>
        string.Join(", ", new[] { column.Meaning, column.Unit.Length > 0 ? $"in {column.Unit}" : "" }.Where(part => part.Length > 0));
}

/// <summary>A plot of the page.</summary>
/// <param name="Name">Of its files.</param>
/// <param name="Caption">Below it.</param>
/// <param name="Svg">Its picture, in base 64.</param>
/// <param name="Chart">The numbers of its chart, as JSON; null: there is only the picture.</param>
internal sealed record PagePlot(string Name, string Caption, string Svg, string? Chart)
{
    public static PagePlot Of(FindingPlot plot, IReadOnlyDictionary<FindingPlot, DrawnPlot> drawn) =>
        new(
            plot.Name,
            PageBlock.Unbroken(plot.Caption),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(drawn[plot].Svg)),
            drawn[plot].Chart);
}

/// <summary>A column's heading.</summary>
internal sealed record PageColumn(string Name, string Class, string Meaning);

/// <summary>A row.</summary>
internal sealed record PageRow(bool IsFirst, IReadOnlyList<PageCell> Cells);

/// <summary>A cell.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Class">How it looks.</param>
/// <param name="Value">What it is sorted by; empty: by its text.</param>
internal sealed record PageCell(string Text, string Class, string Value)
{
    public static PageCell Of(FindingCell cell, string text, string role) => new(
        text,

        // A sentence may take several lines; a number may not.
        cell is TextCell && text.Length > 50 ? $"{role} long" : role,
        NumberOf(cell) is { } number && double.IsFinite(number) ? number.ToString(CultureInfo.InvariantCulture) : "");

    private static double? NumberOf(FindingCell cell) => cell switch
    {
        NumberCell number => number.Value,
        MeanCell mean => mean.Mean,
        IntervalCell interval => interval.Value ?? interval.Low + (interval.High - interval.Low) / 2,
        _ => null,
    };
}
