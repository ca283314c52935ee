using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;

namespace FLCrowd.Experiments.Tables;

/// <summary>Writes a table whose rows are all known.</summary>
public static class CsvFile
{
    /// <param name="directory">The run's folder.</param>
    /// <param name="schema">The table; a file of its name is replaced.</param>
    /// <param name="run">The columns that come with the run.</param>
    /// <param name="rows">Its rows: numbers are written so that they read back to the same bits, null is empty.</param>
    /// <exception cref="DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write<TRow>(string directory, TableSchema<TRow> schema, RunColumns run, IEnumerable<TRow> rows) =>
        Disk.WriteText(Path.Combine(directory, schema.File), text =>
        {
            // Not disposed of where the disk is full: it would write again.
            var writer = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
            foreach (var row in rows.Select(row => schema.Fields(run, row)).Prepend(schema.Header(run)))
            {
                foreach (var field in row)
                {
                    writer.WriteField(Convert.ToString(field, CultureInfo.InvariantCulture));
                }

                writer.NextRecord();
            }

            writer.Flush();
        });
}
