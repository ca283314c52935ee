using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments.Figures;

/// <summary>
/// <c>kind = sweep</c>: one game for every cell, seed and draw; drawn and judged as a figure of the paper where <c>experiment.figure</c>
/// names one.
/// </summary>
internal sealed class SweepKind : IExperimentKind
{
    private const string Key = "figure";
    private const string None = "none";

    public string Name => "sweep";

    public string Summary => "One game for every combination of a grid's values, variants, axes and seeds.";

    public bool IsRepeated => true;

    public IReadOnlyList<TableSchema> Tables => [ClaimTable.Schema, .. PaperFigures.Tables];

    public IExperiment Read(Section section)
    {
        var name = section.Text(Key);
        return name == None || PaperFigures.Names.Contains(name)
            ? new SweptGames(name == None ? null : name)
            : throw section.Wrong(Key, $"{None} | {string.Join(" | ", PaperFigures.Names)}");
    }

    public Findings Findings(RunDirectory run, RunRecord record)
    {
        var summary = RunTables.Read(run.Path, record.Swept);
        return FigureOf(run, record) is { } figure ? FigureFindings.Of(summary, figure) : SweepFindings.Of(summary);
    }

    /// <summary>The figure that a run is drawn as, made from its tables, which writes its data; null: none, or nothing was
    /// played.</summary>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static FigureResult? FigureOf(RunDirectory run, RunRecord record) =>
        NameOf(record) is { } figure && RunTables.HasEpisodes(run.Path) ? FigureFiles.Write(figure, run, record) : null;

    private static string? NameOf(RunRecord record) =>
        (record.Configuration["experiment"] as JsonObject)?[Key] is { } drawn && HoconWriter.Inline(drawn) is var figure && figure != None
            ? figure
            : null;

    /// <param name="figure">The figure of the paper that its tables are drawn and judged as; null: none.</param>
    private sealed class SweptGames(string? figure) : IExperiment
    {
        public IReadOnlyList<TableSchema> Tables => figure is null ? [] : [PaperFigures.TableOf(figure), ClaimTable.Schema];

        public string? Demand => figure is null ? null : Key;

        public RunCourse Plan(PlanRequest request)
        {
            if (figure is not null)
            {
                _ = PaperFigures.Find(figure, request.Games.SweptPaths);
            }

            // Each game is a result by itself.
            return new PlainCourse(
                new ExperimentPlan(request.Games.Name, request.Games.SweptPaths, request.Games.Games) { GoesOn = true }, request.Tunings);
        }
    }
}
