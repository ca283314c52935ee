using System.Numerics;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Gambit;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Population;

/// <summary>
/// <c>kind = population</c>: what strategies are paid in every division of the clients into them, and where populations tend to, for every
/// cell.
/// </summary>
internal sealed class PopulationKind : IExperimentKind
{
    /// <summary>The section, and the name of what is asked in run.json.</summary>
    private const string Key = "population";

    public string Name => Key;

    public string Summary => "What strategies are paid in every division of the clients into them, and where populations tend to.";

    public bool IsRepeated => true;

    public IReadOnlyList<TableSchema> Tables => PopulationSchemas.All;

    public IReadOnlyList<Column> PlayColumns => PopulationDesign.Declared;

    public IReadOnlyList<string> Files => ["game.nfg", "game-*.nfg"];

    public IExperiment Read(Section section) => new Divisions(PopulationSettings.Read(section.Sub(Key)));

    public Findings Findings(RunDirectory run, RunRecord record)
    {
        var report = PopulationReport.Read(run.Path, run.Question<PopulationDesign>(record, Key));
        PopulationFiles.Write(report, run.Path);
        return PopulationFindings.Of(report);
    }

    private sealed class Divisions(PopulationSettings population) : IExperiment
    {
        private IReadOnlyList<string> Strategies => [.. population.Strategies.Select(strategy => strategy.Name)];

        public IReadOnlyList<TableSchema> Tables => PopulationSchemas.All;

        public RunColumns Columns => PopulationSchemas.Columns([], Strategies);

        public (string Section, IEnumerable<string> Names)? Names => ("population.strategies", Strategies);

        public IEnumerable<(string Name, BigInteger Count)> Factors(Settings settings) => population.Strategies.Count > 0
            ? [("divisions of the clients", Compositions.Count(settings.Crowd.Clients, population.Strategies.Count))]
            : [];

        /// <summary>Every profile of every game, profiles outermost within a cell.</summary>
        public RunCourse Plan(PlanRequest request)
        {
            var (replicates, experiment) = (request.Games, request.Settings.Experiment);
            if (experiment is { Draws: > 1, SeedCount: > 1 })
            {
                throw new SettingException("experiment.draws", "and seeds are both above 1; a population repeats its games by one of them");
            }

            if (!JsonNode.DeepEquals(request.Configuration["clients"], ExperimentSources.Reference["clients"]))
            {
                throw new SettingException("clients", "is set, but in a population strategies come from experiment.population.strategies");
            }

            var sizes = replicates.Games.Select(game => game.Crowd.Clients).Distinct().ToList();
            if (sizes.Count > 1)
            {
                throw new SettingException(
                    "data.clients",
                    $"is {string.Join(" and ", sizes)} in cells of one population; a payoff table has one number of clients");
            }

            var strategies = population.Check("experiment.population", sizes[0], request.Catalog);
            var design = new PopulationDesign(
                [.. strategies.Select(strategy => strategy.Name)], sizes[0], population.Confidence, population.Tolerance,
                population.PopulationSize ?? 10 * sizes[0], population.Intensities, population.Starts,
                population.NfgProfiles, replicates.SweptPaths);
            CheckLabels(design, replicates);
            var games = replicates.Games.Zip(request.Tunings)
                .GroupBy(replicate => string.Join('\u001f', replicate.First.Swept))
                .SelectMany(cell => design.Profiles().SelectMany(counts => cell.Select((replicate, index) => (
                    Game: PopulationPlan.Game(
                        replicate.First, experiment.Draws > 1 ? index : 0, [.. strategies.Select(strategy => strategy.Choice)], counts),
                    Tuning: replicate.Second))))
                .ToList();
            return new Course(
                design,
                population.Cache,
                new ExperimentPlan(
                    replicates.Name,
                    [.. replicates.SweptPaths, .. PopulationDesign.Columns],
                    PopulationPlan.Numbered(games.Select(game => game.Game))),
                [.. games.Select(game => game.Tuning)]);
        }

        /// <summary>Gambit cannot read every name back, and its file is written when all is played.</summary>
        private static void CheckLabels(PopulationDesign design, ExperimentPlan replicates)
        {
            var labels = design.Strategies.Select(name => (Path: SettingPath.Join("experiment.population.strategies", name), Label: name))
                .Concat(replicates.Games.Select(game => (
                    Path: "experiment.population.nfg-profiles", Label: PopulationFiles.GambitTitle(game.Swept))));
            foreach (var (path, label) in labels.Where(
                name => PopulationFiles.HasGambitFile(design) && GambitFile.Label(name.Label) is null))
            {
                throw new SettingException(
                    path,
                    $"stands for '{label}' in a file for Gambit, which cannot read it: a backslash must not be at the end, before a quote, "
                    + "or before another one; use another name, or set experiment.population.nfg-profiles = 0");
            }
        }
    }

    private sealed class Course(PopulationDesign design, string? cache, ExperimentPlan plan, IReadOnlyList<StepSizeTuning?> tunings)
        : RunCourse(plan, tunings)
    {
        public override bool HasCache => cache is not null;

        public override IReadOnlyDictionary<string, object> Question => new Dictionary<string, object> { [Key] = design };

        public override Task<ExperimentResult> PlayAsync(RunContext context) =>
            new PopulationRun(context, GameCache.Open(cache, context.Catalog)).PlayAsync();
    }
}
