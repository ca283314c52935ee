using FLCrowd.Experiments.Results;
using FLCrowd.Host.Terminal;
using Spectre.Console;

namespace FLCrowd.Host.Tests.Terminal;

/// <summary>Findings in windows of every width, and in a pipe.</summary>
public sealed class TablesSpec
{
    private const int Pipe = 1000;

    private static readonly string[] Numbers = ["1,234", "0.5632 ± 0.0021", "-12.30 [-14.10, -9.80]", "98.70 ± 0.40", "0.0001", "held"];

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(Pipe)]
    public void No_number_is_broken_and_no_line_is_wider_than_the_window(int width)
    {
        var lines = Written(width, Wide());
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.All(Numbers, number => Assert.Contains(lines, line => line.Contains(number, StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("± is one standard error", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_is_one_line_a_row_where_there_is_room()
    {
        var lines = Written(120, Wide());
        var row = Assert.Single(lines, line => line.Contains("truthful", StringComparison.Ordinal));
        Assert.All(Numbers, number => Assert.Contains(number, row, StringComparison.Ordinal));
    }

    [Fact]
    public void A_narrow_table_names_the_columns_that_it_leaves_out()
    {
        var lines = Written(60, Narrow());
        Assert.Contains("Left out at 60 columns: seeds, rent.", lines);
        Assert.Single(lines, line =>
            line.Contains("truthful", StringComparison.Ordinal) && line.Contains("0.5632 ± 0.0021", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_without_room_is_a_block_a_row_with_every_column()
    {
        var lines = Written(60, Wide());
        Assert.Contains("variant truthful", lines);
        Assert.All(Wide().Columns.Skip(1), column => Assert.Contains(lines, line => line.Contains(column.Name, StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.StartsWith("Left out", StringComparison.Ordinal));
    }

    [Fact]
    public void What_no_cell_has_is_not_explained()
    {
        var sure = FindingTable.Of(
            "Outcomes", (string[])["flat"], TableColumn<string>.Name("mechanism", row => row),
            TableColumn<string>.Of("reward", _ => new MeanCell(30, 0, PlusMinus.OfMean("seeds")), NumberFormat.Money)) with
        { Note = "Money." };
        Assert.Contains("Money.", Written(80, sure));
        Assert.DoesNotContain(Written(80, sure), line => line.Contains('±'));
    }

    [Fact]
    public void A_block_without_a_name_has_no_empty_line_in_its_place()
    {
        var lines = Written(60, Wide() with { Columns = [.. Wide().Columns.Skip(1)], Rows = [[.. Wide().Rows[0].Skip(1)]] });
        Assert.Equal(["", "A table that has more columns than most windows have room", "for"], lines[..3]);
        Assert.StartsWith("  seeds", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_stays_with_its_number_and_a_percentage_with_its_sign() => Assert.Equal(
        ["at", "eta = 0.02", "with 95 %"], TextLines.Wrap("at eta = 0.02 with 95 %", 10));

    [Fact]
    public void Words_are_broken_at_spaces_and_numbers_are_not() => Assert.Equal(
        ["the mean is", "0.5 ± 0.1, in", "[0.3, 0.7]"], TextLines.Wrap("the mean is 0.5 ± 0.1, in [0.3, 0.7]", 14));

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void A_whole_run_fits_the_window(int width)
    {
        using var folder = new TemporaryFolder();
        var findings = Reported.Findings(folder.CopyOfGoldenRun());
        var lines = Written(width, console => Tables.Write(console, findings));
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        foreach (var table in findings.Tables)
        {
            int[] kept = [.. Enumerable.Range(0, table.Columns.Count).Where(column => !table.Columns[column].IsDetail)];
            Assert.All(
                Reported.Texts(table)
                    .SelectMany(row => kept.Where(column => table.Columns[column].Role == ColumnRole.Number).Select(column => row[column])),
                text => Assert.Contains(lines, line => line.Contains(text, StringComparison.Ordinal)));
        }
    }

    private static string[] Written(int width, FindingTable table) => Written(width, console => Tables.Write(console, table));

    private static string[] Written(int width, Action<IAnsiConsole> write)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = width;
        write(console);
        return text.ToString().ReplaceLineEndings("\n").Split('\n');
    }

    private static FindingTable Wide() => FindingTable.Of(
        "A table that has more columns than most windows have room for",
        (string[])["truthful"],
        TableColumn<string>.Name("variant", row => row),
        TableColumn<string>.Count("seeds", _ => 1234),
        TableColumn<string>.Of("test loss", _ => new MeanCell(0.5632, 0.0021, PlusMinus.OfMean("seeds")), NumberFormat.Loss),
        TableColumn<string>.Of("margin", _ => new IntervalCell(-14.1, -9.8, -12.3), NumberFormat.Money),
        TableColumn<string>.Of("server payoff", _ => new MeanCell(98.7, 0.4, PlusMinus.OfMean("seeds")), NumberFormat.Money),
        TableColumn<string>.Number("least", _ => 0.0001, NumberFormat.Loss),
        TableColumn<string>.Verdict("verdict", _ => "held"));

    private static FindingTable Narrow() => FindingTable.Of(
        "Outcomes",
        (string[])["truthful"],
        TableColumn<string>.Name("variant", row => row),
        TableColumn<string>.Count("seeds", _ => 1234).AsDetail(),
        TableColumn<string>.Of("test loss", _ => new MeanCell(0.5632, 0.0021, PlusMinus.OfMean("seeds")), NumberFormat.Loss),
        TableColumn<string>.Of("server payoff", _ => new MeanCell(98.7, 0.4, PlusMinus.OfMean("seeds")), NumberFormat.Money),
        TableColumn<string>.Of("rent", _ => new IntervalCell(-14.1, -9.8, -12.3), NumberFormat.Money).AsDetail());
}
