using FLCrowd.Actors.Tables;

namespace FLCrowd.Experiments.Figures;

/// <summary>The figures of the paper's Section VI.</summary>
internal static class PaperFigures
{
    private static readonly IPaperFigure[] All =
    [
        new EffortFigure("fig2", Outcome.TrainingLoss),
        new EffortFigure("fig3", Outcome.Accuracy),
        new MisreportFigure("fig4", Outcome.TrainingLoss),
        new MisreportFigure("fig5", Outcome.Accuracy),
        new ClientPayoffFigure(),
        new ServerPayoffFigure(),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(figure => figure.Name)];

    /// <summary>The tables of all figures.</summary>
    public static IReadOnlyList<TableSchema> Tables { get; } = [.. All.Select(figure => figure.Table)];

    /// <summary>The table of a figure that is one of <see cref="Names"/>.</summary>
    public static TableSchema TableOf(string name) => All.Single(figure => figure.Name == name).Table;

    /// <summary>The figure of that name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="columns">The swept columns of the run.</param>
    /// <exception cref="SettingException">There is none, or the run does not have the columns that the figure reads.</exception>
    public static IPaperFigure Find(string name, IReadOnlyList<string> columns)
    {
        var figure = All.SingleOrDefault(candidate => candidate.Name == name)
            ?? throw new SettingException("experiment.figure", $"is {name}; must be none | {string.Join(" | ", Names)}");
        var missing = figure.Columns.Except(columns).ToList();
        return missing.Count == 0
            ? figure
            : throw new SettingException(
                "experiment.figure",
                $"is {name}, which needs a sweep over {string.Join(", ", missing)}; see hocon/experiments/paper/{name}.conf");
    }
}
