using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using FLCrowd.Actors.Recording;

namespace FLCrowd.Experiments.Tables;

/// <summary>Writes a table whose rows are all known.</summary>
internal static class CsvFile
{
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="rows">Its header and its rows: numbers are written so that they read back to the same bits, null is empty.</param>
    /// <exception cref="DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(string path, IEnumerable<IEnumerable<object?>> rows) => Disk.WriteText(path, text =>
    {
        // Not disposed of where the disk is full: it would write again.
        var writer = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        foreach (var row in rows)
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
