using FLCrowd.Actors.Tables;

namespace FLCrowd.Experiments.Tables;

/// <summary>A table with its rows.</summary>
internal abstract record TableData
{
    /// <summary>What it is declared as.</summary>
    public abstract TableSchema Schema { get; }

    /// <summary>Its fields, row by row.</summary>
    public abstract IReadOnlyList<object?[]> Rows { get; }

    /// <summary>Writes its file.</summary>
    /// <exception cref="Actors.Recording.DiskException">It cannot be written; what it was before stays.</exception>
    public abstract void Write(string directory, RunColumns run);

    /// <summary>A table of the rows given.</summary>
    public static TableData Of<TRow>(TableSchema<TRow> schema, IReadOnlyList<TRow> rows) => new Typed<TRow>(schema, rows);

    private sealed record Typed<TRow>(TableSchema<TRow> Declared, IReadOnlyList<TRow> Values) : TableData
    {
        public override TableSchema Schema => Declared;

        public override IReadOnlyList<object?[]> Rows { get; } = [.. Values.Select(value => Declared.Fields(RunColumns.None, value))];

        public override void Write(string directory, RunColumns run) => CsvFile.Write(directory, Declared, run, Values);
    }
}
