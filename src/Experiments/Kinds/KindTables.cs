using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Dynamics;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Population;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments.Kinds;

/// <summary>The tables that a run writes, with the columns that are its own.</summary>
/// <param name="Tables">The tables.</param>
/// <param name="Columns">Its own columns.</param>
internal sealed record KindTables(IReadOnlyList<TableSchema> Tables, RunColumns Columns)
{
    /// <summary>All tables that runs of any kind write.</summary>
    public static IReadOnlyList<TableSchema> All { get; } =
    [
        .. GameTables.All, TermsTable.Schema, GainTable.Schema, CoalitionTable.Schema, RevisionTable.Schema, ClaimTable.Schema,
        .. PaperFigures.Tables, .. PopulationSchemas.All,
    ];

    /// <summary>The tables of a collection beside those of its runs.</summary>
    public static KindTables OfCollection { get; } = new([ClaimTable.Schema], RunColumns.None);

    /// <summary>All columns of the kinds of experiments themselves, by what they are described as.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Column>> PlayColumns { get; } = new Dictionary<string, IReadOnlyList<Column>>
    {
        ["regret"] = RegretPlay.Declared,
        ["dynamics"] = DynamicsDesign.Declared,
        ["population"] = PopulationDesign.Declared,
    };

    /// <summary>The tables of a run with the settings given.</summary>
    public static KindTables Of(ExperimentSettings experiment)
    {
        var swept = RunColumns.Texts(Sweep.Columns(experiment));
        return experiment.Kind switch
        {
            ExperimentKind.Regret => Measured([], RegretPlay.Declared),
            ExperimentKind.Dynamics => Measured([RevisionTable.Schema], [.. DynamicsDesign.Declared, .. RegretPlay.Declared]),
            ExperimentKind.Population => new(
                [.. GameTables.All, TermsTable.Schema, .. PopulationSchemas.All],
                PopulationSchemas.Columns(Sweep.Columns(experiment), [.. Strategies(experiment)])),
            _ => new(
                [
                    .. GameTables.All, TermsTable.Schema,
                    .. experiment.Figure is { } figure ? [PaperFigures.TableOf(figure), ClaimTable.Schema] : Array.Empty<TableSchema>(),
                ],
                new RunColumns { Swept = swept }),
        };

        KindTables Measured(IReadOnlyList<TableSchema> own, IReadOnlyList<Column> play) => new(
            [
                .. GameTables.All, TermsTable.Schema, .. own, GainTable.Schema,
                .. experiment.Regret.Coalitions.Count > 0 ? [CoalitionTable.Schema] : Array.Empty<TableSchema>(),
            ],
            new RunColumns { Swept = swept, Play = play });
    }

    /// <summary>The tables of a run with the configuration given, as it is in its record.</summary>
    public static KindTables Of(JsonObject configuration) => Of(ExperimentSettings.Read(new Section(configuration, "").Sub("experiment")));

    /// <summary>Looks whether every column of every table has a name of its own. Capitals do not count: to SQL they are the same.</summary>
    /// <exception cref="SettingException">A name of the user's is that of another column; says which, and of what table.</exception>
    public static void CheckNames(ExperimentSettings experiment)
    {
        if (experiment.Axes.Select(axis => axis.Key).FirstOrDefault(axis => Same(axis, Sweep.VariantColumn)) is { } variant)
        {
            throw Taken("axes", variant, EpisodeTable.Schema, "call the axis otherwise");
        }

        var tables = Of(experiment);
        Check("axes", experiment.Axes.Select(axis => axis.Key), "call the axis otherwise");
        Check("grid", experiment.Grid.Select(entry => entry.Key), "make it an axis of another name");
        if (experiment.Kind == ExperimentKind.Population)
        {
            Check("population.strategies", Strategies(experiment), "call the strategy otherwise");
        }

        bool IsTwice(string name, TableSchema table) => table.Of(tables.Columns).Count(column => Same(column.Name, name)) > 1;

        void Check(string section, IEnumerable<string> names, string advice)
        {
            foreach (var name in names)
            {
                if (tables.Tables.FirstOrDefault(table => IsTwice(name, table)) is { } table)
                {
                    throw Taken(section, name, table, advice);
                }
            }
        }
    }

    private static IEnumerable<string> Strategies(ExperimentSettings experiment) =>
        experiment.Population.Strategies.Select(strategy => strategy.Name);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static SettingException Taken(string section, string name, TableSchema table, string advice) =>
        new(SettingPath.Join($"experiment.{section}", name), $"is the name of another column of the tables, in {table.File}; {advice}");
}
