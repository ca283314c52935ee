using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Collections;
using FLCrowd.Experiments.Dynamics;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Population;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Runs;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments.Rendering;

/// <summary>What a run found, made from its tables and its record.</summary>
internal static class Report
{
    /// <summary>Makes the findings again, and the files that follow from the tables, and has the findings rendered; for a collection those
    /// of its
    /// parts, too.</summary>
    /// <returns>What came out.</returns>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    /// <exception cref="DiskException">A file cannot be written.</exception>
    public static Findings Write(string directory, IRunObserver observer) => Write(directory, observer, out _);

    /// <summary>What came out, and the files that follow from the tables.</summary>
    /// <inheritdoc cref="Write(string, IRunObserver)"/>
    public static RunSummary Derive(string directory)
    {
        var run = RunDirectory.Open(directory);
        var record = run.Read();
        var summary = record.Population is { } population
            ? new RunSummary(record.Swept, []) { Population = PopulationReport.Read(directory, population) }
            : record.Dynamics is { } swept ? Of(DynamicsReport.Read(directory, swept, record.Regret, record.Swept), record)
            : record.Regret is { } design ? new RunSummary(record.Swept, [], RegretReport.Read(directory, design, record.Swept))
            : RunTables.Read(directory, record.Swept);
        if (summary.Regret is { } measured)
        {
            measured.WriteCsv(directory);
            CoalitionTables.WriteCsv(measured, directory);
        }

        if (summary.Population is { } played)
        {
            PopulationFiles.Write(played, directory);
        }

        if ((record.Configuration["experiment"] as JsonObject)?["figure"] is { } drawn
            && HoconWriter.Inline(drawn) is var figure && figure != "none" && summary.Cells.Count > 0)
        {
            summary = summary with { Figure = FigureFiles.Write(figure, run, record) };
        }

        return summary;
    }

    /// <summary>What came out, as data for people and programs.</summary>
    public static Findings Of(RunSummary summary) => summary switch
    {
        { Population: { } population } => PopulationFindings.Of(population),
        { Dynamics: { } dynamics } => DynamicsFindings.Of(dynamics),
        { Regret: { } regret } => RegretFindings.Of(regret),
        { Figure: { } figure } => FigureFindings.Of(summary, figure),
        _ => SweepFindings.Of(summary),
    };

    private static Findings Write(string directory, IRunObserver observer, out FigureResult? figure)
    {
        var run = RunDirectory.Open(directory);
        var record = run.Read();
        Findings findings;
        if (record.Parts is { } parts)
        {
            figure = null;
            findings = Collected(run, parts, observer);
        }
        else
        {
            var summary = Derive(directory);
            figure = summary.Figure;
            findings = Of(summary);
        }

        findings = findings with { Asked = record.Asked };
        observer.Render(run, record, findings);
        return findings;
    }

    private static Findings Collected(RunDirectory run, IReadOnlyList<string> parts, IRunObserver observer)
    {
        var made = new List<(string Part, FigureResult? Figure)>();
        foreach (var part in parts.Where(part => RunDirectory.IsRun(run.PathOf(part)) && RunTables.HasEpisodes(run.PathOf(part))))
        {
            Write(run.PathOf(part), observer, out var figure);
            made.Add((part, figure));
        }

        FigureFiles.WriteCsv(run.PathOf(ClaimTables.File), ClaimTables.Data([.. made.SelectMany(part => part.Figure?.Claims ?? [])]));
        return CollectionFindings.Of(made);
    }

    private static RunSummary Of(DynamicsReport dynamics, RunRecord record) =>
        new(record.Swept, [], dynamics.Regret) { Dynamics = dynamics };
}
