using System.Text;
using System.Text.RegularExpressions;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments;

namespace FLCrowd.Host.Tests.TableFiles;

/// <summary>
/// The columns in docs/tables.md are those that the tables are declared with. <c>FLCROWD_WRITE_DOCS=1</c> writes them, and leaves the prose
/// around
/// them alone.
/// </summary>
public partial class DocumentedTablesSpec
{
    private static readonly string Page = Path.Combine(Repository(), "docs", "tables.md");

    [Fact]
    public void Documents_have_the_columns_of_every_table()
    {
        var page = File.ReadAllText(Page);
        var now = Generated().Replace(page, block => $"{block.Groups[1].Value}\n{Of(block.Groups[2].Value)}\n{block.Groups[3].Value}");
        if (Environment.GetEnvironmentVariable("FLCROWD_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Page, now);
            return;
        }

        Assert.Equal(now, page);
    }

    [Fact]
    public void No_table_is_left_out()
    {
        var page = File.ReadAllText(Page);
        Assert.All(
            ExperimentList.BuiltIn.Tables.Select(table => table.File).Concat(ExperimentList.BuiltIn.PlayColumns.Keys),
            table => Assert.Contains($"<!-- columns of {table}, from the code -->", page));
    }

    private static string Of(string table)
    {
        var text = new StringBuilder("\n| column | type | unit | meaning |\n|---|---|---|---|\n");
        var columns = ExperimentList.BuiltIn.PlayColumns.TryGetValue(table, out var play)
            ? new TableSchema<object>(
                "", "", [.. play.Select(column => new Column<object, object>(column.Name, column.Type, column.Meaning, column.Unit,
                row => row))])
                .Described
            : ExperimentList.BuiltIn.Tables.Single(schema => schema.File == table).Described;
        foreach (var (title, type, unit, meaning) in columns)
        {
            text.Append($"| {title} | {type} | {unit} | {meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FLCrowd.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex("(<!-- columns of (\\S+), from the code -->)\n.*?(<!-- until here -->)", RegexOptions.Singleline)]
    private static partial Regex Generated();
}
