using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Sweeps;

/// <summary><c>kind = play</c>: one game.</summary>
internal sealed class PlayKind : IExperimentKind
{
    public string Name => "play";

    public string Summary => "One game.";

    public bool IsSwept => false;

    public IReadOnlyList<TableSchema> Tables => [];

    public IExperiment Read(Section section) => new Play();

    public Findings Findings(RunDirectory run, RunRecord record) => SweepFindings.Of(RunTables.Read(run.Path, record.Swept));

    private sealed class Play : IExperiment
    {
        public IReadOnlyList<TableSchema> Tables => [];

        public RunCourse Plan(PlanRequest request) => new PlainCourse(request.Games, request.Tunings);
    }
}
