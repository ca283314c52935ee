namespace FLCrowd.Actors.Tables;

/// <summary>
/// A table as it is declared, once: its file, what a row of it is, and its columns. What writes it, what reads it, its documentation and
/// the names
/// that nothing else in it may have come from here.
/// </summary>
/// <param name="file">The file's name.</param>
/// <param name="rows">What a row is, such as <c>one row per episode</c>.</param>
public abstract class TableSchema(string file, string rows)
{
    /// <summary>The file's name.</summary>
    public string File { get; } = file;

    /// <summary>What a row is.</summary>
    public string Rows { get; } = rows;

    /// <summary>The setting by which a run asks for it; empty: it does not depend on one.</summary>
    public string WantedBy { get; init; } = "";

    /// <summary>Whether it is among the tables of a run.</summary>
    public bool IsIn(RunColumns run) => run.Has(WantedBy);

    /// <summary>Its columns in the tables of a run, in their order.</summary>
    public abstract IReadOnlyList<Column> Of(RunColumns run);

    /// <summary>Its columns for people: what is one in the declaration is one here.</summary>
    public abstract IReadOnlyList<(string Title, string Type, string Unit, string Meaning)> Described { get; }

    /// <inheritdoc/>
    public override string ToString() => File;
}

/// <summary>A table whose rows come from values of <typeparamref name="TRow"/>.</summary>
/// <inheritdoc cref="TableSchema"/>
/// <param name="file">The file's name.</param>
/// <param name="rows">What a row is.</param>
/// <param name="columns">Its columns, in their order.</param>
public sealed class TableSchema<TRow>(string file, string rows, params IReadOnlyList<IColumns<TRow>> columns) : TableSchema(file, rows)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Column> Of(RunColumns run) => [.. columns.SelectMany(column => column.Of(run))];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Title, string Type, string Unit, string Meaning)> Described =>
    [
        .. columns.Select(column => column is Column one
            ? (one.Name, Word(one.Type), one.Unit, one.WantedBy.Length > 0 ? $"{one.Meaning}; only with `{one.WantedBy}`" : one.Meaning)
            : (column.Title, "", "", column.Meaning)),
    ];

    /// <summary>The header of its file.</summary>
    public object?[] Header(RunColumns run) => [.. Of(run).Select(column => column.Name)];

    /// <summary>A row's fields in the tables of a run; null is an empty one.</summary>
    public object?[] Fields(RunColumns run, TRow row)
    {
        var fields = new List<object?>(columns.Count);
        foreach (var column in columns)
        {
            column.Fill(fields, run, row);
        }

        return [.. fields];
    }

    private static string Word(ColumnType type) => type switch
    {
        ColumnType.Whole => "whole number",
        _ => type.ToString().ToLowerInvariant(),
    };
}
