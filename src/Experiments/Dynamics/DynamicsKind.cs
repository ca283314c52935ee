using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>
/// <c>kind = dynamics</c>: what clients come to do when they learn or get best responses, and the regret of it, for every cell.
/// </summary>
internal sealed class DynamicsKind : IExperimentKind
{
    /// <summary>The section, and the name of the swept columns in run.json.</summary>
    private const string Key = "dynamics";

    public string Name => Key;

    public string Summary => "What clients come to do when they learn or get best responses, and the regret of that.";

    public IReadOnlyList<TableSchema> Tables => [RevisionTable.Schema, ExactGainsTable.Schema, GainTable.Schema, CoalitionTable.Schema];

    public IReadOnlyList<Column> PlayColumns => DynamicsDesign.Declared;

    public IExperiment Read(Section section)
    {
        var settings = DynamicsSettings.Read(section.Sub(Key));
        var regret = RegretSettings.Read(section.Sub(RegretKind.Key));
        if (settings.IsExact && ReportDeviations.IsStandard(regret.Reports))
        {
            regret = regret with { Reports = [] };
        }

        if (settings.IsExact && regret.Tried.Report)
        {
            throw new SettingException(
                RegretSettings.ReportsKey,
                "has reports that change, but experiment.dynamics.payoffs = exact is a closed form of those that do not; must be none, or "
                + "standard, which is left out");
        }

        return settings.IsExact && regret.Tried.Attendance
            ? throw new SettingException(
                RegretSettings.AttendancesKey,
                "has somebody stay away from rounds, but experiment.dynamics.payoffs = exact is a closed form of clients who come to all; "
                + "must be [1], without coalitions of another attendance")
            : new Revisions(settings, regret);
    }

    public Findings Findings(RunDirectory run, RunRecord record)
    {
        var report = DynamicsReport.Read(
            run.Path,
            run.Question<IReadOnlyList<string>>(record, Key),
            record.Question?.ContainsKey(RegretKind.Key) == true ? run.Question<RegretDesign>(record, RegretKind.Key) : null,
            record.Swept);
        report.Regret?.Write(run.Path);
        return DynamicsFindings.Of(report);
    }

    private sealed class Revisions(DynamicsSettings settings, RegretSettings regret) : IExperiment
    {
        public IReadOnlyList<TableSchema> Tables =>
            [RevisionTable.Schema, .. settings.IsExact ? [ExactGainsTable.Schema] : (TableSchema[])[], .. regret.Tables];

        public RunColumns Columns => new()
        {
            Play = [.. DynamicsDesign.Declared, .. RegretPlay.ColumnsOf(regret.Tried)],
            Wanted = regret.Wanted,
        };

        public RunCourse Plan(PlanRequest request)
        {
            ReportDeviations.Check(regret.Reports, request.Catalog);
            var profiles = request.Games;
            regret.CheckCount(
                request.Settings.Experiment,
                regret.Design(profiles.Games.Select(game => ("", (IReadOnlyList<string>)game.Swept, game))));
            var games = profiles.Games.Select(game => game with
            {
                Episodes = settings.Method == DynamicsMethod.Learning ? game.Episodes : 1,
                FirstEpisode = settings.Method == DynamicsMethod.Learning ? game.FirstEpisode : game.Game,
                Swept = regret.Nobody(DynamicsDesign.Values(game.Swept, DynamicsPhase.Play, "")),
            });
            string[] columns = [.. profiles.SweptPaths, .. DynamicsDesign.Columns, .. RegretPlay.NamesOf(regret.Tried)];
            return new Course(
                new DynamicsDesign(settings, request.Settings.Experiment.Revision, regret, profiles.SweptPaths),
                new ExperimentPlan(profiles.Name, columns, [.. games]),
                request.Tunings);
        }
    }

    private sealed class Course(
        DynamicsDesign design, ExperimentPlan plan, IReadOnlyList<StepSizeTuning?> tunings)
        : RunCourse(plan, tunings)
    {
        public override bool MayPlayMore => true;

        public override IReadOnlyDictionary<string, object> Question => new Dictionary<string, object> { [Key] = design.Swept };

        public override void Check(PluginCatalog catalog) => design.Check(Plan, catalog);

        public override Task<ExperimentResult> PlayAsync(RunContext context) => new DynamicsRun(context, design).PlayAsync();
    }
}
