using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace FLCrowd.Model.Data.Tabular;

/// <summary>Reads a Parquet file into a table.</summary>
internal static class ParquetTable
{
    /// <summary>Only a table that is the same in every row is smaller, and there is nothing to learn from it.</summary>
    private const int MostRowsPerByte = 1000;

    /// <exception cref="SettingException">The file is missing or wrong: names the row.</exception>
    public static void Read(string path, Table table)
    {
        var file = SourceFile.Open(path, "a Parquet file");

        // Nothing here waits for anything: the file's asynchronous reads are done when they return.
        file.Read("a Parquet file", content => ReadAsync(file, content, table).GetAwaiter().GetResult());
        table.End(file);
    }

    private static async Task<int> ReadAsync(SourceFile file, Stream content, Table table)
    {
        ParquetCheck.Check(file, content);
        await using var reader = await ParquetReader.CreateAsync(content);
        var fields = reader.Schema.Fields;
        var columns = table.Begin(file, [.. fields.Select(field => field.Name)]);
        long before = 0;
        for (int index = 0; index < reader.RowGroupCount; index++)
        {
            using var group = reader.OpenRowGroupReader(index);
            if (group.RowCount < 0 || group.RowCount > Array.MaxLength || group.RowCount > file.Length * MostRowsPerByte)
            {
                throw file.Wrong($"says that it holds {group.RowCount} rows in {file.Length} bytes; it is damaged");
            }

            LearningSetup.RequireMemory(
                file.Path, $"has {group.RowCount} rows in a row group, which", (double)group.RowCount * sizeof(double));
            foreach (var (field, column) in fields.Zip(columns))
            {
                if (column is not null)
                {
                    if (field is DataField data && group.GetMetadata(data)?.MetaData?.NumValues is { } count && count != group.RowCount
                        && data is { IsArray: false, MaxRepetitionLevel: 0 })
                    {
                        throw file.Wrong($"is damaged: column {field.Name} has {count} values in a group of {group.RowCount} rows");
                    }

                    await ReadColumnAsync(new Values(file, group, field, column, before, (int)group.RowCount));
                }
            }

            for (int row = 0; row < group.RowCount; row++)
            {
                table.AddRow(new Place(file.Path, "row", ++before));
            }
        }

        return 0;
    }

    private static Task ReadColumnAsync(Values values) => values.Type switch
    {
        { } type when type == typeof(bool) => values.NumbersAsync<bool>(value => value ? 1 : 0, value => value ? "true" : "false"),
        { } type when type == typeof(sbyte) => values.NumbersAsync<sbyte>(value => value),
        { } type when type == typeof(byte) => values.NumbersAsync<byte>(value => value),
        { } type when type == typeof(short) => values.NumbersAsync<short>(value => value),
        { } type when type == typeof(ushort) => values.NumbersAsync<ushort>(value => value),
        { } type when type == typeof(int) => values.NumbersAsync<int>(value => value),
        { } type when type == typeof(uint) => values.NumbersAsync<uint>(value => value),
        { } type when type == typeof(long) => values.NumbersAsync<long>(value => value),
        { } type when type == typeof(ulong) => values.NumbersAsync<ulong>(value => value),
        { } type when type == typeof(float) => values.NumbersAsync<float>(value => value),
        { } type when type == typeof(double) => values.NumbersAsync<double>(value => value),
        { } type when type == typeof(decimal) => values.NumbersAsync<decimal>(value => (double)value),
        { } type when type == typeof(DateTime) => values.TextsAsync<DateTime>(),
        { } type when type == typeof(DateOnly) => values.TextsAsync<DateOnly>(),
        { } type when type == typeof(Guid) => values.TextsAsync<Guid>(),
        { } type when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => values.TextsAsync(),
        _ => throw values.Wrong($"is of a type that is not read ({values.Kind})"),
    };

    /// <summary>The values of one column in one row group.</summary>
    private sealed class Values(SourceFile file, ParquetRowGroupReader group, Field source, TableColumn column, long before, int count)
    {
        public Type? Type => source is DataField { IsArray: false, MaxRepetitionLevel: 0 } data ? data.ClrType : null;

        public string Kind => source is DataField { IsArray: false } data ? data.ClrType.Name : "a list or a structure";

        private DataField Field => (DataField)source;

        public SettingException Wrong(string problem) => file.Wrong(
            $"column {column.Name} {problem}; must be numbers, texts or truth values, or 'ignore' must list the column");

        public async Task NumbersAsync<T>(Func<T, double> number, Func<T, string>? text = null)
            where T : struct, IComparable
        {
            bool asText = column.Use != ColumnUse.Feature;
            text ??= value => value is float or double
                ? number(value).ToString(CultureInfo.InvariantCulture)
                : Convert.ToString(value, CultureInfo.InvariantCulture)!;
            Take(await ReadAsync<T>(), (value, place) =>
            {
                double read = number(value);
                if (asText && !double.IsNaN(read))
                {
                    column.Add(text(value), place, isTyped: true);
                }
                else
                {
                    column.Add(read, place);
                }
            });
        }

        public async Task TextsAsync<T>()
            where T : struct, IFormattable
        {
            if (column.Use == ColumnUse.Feature)
            {
                throw Wrong($"is of a type that is no feature ({typeof(T).Name})");
            }

            Take(await ReadAsync<T>(), (value, place) => column.Add(
                value is Guid ? value.ToString()! : value.ToString("O", CultureInfo.InvariantCulture), place));
        }

        public async Task TextsAsync()
        {
            var values = new string?[count];
            await group.ReadAsync(Field, values.AsMemory());
            for (int row = 0; row < count; row++)
            {
                if (values[row] is { } text)
                {
                    column.Add(text, At(row), isTyped: true);
                }
                else
                {
                    column.AddMissing(At(row), "null");
                }
            }
        }

        private async Task<T?[]> ReadAsync<T>()
            where T : struct
        {
            var values = new T?[count];
            await group.ReadAsync<T>(Field, (Memory<T?>)values);
            return values;
        }

        private void Take<T>(T?[] values, Action<T, Place> add)
            where T : struct
        {
            for (int row = 0; row < count; row++)
            {
                if (values[row] is { } value)
                {
                    add(value, At(row));
                }
                else
                {
                    column.AddMissing(At(row), "null");
                }
            }
        }

        private Place At(int row) => new(file.Path, "row", before + row + 1);
    }
}
