namespace FLCrowd.Actors.Tables;

/// <summary>What the tables of one run have beside the columns that all such tables have.</summary>
public sealed record RunColumns
{
    /// <summary>Nothing.</summary>
    public static RunColumns None { get; } = new();

    /// <summary>The columns of the user's variants, axes and grid, in the order of a game's values.</summary>
    public IReadOnlyList<Column> Swept { get; init; } = [];

    /// <summary>The columns behind those that say what a game is a play of, where the kind of experiment has any.</summary>
    public IReadOnlyList<Column> Play { get; init; } = [];

    /// <summary>A column for each strategy that the user named.</summary>
    public IReadOnlyList<Column> Strategies { get; init; } = [];

    /// <summary>The settings by which the run asks for columns and tables that not every run has.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    /// <summary>Whether the run has what is wanted by a setting; empty: what every run has.</summary>
    public bool Has(string wantedBy) => wantedBy.Length == 0 || Wanted.Contains(wantedBy);

    /// <summary>Columns of texts.</summary>
    public static IReadOnlyList<Column> Texts(IEnumerable<string> names) => [.. names.Select(name => new Column(name, ColumnType.Text))];
}
