using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Preparation;

namespace FLCrowd.Experiments.Kinds;

/// <summary>The tables that a run writes, with the columns that are its own.</summary>
/// <param name="Tables">The tables.</param>
/// <param name="Columns">Its own columns.</param>
internal sealed record WrittenTables(IReadOnlyList<TableSchema> Tables, RunColumns Columns)
{
    /// <summary>The tables of every run.</summary>
    public static IReadOnlyList<TableSchema> OfEveryRun { get; } =
        [.. GameTables.All, TermsTable.Schema, HoldingsTable.Schema, ExpectedTable.Schema];

    /// <summary>The tables of a run with the settings given.</summary>
    public static WrittenTables Of(ExperimentSettings experiment)
    {
        var columns = experiment.Asked.Columns with
        {
            Swept = RunColumns.Texts(Sweep.Columns(experiment)),
            Wanted = [.. experiment.Wanted, .. experiment.Asked.Columns.Wanted],
        };
        return new([.. OfEveryRun.Concat(experiment.Asked.Tables).Where(table => table.IsIn(columns))], columns);
    }

    /// <summary>The tables of a run with the configuration given, as it is in its record.</summary>
    public static WrittenTables Of(JsonObject configuration, ExperimentKinds kinds) =>
        Of(ExperimentSettings.Read(new Section(configuration, "").Sub("experiment"), kinds));

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
        if (experiment.Asked.Names is { } named)
        {
            Check(named.Section, named.Names, "use another name");
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

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static SettingException Taken(string section, string name, TableSchema table, string advice) =>
        new(SettingPath.Join($"experiment.{section}", name), $"is the name of another column of the tables, in {table.File}; {advice}");
}
