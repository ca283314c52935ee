namespace FLCrowd.Actors.Tables;

/// <summary>What the fields of a column are.</summary>
public enum ColumnType
{
    /// <summary>Text; an empty field is no text.</summary>
    Text,

    /// <summary>A whole number of 32 bits.</summary>
    Whole,

    /// <summary>A seed: a whole number of 64 bits, from 0.</summary>
    Seed,

    /// <summary>
    /// A number of double precision, written so that it reads back to the same bits; an empty field is a number that does not exist.
    /// </summary>
    Number,
}

/// <summary>A column of a table: what it is called, and what stands in it.</summary>
/// <param name="name">Its name in files.</param>
/// <param name="type">What its fields are.</param>
/// <param name="meaning">What it says, for people; empty where its name says it.</param>
/// <param name="unit">What it is counted or measured in; empty: in nothing, or each field in its own.</param>
public class Column(string name, ColumnType type, string meaning = "", string unit = "")
{
    /// <summary>Its name in files.</summary>
    public string Name { get; } = name;

    /// <summary>What its fields are.</summary>
    public ColumnType Type { get; } = type;

    /// <summary>What it says, for people.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>What it is counted or measured in.</summary>
    public string Unit { get; } = unit;

    /// <summary>The setting by which a run asks for it; empty: every run has it.</summary>
    public string WantedBy { get; init; } = "";

    /// <summary>Whether the tables of a run have it.</summary>
    public bool IsIn(RunColumns run) => run.Has(WantedBy);

    /// <summary>Texts.</summary>
    public static Column<string, TRow> Text<TRow>(string name, string meaning, Func<TRow, string?> write) =>
        new(name, ColumnType.Text, meaning, "", write);

    /// <summary>Whole numbers.</summary>
    public static Column<int, TRow> Whole<TRow>(string name, string meaning, Func<TRow, int?> write) =>
        new(name, ColumnType.Whole, meaning, "", row => write(row));

    /// <summary>Seeds.</summary>
    public static Column<ulong, TRow> Seed<TRow>(string name, string meaning, Func<TRow, ulong> write) =>
        new(name, ColumnType.Seed, meaning, "", row => write(row));

    /// <summary>Numbers; NaN is written as such, null is empty.</summary>
    public static Column<double, TRow> Number<TRow>(string name, string unit, string meaning, Func<TRow, double?> write) =>
        new(name, ColumnType.Number, meaning, unit, row => write(row));

    /// <summary>Numbers that may not exist: NaN is written as an empty field.</summary>
    public static Column<double, TRow> Measured<TRow>(string name, string unit, string meaning, Func<TRow, double> write) =>
        new(name, ColumnType.Number, meaning, unit, row => write(row) is var number && double.IsNaN(number) ? (object?)null : number);
}

/// <summary>A column whose fields are read as <typeparamref name="T"/>: string, int, ulong or double.</summary>
public class Column<T>(string name, ColumnType type, string meaning, string unit) : Column(name, type, meaning, unit);

/// <summary>A column that a row of type <typeparamref name="TRow"/> fills.</summary>
public sealed class Column<T, TRow>(string name, ColumnType type, string meaning, string unit, Func<TRow, object?> write)
    : Column<T>(name, type, meaning, unit), IColumns<TRow>
{
    /// <summary>The same column, in the tables of runs that ask for it only.</summary>
    /// <param name="setting">The setting by which they ask, such as <c>experiment.classes</c>.</param>
    public Column<T, TRow> OnlyWith(string setting) => new(Name, Type, Meaning, Unit, write) { WantedBy = setting };

    IEnumerable<Column> IColumns<TRow>.Of(RunColumns run) => IsIn(run) ? [this] : [];

    void IColumns<TRow>.Fill(List<object?> fields, RunColumns run, TRow row)
    {
        if (IsIn(run))
        {
            fields.Add(write(row));
        }
    }

    string IColumns<TRow>.Title => Name;

    string IColumns<TRow>.Meaning => Meaning;
}

/// <summary>One column, or as many as a run has of a sort.</summary>
public interface IColumns<in TRow>
{
    /// <summary>What documents call it.</summary>
    string Title { get; }

    /// <summary>What it says, for people.</summary>
    string Meaning { get; }

    /// <summary>The columns that it is in the tables of a run.</summary>
    IEnumerable<Column> Of(RunColumns run);

    /// <summary>Adds their fields of a row in the tables of a run; null is an empty one.</summary>
    void Fill(List<object?> fields, RunColumns run, TRow row);
}

/// <summary>Columns that come with the run: a user named them, or its kind of experiment has them.</summary>
/// <param name="title">What documents call them, such as <c>...</c>.</param>
/// <param name="meaning">What they say, for people.</param>
/// <param name="columns">Which they are in the tables of a run.</param>
/// <param name="fields">A row's, as many as the columns.</param>
public sealed class RunsColumns<TRow>(
    string title, string meaning, Func<RunColumns, IEnumerable<Column>> columns, Func<TRow, IEnumerable<object?>> fields) : IColumns<TRow>
{
    string IColumns<TRow>.Title => title;

    string IColumns<TRow>.Meaning => meaning;

    IEnumerable<Column> IColumns<TRow>.Of(RunColumns run) => columns(run);

    void IColumns<TRow>.Fill(List<object?> filled, RunColumns run, TRow row) => filled.AddRange(fields(row));
}
