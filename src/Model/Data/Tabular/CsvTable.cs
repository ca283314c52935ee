using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace FLCrowd.Model.Data.Tabular;

/// <summary>Reads a CSV file into a table.</summary>
internal static class CsvTable
{
    private const int MostFieldLength = 1 << 20;
    private const char Quote = '"';

    /// <exception cref="SettingException">The file is missing or wrong: names the line.</exception>
    public static void Read(string path, CsvOptions options, Table table)
    {
        var file = SourceFile.Open(path, "a CSV file");
        file.Read("a CSV file", content =>
        {
            using var text = new StreamReader(content, new UTF8Encoding(false, throwOnInvalidBytes: true));
            using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = options.Separator == "tab" ? "\t" : options.Separator,
                MaxFieldSize = MostFieldLength,
                BadDataFound = _ => throw new FormatException(),
            });
            var reader = new Reader(file, parser);
            reader.Read(table, options);
            return 0;
        });
        table.End(file);
    }

    private sealed class Reader(SourceFile file, CsvParser parser)
    {
        private long _last;

        private Place Here => new(file.Path, "line", _last + 1);

        public void Read(Table table, CsvOptions options)
        {
            if (!Next())
            {
                throw file.Wrong("is empty; must be a CSV file with a line for each sample");
            }

            var names = options.Header ? Names(options) : [.. Enumerable.Range(1, parser.Count).Select(position => $"{position}")];
            var columns = table.Begin(file, names);
            if (options.Header && !Next())
            {
                return;
            }

            do
            {
                if (parser.Count != columns.Length)
                {
                    throw Here.Wrong($"has {parser.Count} fields; must have {columns.Length}, as the first line"
                        + (columns.Length == 1 ? " (the separator may be another: separator = ';')" : ""));
                }

                for (int k = 0; k < columns.Length; k++)
                {
                    columns[k]?.Add(parser[k], Here);
                }

                table.AddRow(Here);
            }
            while (Next());
        }

        private string[] Names(CsvOptions options)
        {
            var names = new string[parser.Count];
            for (int k = 0; k < names.Length; k++)
            {
                names[k] = parser[k].Trim();
                if (names[k].Length == 0)
                {
                    // Usually row numbers: as a feature they would tell what is in no row.
                    names[k] = $"{k + 1}";
                    if (!options.Ignore.Contains(names[k]) && !options.Keep.Contains(names[k]))
                    {
                        throw Here.Wrong($"column {k + 1} has no name; must have one, or ignore = [\"{k + 1}\"] must leave it out");
                    }
                }
            }

            return names;
        }

        /// <summary>The next line that is not empty.</summary>
        private bool Next()
        {
            _last = parser.RawRow;
            try
            {
                if (!parser.Read())
                {
                    return false;
                }

                // A quote that is not closed takes all lines that follow.
                if (parser.RawRow > _last + 1 && (parser.RawRecord.Count(character => character == Quote) & 1) != 0)
                {
                    throw Here.Wrong("opens a quote (\") that is not closed");
                }

                for (int k = 0; k < parser.Count; k++)
                {
                    _ = parser[k];
                }

                return true;
            }
            catch (Exception e) when (e is FormatException or CsvHelperException)
            {
                throw Here.Wrong(e is MaxFieldSizeException
                    ? $"has a field of more than {MostFieldLength} characters; a quote (\") may not be closed"
                    : "has a quote (\") within a field; a field with quotes must stand in quotes, and each of them twice");
            }
            catch (DecoderFallbackException)
            {
                throw new SettingException(file.Path, $"has bytes after line {_last} that are no UTF-8; must be saved as UTF-8");
            }
        }
    }
}
