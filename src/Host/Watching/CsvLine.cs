using System.Buffers.Text;
using System.Text;

namespace FLCrowd.Host.Watching;

/// <summary>A row of a table as bytes: what is read of a table that grows is read once, and quickly.</summary>
internal static class CsvLine
{
    /// <summary>The fields of a row as texts.</summary>
    public static string[] Fields(ReadOnlySpan<byte> row)
    {
        var fields = new List<string>();
        for (int at = 0; at <= row.Length;)
        {
            int end = EndOf(row, at);
            fields.Add(Text(row[at..end]));
            at = end + 1;
        }

        return [.. fields];
    }

    /// <summary>One field of a row; empty where it has fewer.</summary>
    public static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> row, int index)
    {
        int at = 0;
        while (index-- > 0 && at <= row.Length)
        {
            at = EndOf(row, at) + 1;
        }

        return at > row.Length ? [] : row[at..EndOf(row, at)];
    }

    /// <summary>A number; NaN where there is none.</summary>
    public static double Number(ReadOnlySpan<byte> field) =>
        Utf8Parser.TryParse(field, out double number, out int read) && read == field.Length ? number : double.NaN;

    /// <summary>What a field says, without its quotes.</summary>
    public static string Text(ReadOnlySpan<byte> field) => field is [(byte)'"', .., (byte)'"']
        ? Encoding.UTF8.GetString(field[1..^1]).Replace("\"\"", "\"", StringComparison.Ordinal)
        : Encoding.UTF8.GetString(field);

    private static int EndOf(ReadOnlySpan<byte> row, int at)
    {
        for (bool isQuoted = false; at < row.Length; at++)
        {
            if (row[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (row[at] == ',' && !isQuoted)
            {
                break;
            }
        }

        return at;
    }
}
