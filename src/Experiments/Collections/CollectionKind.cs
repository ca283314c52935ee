using System.Text.Json.Nodes;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments.Collections;

/// <summary><c>kind = collection</c>: other experiments, one after another.</summary>
internal sealed class CollectionKind : IExperimentKind
{
    public const string Key = "experiments";

    public string Name => "collection";

    public string Summary => "Other experiments, one after another.";

    public bool IsSwept => false;

    public IReadOnlyList<TableSchema> Tables => [ClaimTable.Schema];

    public IExperiment Read(Section section) => new Parts(
        [.. section.List(Key).Select(item => item is JsonValue ? item.ToString() : throw section.Wrong(Key, "a list of names or files"))]);

    public Findings Findings(RunDirectory run, RunRecord record)
    {
        var parts = (record.Parts ?? [])
            .Where(part => RunDirectory.IsRun(run.PathOf(part)) && RunTables.HasEpisodes(run.PathOf(part)))
            .Select(part => (Part: part, Run: RunDirectory.Open(run.PathOf(part))))
            .Select(part => (part.Part, Figure: SweepKind.FigureOf(part.Run, part.Run.Read())))
            .ToList();
        ClaimTable.Data([.. parts.SelectMany(part => part.Figure?.Claims ?? [])]).Write(run.Path, RunColumns.None);
        return CollectionFindings.Of(parts);
    }

    /// <param name="experiments">Names of experiments, or files.</param>
    public sealed class Parts(IReadOnlyList<string> experiments) : IExperiment
    {
        public IReadOnlyList<string> Experiments => experiments;

        public IReadOnlyList<TableSchema> Tables => [ClaimTable.Schema];

        public string? Demand => experiments.Count > 0 ? Key : null;

        /// <summary>A collection is run by its parts (<see cref="CollectionRun"/>); somebody asks for it as if it were one
        /// experiment.</summary>
        public RunCourse Plan(PlanRequest request) => throw new SettingException(
            "experiment.kind", $"is collection; choose one of its experiments: {string.Join(", ", experiments)}");
    }
}
