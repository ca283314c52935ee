using FLCrowd.Actors.Tables;

namespace FLCrowd.Experiments.Tables;

/// <summary>The columns of a user's variants, axes and grid in the tables of what was found.</summary>
public static class SweptColumns
{
    /// <param name="cell">A row's values of them.</param>
    public static RunsColumns<TRow> Of<TRow>(Func<TRow, IEnumerable<string>> cell) => new(
        "...", "`variant`, and one column per axis and per path of the grid, where the experiment has them", run => run.Swept, cell);
}
