using System.Globalization;

namespace FLCrowd.Model.Data.Tabular;

/// <summary>Makes a data set of a table.</summary>
internal static class TabularData
{
    /// <summary>A table in a CSV file.</summary>
    public static DataSet LoadCsv(CsvOptions options) =>
        Load("csv", options, (path, table) => CsvTable.Read(path, options, table));

    /// <summary>A table in a Parquet file.</summary>
    public static DataSet LoadParquet(ParquetOptions options) => Load("parquet", options, ParquetTable.Read);

    private static DataSet Load(string name, TabularOptions options, Action<string, Table> read)
    {
        var setting = $"data.{name}";
        CheckParts(setting, options);
        var table = new Table(setting, options);
        read(options.File, table);
        if (options.TestFile is { } testFile)
        {
            read(testFile, table);
        }

        var split = Split(table, options);
        var features = table.Columns.Where(column => column.Use is ColumnUse.Feature or ColumnUse.Category)
            .Select(column => FeatureColumn.Of(column, split.Training, options.File, options.Standardise))
            .ToArray();
        int width = features.Sum(column => column.Width);
        if (width == 0)
        {
            throw new SettingException(options.File, "has no column that is a feature; must have one beside the label");
        }

        FeatureMemory.Require(options.File, table.Rows, width);
        var (classOf, names) = Classes(table.Columns.Single(column => column.Use == ColumnUse.Label));
        return new DataSet(name, names.Length, new SampleShape(1, 1, width), Samples(split.Training), Samples(split.Test))
        {
            ClassNames = names,
            Columns = table.Columns.Where(column => column.Use == ColumnUse.Kept).ToDictionary(
                column => column.Name, column => split.Training.Select(row => column.Texts[column.Codes[row]]).ToArray()),
            Files = table.Files,
        };

        LabeledSamples Samples(int[] rows)
        {
            var all = new float[rows.Length * width];
            foreach (var (sample, row) in rows.Index())
            {
                int at = sample * width;
                foreach (var column in features)
                {
                    column.Write(row, all.AsSpan(at, column.Width));
                    at += column.Width;
                }
            }

            return new LabeledSamples(all, [.. rows.Select(row => classOf[row])]);
        }
    }

    private static void CheckParts(string setting, TabularOptions options)
    {
        if (options.File.Length == 0)
        {
            throw new SettingException($"{setting}.file", "is not set; must be a file");
        }

        var given = new[] { ("test-file", options.TestFile is null), ("test-column", options.TestColumn is null),
            ("test-share", options.TestShare is null) }.Where(part => !part.Item2).Select(part => part.Item1).ToList();
        if (given.Count != 1)
        {
            throw new SettingException(setting, given.Count == 0
                ? "says nothing of what is tested on; must have test-file, test-column or test-share (such as 0.2)"
                : $"has {string.Join(" and ", given)}; must have one of them");
        }
    }

    private static TestSplit Split(Table table, TabularOptions options)
    {
        if (options.TestShare is { } share)
        {
            return TestSplit.Draw(options.File, table.Rows, share, options.SplitSeed);
        }

        if (options.TestColumn is null)
        {
            return TestSplit.By([.. Enumerable.Range(0, table.Rows).Select(row => row >= table.FirstRows)]);
        }

        var parts = table.Columns.Single(column => column.Use == ColumnUse.Part);
        var split = TestSplit.By([.. parts.Codes.Select(code => TableColumn.Part(parts.Texts[code]) == true)]);
        return split is { Training.Length: > 0, Test.Length: > 0 }
            ? split
            : throw new SettingException(
                options.File,
                $"column {parts.Name} is {(split.Test.Length == 0 ? "train" : "test")} in every row; "
                + "some must be train and some test");
    }

    /// <summary>Classes in the order of their numbers where all are whole numbers, else in ordinal order.</summary>
    private static (byte[] OfRow, string[] Names) Classes(TableColumn labels)
    {
        bool whole = labels.Texts.All(text => WholeNumber.Parse<long>(text) is not null);
        string[] names = whole
            ? [.. labels.Texts.OrderBy(text => long.Parse(text, CultureInfo.InvariantCulture))]
            : [.. labels.Texts.Order(StringComparer.Ordinal)];
        var classOf = labels.Texts.Select(name => (byte)Array.IndexOf(names, name)).ToArray();
        return ([.. labels.Codes.Select(code => classOf[code])], names);
    }
}
