using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Host.Dynamics;
using FLCrowd.Host.Figures;
using FLCrowd.Host.Population;
using FLCrowd.Host.Regret;

namespace FLCrowd.Host.Configuration;

/// <summary>What to run, complete and checked.</summary>
/// <param name="Plan">The games; of a regret experiment, its profiles, from which <see cref="RegretRun"/> makes games as it goes.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Configuration">The whole configuration that the games came from.</param>
/// <param name="Process">How much of the machine to use.</param>
/// <param name="Regret">For a regret experiment: what is asked; null for others.</param>
internal sealed record PreparedRun(
    ExperimentPlan Plan, ulong Seed, JsonObject Configuration, ProcessSettings Process, RegretDesign? Regret = null)
{
    /// <summary>For a dynamics experiment: how it is carried out; null for others.</summary>
    public DynamicsDesign? Dynamics { get; init; }

    /// <summary>For a population experiment: how it is carried out; null for others.</summary>
    public PopulationDesign? Population { get; init; }

    /// <summary>Where a population experiment keeps its games; null: nowhere.</summary>
    public string? GameCache { get; init; }

    /// <summary>Games that it begins with; regret and dynamics play more as their questions need.</summary>
    public int FirstGames => Regret is null ? Plan.Games.Count : (int)Regret.FirstGames;

    /// <summary>Their episodes.</summary>
    public int FirstEpisodes => Regret is null ? Plan.Episodes : (int)Regret.FirstGames;

    /// <summary>For every game: how its step size is found before it is played; null where it is given.</summary>
    public IReadOnlyList<StepSizeTuning?> Tunings { get; init; } = [];
}

/// <summary>Makes games out of a configuration.</summary>
internal static class PlanBuilder
{
    /// <exception cref="SettingException">Anything in any game is wrong.</exception>
    public static PreparedRun Build(string name, JsonObject tree, PluginCatalog catalog)
    {
        var settings = Settings.Read(tree, catalog);
        if (settings.Experiment.Kind == ExperimentKind.Collection)
        {
            throw new SettingException("experiment.kind", $"is collection; choose one of its experiments: {string.Join(", ", settings.Experiment.Experiments)}");
        }

        GameCount.Check(settings);
        var kind = settings.Experiment.Kind;
        bool repeats = kind is ExperimentKind.Sweep or ExperimentKind.Population;
        if (settings.Experiment.Figure is { } figure)
        {
            _ = PaperFigures.Find(figure, Sweep.Columns(settings.Experiment));
        }

        var cells = kind == ExperimentKind.Play ? [new Cell([], tree)] : Sweep.Cells(tree, settings.Experiment);
        var seeds = repeats ? [.. settings.Experiment.SeedsFrom(settings.Seed)] : (IReadOnlyList<ulong>)[settings.Seed];

        var games = new List<GameDefinition>();
        var tunings = new List<StepSizeTuning?>();
        int episodes = 0;
        foreach (var cell in cells)
        {
            var variant = ReadCell(cell, catalog, seeds[0]);
            foreach (ulong seed in seeds)
            {
                for (int draw = 0; draw < settings.Experiment.Draws; draw++)
                {
                    var game = Game(variant, cell, seed, games.Count, episodes);
                    episodes += game.Episodes;
                    games.Add(settings.Experiment.Draws == 1 ? game : game with { DrawSeed = new Seed(seed).For("draw", draw).Value });
                    tunings.Add(variant.Tuning);
                }
            }
        }

        var columns = Sweep.Columns(settings.Experiment);
        var plan = new ExperimentPlan(name, columns, games) { GoesOn = kind == ExperimentKind.Sweep };
        var run = kind switch
        {
            ExperimentKind.Regret => Regret(plan, settings, tree),
            ExperimentKind.Dynamics => Dynamics(plan, settings, tree),
            ExperimentKind.Population => Population(plan, tunings, settings, tree, catalog),
            _ => new PreparedRun(plan, settings.Seed, tree, settings.Process),
        };
        return kind == ExperimentKind.Population ? run : run with { Tunings = tunings };
    }

    /// <summary>Every profile of every game, profiles outermost within a cell.</summary>
    private static PreparedRun Population(
        ExperimentPlan replicates, List<StepSizeTuning?> tunings, Settings settings, JsonObject tree, PluginCatalog catalog)
    {
        var population = settings.Experiment.Population;
        if (!JsonNode.DeepEquals(tree["clients"], Experiments.Reference["clients"]))
        {
            throw new SettingException("clients", "is set, but in a population strategies come from experiment.population.strategies");
        }

        var sizes = replicates.Games.Select(game => game.Crowd.Clients).Distinct().ToList();
        if (sizes.Count > 1)
        {
            throw new SettingException("data.clients", $"is {string.Join(" and ", sizes)} in cells of one population; a payoff table has one number of clients");
        }

        var strategies = population.Check("experiment.population", sizes[0], catalog);
        var design = new PopulationDesign(
            [.. strategies.Select(strategy => strategy.Name)], sizes[0], population.Confidence, population.Tolerance, population.PopulationSize ?? 10 * sizes[0],
            population.Intensities, population.Starts, population.NfgProfiles, replicates.SweptPaths);
        CheckLabels(design, replicates);
        var games = replicates.Games.Zip(tunings)
            .GroupBy(replicate => string.Join('\u001f', replicate.First.Swept))
            .SelectMany(cell => design.Profiles().SelectMany(counts => cell.Select((replicate, index) => (
                Game: PopulationPlan.Game(
                    replicate.First, settings.Experiment.Draws > 1 ? index : 0, [.. strategies.Select(strategy => strategy.Choice)], counts),
                Tuning: replicate.Second))))
            .ToList();
        var plan = new ExperimentPlan(
            replicates.Name, [.. replicates.SweptPaths, .. PopulationDesign.Columns], PopulationPlan.Numbered(games.Select(game => game.Game)));
        return new PreparedRun(plan, settings.Seed, tree, settings.Process)
        {
            Population = design,
            GameCache = population.Cache,
            Tunings = [.. games.Select(game => game.Tuning)],
        };
    }

    /// <summary>Gambit cannot read every name back, and its file is written when all is played.</summary>
    private static void CheckLabels(PopulationDesign design, ExperimentPlan replicates)
    {
        var labels = design.Strategies.Select(name => (Path: SettingPath.Join("experiment.population.strategies", name), Label: name))
            .Concat(replicates.Games.Select(game => (Path: "experiment.population.nfg-profiles", Label: PopulationFiles.GambitTitle(game.Swept))));
        foreach (var (path, label) in labels.Where(name => PopulationFiles.HasGambitFile(design) && GambitFile.Label(name.Label) is null))
        {
            throw new SettingException(
                path,
                $"stands for '{label}' in a file for Gambit, which cannot read it: a backslash must not be at the end, before a quote, or before another one; "
                + "use another name, or set experiment.population.nfg-profiles = 0");
        }
    }

    private static PreparedRun Dynamics(ExperimentPlan profiles, Settings settings, JsonObject tree)
    {
        var experiment = settings.Experiment;
        GameCount.Check(experiment, experiment.Regret.Design(profiles.Games.Select(game => ("", (IReadOnlyList<string>)game.Swept, game.Crowd))));
        var games = profiles.Games.Select(game => game with
        {
            Episodes = experiment.Dynamics.Method == DynamicsMethod.Learning ? game.Episodes : 1,
            FirstEpisode = experiment.Dynamics.Method == DynamicsMethod.Learning ? game.FirstEpisode : game.Game,
            Swept = new RegretPlay(DynamicsDesign.Values(game.Swept, DynamicsPhase.Play, ""), 0, null).Values,
        });
        return new PreparedRun(
            new ExperimentPlan(profiles.Name, [.. profiles.SweptPaths, .. DynamicsDesign.Columns, .. RegretPlay.Columns], [.. games]),
            settings.Seed, tree, settings.Process)
        {
            Dynamics = new DynamicsDesign(experiment.Dynamics, experiment.Revision, experiment.Regret, profiles.SweptPaths),
        };
    }

    private static PreparedRun Regret(ExperimentPlan profiles, Settings settings, JsonObject tree)
    {
        var design = settings.Experiment.Regret.Design(profiles.Games.Select(game => (
            Sweep.Label(profiles.SweptPaths, game.Swept), (IReadOnlyList<string>)game.Swept, game.Crowd)));
        GameCount.Check(settings.Experiment, design);
        var games = profiles.Games.Select(game => game with { Episodes = 1, Swept = new RegretPlay(game.Swept, 0, null).Values });
        return new PreparedRun(
            RegretPlan.Numbered(profiles.Name, [.. profiles.SweptPaths, .. RegretPlay.Columns], games, 0), settings.Seed, tree, settings.Process, design);
    }

    private static Settings ReadCell(Cell cell, PluginCatalog catalog, ulong seed)
    {
        try
        {
            var settings = Settings.Read(cell.Tree, catalog);
            GameCheck.Check(Game(settings, cell, seed, 0, 0), catalog);
            return settings;
        }
        catch (SettingException e) when (cell.Values.Count > 0)
        {
            throw new SettingException(e.Path, $"{e.Message[(e.Path.Length + 2)..]} (in the cell {string.Join(", ", cell.Values)})");
        }
    }

    private static GameDefinition Game(Settings settings, Cell cell, ulong seed, int game, int firstEpisode) => new(
        game,
        seed,
        settings.Experiment.Episodes,
        firstEpisode,
        settings.Learning,
        settings.Incentive,
        settings.Crowd,
        settings.Execution,
        [.. cell.Values],
        Revision: settings.Experiment.Revision is { IsAlways: false } revision ? revision : null,
        PublishesPayoffs: settings.Experiment.PublishPayoffs);
}
