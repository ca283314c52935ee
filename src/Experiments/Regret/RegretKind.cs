using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Regret;

/// <summary><c>kind = regret</c>: the gains of deviating from a game's profile, alone and together, for every cell.</summary>
internal sealed class RegretKind : IExperimentKind
{
    /// <summary>The section, and the name of what is asked in run.json.</summary>
    public const string Key = "regret";

    public string Name => Key;

    public string Summary => "The gains of deviating from a game's profile, for every combination of a grid's values, variants and axes.";

    public bool HasSeeds => true;

    public string Repetition => " (a regret experiment repeats its games by regret.replicates)";

    public IReadOnlyList<TableSchema> Tables => [GainTable.Schema, CoalitionTable.Schema, .. DealsTable.All];

    public IReadOnlyList<Column> PlayColumns => RegretPlay.ColumnsOf(TriedColumns.All);

    public IExperiment Read(Section section) => new Deviations(RegretSettings.Read(section.Sub(Key)), RegretDeals.Read(section));

    public Findings Findings(RunDirectory run, RunRecord record)
    {
        var report = RegretReport.Read(run.Path, run.Question<RegretDesign>(record, Key), record.Swept);
        report.Write(run.Path);
        return RegretFindings.Of(report);
    }

    private sealed class Deviations(RegretSettings settings, bool hasDeals) : IExperiment
    {
        public IReadOnlyList<TableSchema> Tables => [.. settings.Tables, .. hasDeals ? DealsTable.All : []];

        public RunColumns Columns => new()
        {
            Play = RegretPlay.ColumnsOf(settings.Tried),
            Wanted = [.. settings.Wanted, .. hasDeals ? [RegretDeals.SeedsKey] : (string[])[]],
        };

        public RunCourse Plan(PlanRequest request)
        {
            ReportDeviations.Check(settings.Reports, request.Catalog);
            var profiles = request.Games;
            var design = settings.Design(profiles.Games.Select(game => (
                Sweep.Label(profiles.SweptPaths, game.Swept), (IReadOnlyList<string>)game.Swept, game)));
            if (hasDeals)
            {
                design = RegretDeals.Of(design, profiles.Games);
            }

            settings.CheckCount(request.Settings.Experiment, design);
            var games = profiles.Games.Select(game => game with { Episodes = 1, Swept = settings.Nobody(game.Swept) });
            string[] columns = [.. profiles.SweptPaths, .. RegretPlay.NamesOf(settings.Tried)];
            return new Course(design, RegretPlan.Numbered(profiles.Name, columns, games, 0), request.Tunings);
        }
    }

    private sealed class Course(RegretDesign design, ExperimentPlan plan, IReadOnlyList<StepSizeTuning?> tunings) : RunCourse(plan, tunings)
    {
        public override IEnumerable<(GameDefinition Game, long Count)> Plays =>
            Plan.Games.Zip(design.Blocks, (game, block) => (game, (long)(design with { Blocks = [block] }).FirstGames));

        public override bool MayPlayMore => true;

        public override bool WritesTerms => false;

        public override IReadOnlyDictionary<string, object> Question => new Dictionary<string, object> { [Key] = design };

        public override Task<ExperimentResult> PlayAsync(RunContext context) => new RegretRun(context, design, context.Plan).PlayAsync();
    }
}
