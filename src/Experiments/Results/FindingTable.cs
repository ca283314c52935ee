namespace FLCrowd.Experiments.Results;

/// <summary>A table.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Columns">Those that name a row come first.</param>
/// <param name="Rows">Each with a cell per column.</param>
public sealed record FindingTable(string Title, IReadOnlyList<FindingColumn> Columns, IReadOnlyList<IReadOnlyList<FindingCell>> Rows)
    : Finding
{
    /// <summary>How to read it, besides <see cref="PlusMinus"/>; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>How to read what it shows: its note, and what a ± is where it has one.</summary>
    public string Notes => string.Join(' ', new[] { Note, PlusMinus }.Where(note => note.Length > 0));

    /// <summary>What a ± of this table is, by what its cells say; with the columns where it is not the same in all. Empty: it has
    /// none.</summary>
    public string PlusMinus
    {
        get
        {
            var meanings = Enumerable.Range(0, Columns.Count)
                .SelectMany(column => Rows.Select(row => row[column]).OfType<MeanCell>().Where(cell => cell.HasSpread)
                    .Select(cell => cell.Is).Distinct().Select(meaning => (Meaning: meaning, Columns[column].Name)))
                .GroupBy(entry => entry.Meaning, entry => entry.Name)
                .ToList();
            return meanings.Count == 1
                ? meanings[0].Key.Sentence
                : string.Join(' ', meanings.Select(meaning =>
                    $"± of {string.Join(", ", meaning.Distinct())} is {meaning.Key.Text}."));
        }
    }

    /// <summary>How many columns name a row.</summary>
    public int Names => Columns.TakeWhile(column => column.Role == ColumnRole.Name).Count();

    /// <summary>A cell as people read it.</summary>
    public string Text(int row, int column) => Rows[row][column].Text(Columns[column].Format);

    /// <summary>A table of things: every column says what it is of a thing.</summary>
    public static FindingTable Of<T>(string title, IEnumerable<T> rows, params IEnumerable<TableColumn<T>> columns)
    {
        var all = columns.ToList();
        return new FindingTable(
            title,
            [.. all.Select(column => column.Column)],
            [.. rows.Select(row => (IReadOnlyList<FindingCell>)[.. all.Select(column => column.Cell(row))])]);
    }
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Role">What its cells are.</param>
/// <param name="Meaning">In words; empty where the heading says it.</param>
public sealed record FindingColumn(string Name, ColumnRole Role, string Meaning = "")
{
    /// <summary>What its numbers count, such as money; empty for pure numbers, and for words.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How its numbers are written.</summary>
    public NumberFormat Format { get; init; } = NumberFormat.Count;

    /// <summary>Whether the table still says what matters without it: it goes first where there is no room.</summary>
    public bool IsDetail { get; init; }
}

/// <summary>What the cells of a column are.</summary>
public enum ColumnRole
{
    /// <summary>What tells a row from the others, alone or with the columns beside it.</summary>
    Name,

    /// <summary>Words.</summary>
    Word,

    /// <summary>Numbers, or short verdicts.</summary>
    Number,
}

#pragma warning disable CA1000 // TableColumn<Row>.Number(...): what a row is stands once, in front.

/// <summary>A column, and where its cells come from.</summary>
/// <typeparam name="T">What a row is of.</typeparam>
public sealed record TableColumn<T>(FindingColumn Column, Func<T, FindingCell> Cell)
{
    /// <summary>What a row is of.</summary>
    public static TableColumn<T> Name(string name, Func<T, string> text, string meaning = "") =>
        new(new(name, ColumnRole.Name, meaning), row => new TextCell(text(row)));

    /// <summary>A column per swept path.</summary>
    public static IEnumerable<TableColumn<T>> Swept(IReadOnlyList<string> paths, Func<T, IReadOnlyList<string>> values) =>
        paths.Select((path, index) => Name(path, row => values(row)[index], "swept"));

    /// <summary>A text.</summary>
    public static TableColumn<T> Word(string name, Func<T, string> text, string meaning = "") =>
        new(new(name, ColumnRole.Word, meaning), row => new TextCell(text(row)));

    /// <summary>A word that stands among numbers.</summary>
    public static TableColumn<T> Verdict(string name, Func<T, string> word, string meaning = "") =>
        new(new(name, ColumnRole.Number, meaning), row => new VerdictCell(word(row)));

    /// <summary>A whole number.</summary>
    public static TableColumn<T> Count(string name, Func<T, double> count, string meaning = "") =>
        new(new(name, ColumnRole.Number, meaning), row => new NumberCell(count(row)));

    /// <summary>A number; null where there is none.</summary>
    public static TableColumn<T> Number(string name, Func<T, double?> number, NumberFormat format, string meaning = "", string unit = "") =>
        new(new(name, ColumnRole.Number, meaning) { Format = format, Unit = unit }, row => new NumberCell(number(row)));

    /// <summary>A cell of any sort; null where there is none.</summary>
    public static TableColumn<T> Of(string name, Func<T, FindingCell?> cell, NumberFormat format, string meaning = "", string unit = "") =>
        new(new(name, ColumnRole.Number, meaning) { Format = format, Unit = unit }, row => cell(row) ?? new NumberCell(null));

    /// <summary>The same column, which a narrow table may leave out.</summary>
    public TableColumn<T> AsDetail() => this with { Column = Column with { IsDetail = true } };
}
