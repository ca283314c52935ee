using System.Buffers.Binary;

namespace FLCrowd.Model.Data.Tabular;

/// <summary>Whether a Parquet file's metadata is whole: at its end, and before each of its pages.</summary>
internal static class ParquetCheck
{
    private const int Tail = 8;
    private const int MostHead = 1 << 16;
    private const int ValuesField = 5;
    private const int SizeField = 7;
    private const int DataField = 9;
    private const int DictionaryField = 11;
    private const int PageSizeField = 3;

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <exception cref="SettingException">It is damaged, or no Parquet file.</exception>
    public static void Check(SourceFile file, Stream content)
    {
        if (!content.CanSeek)
        {
            throw file.Wrong("is compressed as a whole; must be a Parquet file, which is compressed in itself");
        }

        var tail = content.Length >= Tail + Magic.Length ? At(content, content.Length - Tail, Tail) : [];
        if (!tail.AsSpan().EndsWith(Magic))
        {
            throw file.Wrong("is not a Parquet file: it does not end as one (PAR1)");
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        long start = content.Length - Tail - length;
        if (start < Magic.Length)
        {
            throw file.Wrong($"is damaged: its metadata would be {length} bytes, longer than the file");
        }

        var metadata = new ThriftCheck(At(content, start, (int)length));
        if (!metadata.Read(ThriftCheck.File))
        {
            throw file.Wrong("is damaged: its metadata cannot be read");
        }

        foreach (var (kind, column) in metadata.Found)
        {
            if (kind == ThriftCheck.Column && !Pages(content, start, column))
            {
                throw file.Wrong("is damaged: the pages of a column are not where its metadata says, or hold other values");
            }
        }

        content.Position = 0;
    }

    private static bool Pages(Stream content, long most, Dictionary<int, long> column)
    {
        if (!column.TryGetValue(DataField, out long at) || !column.TryGetValue(SizeField, out long size))
        {
            return false;
        }

        long dictionary = column.GetValueOrDefault(DictionaryField);
        at = dictionary > 0 && dictionary < at ? dictionary : at;
        if (at < Magic.Length || size < 0 || size > most - at)
        {
            return false;
        }

        long left = column.GetValueOrDefault(ValuesField);
        for (long end = at + size; at < end;)
        {
            var page = new ThriftCheck(At(content, at, (int)Math.Min(MostHead, end - at)));
            if (!page.Read(ThriftCheck.Page))
            {
                return false;
            }

            long length = page.Found[^1].Numbers.GetValueOrDefault(PageSizeField, -1);
            at += page.End + length;
            if (length < 0 || at > end)
            {
                return false;
            }

            left -= page.Found.Where(part => ThriftCheck.DataPages.Contains(part.Kind)).Sum(part => part.Numbers.GetValueOrDefault(1));
        }

        return left == 0;
    }

    private static byte[] At(Stream content, long position, int count)
    {
        var bytes = new byte[count];
        content.Position = position;
        content.ReadExactly(bytes);
        return bytes;
    }
}
