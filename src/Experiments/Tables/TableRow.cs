using System.Globalization;
using CsvHelper;
using FLCrowd.Actors.Tables;

namespace FLCrowd.Experiments.Tables;

/// <summary>
/// Reads tables row by row: fields by the columns that they were declared as, or by the names of columns that a user named.
/// </summary>
public static class CsvRows
{
    /// <param name="directory">The run's folder.</param>
    /// <param name="schema">The table.</param>
    /// <exception cref="SettingException">It is missing.</exception>
    public static IEnumerable<TableRow> Of(string directory, TableSchema schema)
    {
        var path = Path.Combine(directory, schema.File);
        if (!File.Exists(path))
        {
            throw new SettingException(path, "is missing; a run writes it");
        }

        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        if (!csv.Read() || !csv.ReadHeader())
        {
            yield break;
        }

        while (csv.Read())
        {
            yield return new TableRow(csv, path);
        }
    }
}

/// <summary>
/// A row, as long as the next one is not asked for. What is not what a run writes is named with its file, line and column.
/// </summary>
/// <param name="csv">Where it stands.</param>
/// <param name="path">The file.</param>
public readonly struct TableRow(CsvReader csv, string path)
{
    /// <summary>Whether it has as many fields as the header: a row that was cut off has not.</summary>
    public bool IsWhole => csv.Parser.Count == csv.HeaderRecord?.Length;

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header => csv.HeaderRecord ?? [];

    /// <summary>A number in a column that not every run has; NaN where the table has no such column.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public double Wanted(Column<double> column) => Header.Contains(column.Name) ? this[column] : double.NaN;

    /// <summary>A whole number.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public int this[Column<int> column] => Whole(column.Name) ?? throw Wrong(column.Name, "a whole number");

    /// <summary>A seed.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public ulong this[Column<ulong> column] => Seed(column.Name) ?? throw Wrong(column.Name, "a whole number");

    /// <summary>A number; an empty field is one that does not exist.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public double this[Column<double> column] => Number(column.Name);

    /// <summary>A text.</summary>
    /// <exception cref="SettingException">There is no such column.</exception>
    public string this[Column<string> column] => Text(column.Name);

    /// <summary>A field as it stands.</summary>
    /// <exception cref="SettingException">There is no such column.</exception>
    public string Text(string column) => csv.TryGetField(column, out string? text) && text is not null
        ? text
        : throw new SettingException(path, $"has no column {column}");

    /// <summary>A field as what its column says it is: string, int, ulong or double; null where it is empty.</summary>
    /// <exception cref="SettingException">It is not that.</exception>
    public object? Value(Column column) => column.Type switch
    {
        ColumnType.Whole => Whole(column.Name),
        ColumnType.Seed => Seed(column.Name),
        ColumnType.Number => Parsed(column.Name),
        _ => Text(column.Name) is { Length: > 0 } text ? text : null,
    };

    /// <summary>A whole number as any other; an empty field is one that does not exist.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public double Or(Column<int> column) => Whole(column.Name) ?? double.NaN;

    /// <summary>A number in a column that a user named.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public double Number(string column) => Parsed(column) ?? double.NaN;

    private int? Whole(string column) => Text(column) is { Length: > 0 } text
        ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value : throw Wrong(column, "a whole number")
        : null;

    private ulong? Seed(string column) => Text(column) is { Length: > 0 } text
        ? ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value : throw Wrong(column, "a whole number")
        : null;

    private double? Parsed(string column) => Text(column) is { Length: > 0 } text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value : throw Wrong(column, "a number")
        : null;

    private SettingException Wrong(string column, string expected) =>
        new(path, $"line {csv.Parser.Row}: {column} is '{Text(column)}'; must be {expected}");
}
