using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;

namespace FLCrowd.Experiments.Kinds;

/// <summary>Makes games out of a configuration.</summary>
internal static class PlanBuilder
{
    /// <param name="name">The experiment's name.</param>
    /// <param name="tree">The whole configuration.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="kinds">All kinds of experiments.</param>
    /// <exception cref="SettingException">Anything in any game is wrong.</exception>
    public static PreparedRun Build(string name, JsonObject tree, PluginCatalog catalog, ExperimentKinds kinds)
    {
        var settings = Settings.Read(tree, catalog, kinds);
        var experiment = settings.Experiment;
        GameCount.Check(settings);
        var cells = experiment.Kind.IsSwept ? Sweep.Cells(tree, experiment) : [new Cell([], tree)];
        WrittenTables.CheckNames(experiment);
        IReadOnlyList<ulong> seeds = experiment.Kind.HasSeeds ? [.. experiment.SeedsFrom(settings.Seed)] : [settings.Seed];

        var games = new List<GameDefinition>();
        var tunings = new List<StepSizeTuning?>();
        var files = new List<DataFile>();
        int episodes = 0;
        foreach (var cell in cells)
        {
            var (variant, hasSamples) = ReadCell(cell, catalog, kinds, seeds[0]);
            files.AddRange(variant.Files);
            foreach (ulong seed in seeds)
            {
                var (learning, crowd) = Drawn(variant, cell, seed, hasSamples, catalog);
                for (int draw = 0; draw < experiment.Draws; draw++)
                {
                    var game = Game(variant, cell, seed, games.Count, episodes) with { Learning = learning, Crowd = crowd };
                    episodes += game.Episodes;
                    games.Add(experiment.Draws == 1 ? game : game with { DrawSeed = new Seed(seed).For("draw", draw).Value });
                    tunings.Add(variant.Tuning);
                }
            }
        }

        var course = experiment.Asked.Plan(
            new PlanRequest(new ExperimentPlan(name, Sweep.Columns(experiment), games), tunings, settings, tree, catalog));
        return new PreparedRun(experiment.Kind, course, settings.Seed, tree, settings.Process)
        {
            HasHoldings = experiment.Holdings,
            Files = [.. files.Distinct()],
        };
    }

    private static (Settings Settings, bool HasSamples) ReadCell(Cell cell, PluginCatalog catalog, ExperimentKinds kinds, ulong seed)
    {
        return In(cell, () =>
        {
            var settings = Settings.Read(cell.Tree, catalog, kinds);
            var (learning, crowd) = settings.Clients.Of(settings.Learning, settings.Crowd, new Seed(seed), catalog);
            var game = Game(settings, cell, seed, 0, 0) with { Learning = learning, Crowd = crowd };
            return (settings, GameCheck.Check(game, catalog, settings.Experiment.Holdings));
        });
    }

    /// <summary>What a game draws of its clients' data from its seed.</summary>
    private static (LearningDefinition Learning, CrowdDefinition Crowd) Drawn(
        Settings settings, Cell cell, ulong seed, bool hasSamples, PluginCatalog catalog) => In(cell, () =>
    {
        var drawn = settings.Clients.Of(settings.Learning, settings.Crowd, new Seed(seed), catalog);
        if (hasSamples)
        {
            GameCheck.CheckBatches(drawn.Learning, drawn.Crowd, seed);
        }

        return drawn;
    });

    private static T In<T>(Cell cell, Func<T> read)
    {
        try
        {
            return read();
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
        PublishesPayoffs: settings.Experiment.PublishPayoffs,
        Wanted: settings.Experiment.Wanted is { Count: > 0 } wanted ? [.. wanted] : null);
}
