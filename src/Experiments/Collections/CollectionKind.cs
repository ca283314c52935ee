using System.Text.Json.Nodes;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
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

    public RunSummary Report(RunDirectory run, RunRecord record) => CollectionReport.Write(run, record, record.Parts ?? []);

    /// <param name="experiments">Names of experiments, or files.</param>
    public sealed class Parts(IReadOnlyList<string> experiments) : IExperiment
    {
        public IReadOnlyList<string> Experiments => experiments;

        public IReadOnlyList<TableSchema> Tables => [ClaimTable.Schema];

        public string? Demand => experiments.Count > 0 ? Key : null;

        /// <summary>A collection is run by its parts (<see cref="CollectionRun"/>); somebody asks for it as if it were one experiment.</summary>
        public RunCourse Plan(PlanRequest request) => throw new SettingException(
            "experiment.kind", $"is collection; choose one of its experiments: {string.Join(", ", experiments)}");
    }
}
