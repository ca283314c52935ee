using FLCrowd.Experiments.Results;

namespace FLCrowd.Host.Terminal;

/// <summary>A table as lines of text.</summary>
internal sealed class TableTexts
{
    private const string Indent = "  ";
    private const string Between = "  ";

    /// <summary>Between the pairs of a block.</summary>
    private const string Apart = "    ";

    private readonly FindingTable _table;
    private readonly string[][] _cells;

    public TableTexts(FindingTable table)
    {
        _table = table;
        _cells = [.. Enumerable.Range(0, table.Rows.Count)
            .Select(row => Enumerable.Range(0, table.Columns.Count).Select(column => table.Text(row, column)).ToArray())];
        All = [.. Enumerable.Range(0, table.Columns.Count)];
        Main = [.. All.Where(column => !table.Columns[column].IsDetail)];
    }

    /// <summary>All columns.</summary>
    public IReadOnlyList<int> All { get; }

    /// <summary>Those that a narrow table keeps.</summary>
    public IReadOnlyList<int> Main { get; }

    /// <summary>How wide the table is with some of its columns.</summary>
    public int Width(IReadOnlyList<int> columns) => Indent.Length + columns.Sum(WidthOf) + Between.Length * (columns.Count - 1);

    /// <summary>A line per row, below the headings.</summary>
    public IEnumerable<string> Lines(IReadOnlyList<int> columns)
    {
        yield return Line(columns, column => _table.Columns[column].Name);
        yield return Indent + string.Join(Between, columns.Select(column => new string('─', WidthOf(column))));
        foreach (var row in _cells)
        {
            yield return Line(columns, column => row[column]);
        }
    }

    /// <summary>A block per row: its names, then headings and cells in pairs, as many beside each other as there is room for.</summary>
    public IEnumerable<string> Blocks(int width)
    {
        int[] values = [.. All.Skip(_table.Names)];
        int[] numbers = [.. values.Where(column => _table.Columns[column].Role == ColumnRole.Number)];
        int pairs = Enumerable.Range(1, Math.Max(1, numbers.Length)).Last(count => count == 1 || Width(Pairs(numbers, count)) <= width);
        var widths = Pairs(numbers, pairs);
        int label = values.Select(column => _table.Columns[column].Name.Length).DefaultIfEmpty(0).Max();
        foreach (var row in _cells)
        {
            foreach (var line in Title(row) is { Length: > 0 } title ? TextLines.Wrap(title, width) : [])
            {
                yield return line;
            }

            foreach (int column in values.Except(numbers))
            {
                foreach (var (index, line) in TextLines.Wrap(row[column], width - Indent.Length - label - Between.Length).Index())
                {
                    yield return $"{Indent}{(index == 0 ? _table.Columns[column].Name : "").PadRight(label)}{Between}{line}";
                }
            }

            foreach (var line in numbers.Chunk(pairs))
            {
                yield return Indent + string.Join(Apart, line.Select((column, index) =>
                    $"{_table.Columns[column].Name.PadRight(widths[index].Label)}{Between}{row[column].PadLeft(widths[index].Cell)}"));
            }
        }
    }

    /// <summary>How wide pairs are that stand below each other.</summary>
    private (int Label, int Cell)[] Pairs(int[] columns, int beside) =>
    [
        .. Enumerable.Range(0, Math.Min(beside, columns.Length))
            .Select(place => columns.Where((_, index) => index % beside == place).ToList())
            .Select(below => (below.Max(column => _table.Columns[column].Name.Length), below.Max(CellWidth))),
    ];

    private static int Width((int Label, int Cell)[] pairs) =>
        Indent.Length + pairs.Sum(pair => pair.Label + Between.Length + pair.Cell) + Apart.Length * (pairs.Length - 1);

    /// <summary>What names a row; one that has no name belongs to the row above.</summary>
    private string Title(string[] row)
    {
        var names = Enumerable.Range(0, _table.Names).Where(column => row[column].Length > 0);
        return string.Join(", ", names.Select(column => $"{_table.Columns[column].Name} {row[column]}"));
    }

    private string Line(IReadOnlyList<int> columns, Func<int, string> text) =>
        (Indent + string.Join(Between, columns.Select(column => Padded(text(column), column)))).TrimEnd();

    private string Padded(string text, int column) =>
        _table.Columns[column].Role == ColumnRole.Number ? text.PadLeft(WidthOf(column)) : text.PadRight(WidthOf(column));

    private int WidthOf(int column) => Math.Max(_table.Columns[column].Name.Length, CellWidth(column));

    private int CellWidth(int column) => _cells.Select(row => row[column].Length).DefaultIfEmpty(0).Max();
}
