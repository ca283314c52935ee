using DuckDB.NET.Data;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Runs;
using FLCrowd.Experiments.Tables;
using Parquet;
using Parquet.Schema;

namespace FLCrowd.Host.Tests.TableFiles;

/// <summary>Parquet files say what the CSV files say, to whoever reads them, with types.</summary>
public sealed class ParquetSpec : IDisposable
{
    private const string Regret = """
        kind = regret, variants { "flat, \"50\"" { }, "é" { game.flat.amount = 26 } }
        regret { reports = none, efforts = [0, 1], batch-factors = [1], gammas = [1], replicates = 4, max-replicates = 4
          coalitions = [{ name = all, share = 1, effort = 0 }] }
        """;

    private static readonly Dictionary<ColumnType, Type> Types = new()
    {
        [ColumnType.Text] = typeof(string),
        [ColumnType.Whole] = typeof(int),
        [ColumnType.Seed] = typeof(ulong),
        [ColumnType.Number] = typeof(double),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("kind = sweep, seeds = 2, axes.\"a/b.c\" { \"x, y\" { }, z { } }, grid { \"learning.rounds\" = [1, 2] }")]
    [InlineData(Regret)]
    [InlineData("kind = population, population { cache = off, strategies { \"a b\".strategy = truthful, c.strategy = free-rider } }")]
    [InlineData("kind = dynamics, dynamics { method = best-response, payoffs = exact }, regret { replicates = 4, max-replicates = 4 }")]
    public async Task Every_value_of_every_table_is_the_same_in_both(string experiment)
    {
        var folder = await PlayAsync(experiment, parquet: true);
        var tables = WrittenTables.Of(RunDirectory.Open(folder).Read().Configuration, ExperimentList.BuiltIn);
        var written = tables.Tables.Where(table => File.Exists(Path.Combine(folder, table.File))).ToList();
        Assert.Equal(
            written.Select(ParquetFile.NameOf).Order(),
            Directory.GetFiles(folder, "*.parquet").Select(file => Path.GetFileName(file)).Order());
        foreach (var table in written)
        {
            var columns = table.Of(tables.Columns);
            var rows = CsvRows.Of(folder, table).Select(row => columns.Select(row.Value).ToArray()).ToList();
            Assert.NotEmpty(rows);
            Assert.Equal(columns.Select(column => column.Name), CsvRows.Of(folder, table).First().Header);
            Assert.Equal(rows, await ByParquetNetAsync(Path.Combine(folder, ParquetFile.NameOf(table)), columns));
            Assert.Equal(rows, ByDuckDb(Path.Combine(folder, ParquetFile.NameOf(table)), columns));
        }
    }

    [Fact]
    public async Task A_report_makes_the_same_bytes_again_and_an_overwritten_run_takes_them_with_it()
    {
        var folder = await PlayAsync("kind = sweep", parquet: true);
        var before = Files(folder);
        foreach (var file in Directory.GetFiles(folder, "*.parquet"))
        {
            File.Delete(file);
        }

        new Laboratory().Report(folder, new QuietObserver(), parquet: true);
        Assert.Equal(before, Files(folder));
        await PlayAsync("kind = sweep", parquet: false);
        Assert.Empty(Files(folder));
    }

    private static List<(string Name, string Bytes)> Files(string folder) =>
        [.. Directory.GetFiles(folder, "*.parquet").Order().Select(file => (file, Convert.ToHexString(File.ReadAllBytes(file))))];

    private async Task<string> PlayAsync(string experiment, bool parquet)
    {
        var (file, folder) = (_folder.In("test.conf"), _folder.In("out"));
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(file, $$"""
            flcrowd {
              seed = 18446744073709551000
              data.clients = 3
              learning { model = quadratic, step-size = 0.1, rounds = 2 }
              game { assignment = 20, mechanism = lceme, lceme.surrogate = theorem1 }
              experiment { {{experiment}} }
            }
            """, cancel);
        var outcome = await new Laboratory().RunAsync(
            new RunRequest(file) { Out = folder, Threads = 1, Parquet = parquet, Overwrite = true }, new QuietObserver(), cancel);
        Assert.Equal((RunStatus.Completed, null), (outcome.Record.Status, outcome.Record.Failure));
        return folder;
    }

    private static async Task<List<object?[]>> ByParquetNetAsync(string path, IReadOnlyList<Column> columns)
    {
        await using var reader = await ParquetReader.CreateAsync(path);
        var fields = reader.Schema.GetDataFields();
        Assert.Equal(columns.Select(column => (column.Name, Types[column.Type])), fields.Select(field => (field.Name, TypeOf(field))));
        using var group = reader.OpenRowGroupReader(0);
        Assert.Equal(1, reader.RowGroupCount);
        var values = new List<object?[]>();
        foreach (var field in fields)
        {
            values.Add(await ReadAsync(group, field));
        }

        return [.. Enumerable.Range(0, (int)group.RowCount).Select(row => values.Select(column => column[row]).ToArray())];
    }

    /// <summary>Parquet.Net has texts as their characters.</summary>
    private static Type TypeOf(DataField field) => field.ClrType == typeof(ReadOnlyMemory<char>) ? typeof(string) : field.ClrType;

    private static async Task<object?[]> ReadAsync(ParquetRowGroupReader group, DataField field)
    {
        int count = (int)group.RowCount;
        if (TypeOf(field) == typeof(string))
        {
            var texts = new string?[count];
            await group.ReadAsync(field, texts.AsMemory());
            return texts;
        }

        return field.ClrType == typeof(int) ? await NumbersAsync<int>()
            : field.ClrType == typeof(ulong) ? await NumbersAsync<ulong>()
            : await NumbersAsync<double>();

        async Task<object?[]> NumbersAsync<T>()
            where T : struct
        {
            var numbers = new T?[count];
            await group.ReadAsync<T>(field, numbers.AsMemory());
            return [.. numbers.Select(number => (object?)number)];
        }
    }

    private static List<object?[]> ByDuckDb(string path, IReadOnlyList<Column> columns)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM read_parquet('{path}')";
        using var reader = command.ExecuteReader();
        Assert.Equal(
            columns.Select(column => (column.Name, Types[column.Type])),
            Enumerable.Range(0, reader.FieldCount).Select(index => (reader.GetName(index), reader.GetFieldType(index))));
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (int index = 0; index < row.Length; index++)
            {
                row[index] = reader.IsDBNull(index) ? null : reader.GetValue(index);
            }

            rows.Add(row);
        }

        return rows;
    }
}
