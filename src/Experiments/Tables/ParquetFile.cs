using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using Parquet;
using Parquet.Schema;

namespace FLCrowd.Experiments.Tables;

/// <summary>
/// A table as a Parquet file beside its CSV file: the same columns and values, with their types. An empty field is null; a number that is
/// written as
/// NaN is one.
/// </summary>
internal static class ParquetFile
{
    /// <summary>Rows that are in memory at once.</summary>
    private const int GroupRows = 1 << 16;

    /// <summary>The file of a table.</summary>
    public static string NameOf(TableSchema schema) => Path.ChangeExtension(schema.File, "parquet");

    /// <summary>Makes the file out of the CSV file, where there is one.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="schema">The table.</param>
    /// <param name="run">The columns that come with the run.</param>
    /// <exception cref="SettingException">The table is not what a run writes.</exception>
    /// <exception cref="DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(string directory, TableSchema schema, RunColumns run)
    {
        if (File.Exists(Path.Combine(directory, schema.File)))
        {
            // Nothing here waits for anything: the file's asynchronous writes are done when they return.
            Disk.Write(
                Path.Combine(directory, NameOf(schema)),
                file => WriteAsync(file, schema.Of(run), CsvRows.Of(directory, schema)).GetAwaiter().GetResult());
        }
    }

    private static async Task WriteAsync(Stream file, IReadOnlyList<Column> columns, IEnumerable<TableRow> rows)
    {
        var buffers = columns.Select(ColumnBuffer.Of).ToList();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(buffers.Select(buffer => buffer.Field)), file);
        int waiting = 0;
        foreach (var row in rows)
        {
            foreach (var (column, buffer) in columns.Zip(buffers))
            {
                buffer.Add(row.Value(column));
            }

            if (++waiting == GroupRows)
            {
                await WriteGroupAsync(writer, buffers);
                waiting = 0;
            }
        }

        if (waiting > 0)
        {
            await WriteGroupAsync(writer, buffers);
        }
    }

    private static async Task WriteGroupAsync(ParquetWriter writer, List<ColumnBuffer> buffers)
    {
        using var group = writer.CreateRowGroup();
        foreach (var buffer in buffers)
        {
            await buffer.WriteAsync(group);
        }
    }

    /// <summary>The fields of a column until there are enough for a group.</summary>
    private abstract class ColumnBuffer
    {
        public abstract DataField Field { get; }

        public static ColumnBuffer Of(Column column) => column.Type switch
        {
            ColumnType.Whole => new NumberBuffer<int>(column.Name),
            ColumnType.Seed => new NumberBuffer<ulong>(column.Name),
            ColumnType.Number => new NumberBuffer<double>(column.Name),
            _ => new TextBuffer(column.Name),
        };

        public abstract void Add(object? value);

        public abstract Task WriteAsync(ParquetRowGroupWriter group);
    }

    private sealed class NumberBuffer<T>(string name) : ColumnBuffer
        where T : struct
    {
        private readonly List<T?> _values = [];

        public override DataField Field { get; } = new(name, typeof(T), isNullable: true);

        public override void Add(object? value) => _values.Add((T?)value);

        public override async Task WriteAsync(ParquetRowGroupWriter group)
        {
            await group.WriteAsync<T>(Field, _values.ToArray());
            _values.Clear();
        }
    }

    private sealed class TextBuffer(string name) : ColumnBuffer
    {
        private readonly List<string?> _values = [];

        public override DataField Field { get; } = new(name, typeof(string), isNullable: true);

        public override void Add(object? value) => _values.Add((string?)value);

        public override async Task WriteAsync(ParquetRowGroupWriter group)
        {
            await group.WriteAsync(Field, (IReadOnlyCollection<string?>)_values);
            _values.Clear();
        }
    }
}
