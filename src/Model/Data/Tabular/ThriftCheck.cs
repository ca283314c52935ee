namespace FLCrowd.Model.Data.Tabular;

/// <summary>
/// Whether bytes are a structure of Parquet's metadata (parquet.thrift, in Thrift's compact protocol): that every field is of its type and
/// lies within them. A reader that trusts damaged ones may never come to an end.
/// </summary>
/// <param name="bytes">The structure, and what may follow it.</param>
internal sealed class ThriftCheck(byte[] bytes)
{
    private const int MostDepth = 32;
    private const char Whole = 'v';
    private const char Text = 's';
    private const char Truth = 'b';
    private const char Byte = 'y';
    private const char List = '[';
    private const char Any = '*';

    /// <summary>The types of each structure's fields, from field 1: numbers, texts, truth values, lists, other structures.</summary>
    private static readonly Dictionary<char, string[]> Structures = new()
    {
        ['M'] = ["v", "[E", "v", "[R", "[K", "s", "[*", "*", "s"],
        ['E'] = ["v", "v", "v", "s", "v", "v", "v", "v", "v", "L"],
        ['L'] = ["*", "*", "*", "*", "X", "*", "T", "T", "*", "I"],
        ['X'] = ["v", "v"],
        ['T'] = ["b", "*"],
        ['I'] = ["y", "b"],
        ['R'] = ["[C", "v", "v", "[O", "v", "v", "v"],
        ['O'] = ["v", "b", "b"],
        ['C'] = ["s", "v", "D", "v", "v", "v", "v", "*", "s"],
        ['D'] = ["v", "[v", "[s", "v", "v", "v", "v", "[K", "v", "v", "v", "S", "[P", "v", "v", "Z", "*"],
        ['S'] = ["s", "s", "v", "v", "s", "s", "b", "b"],
        ['K'] = ["s", "s"],
        ['P'] = ["v", "v", "v"],
        ['Z'] = ["v", "[v", "[v"],
        ['H'] = ["v", "v", "v", "v", "A", "*", "B", "V"],
        ['A'] = ["v", "v", "v", "v", "S"],
        ['B'] = ["v", "v", "b"],
        ['V'] = ["v", "v", "v", "v", "v", "v", "b", "S"],
        [Any] = [],
    };

    private int _at;

    /// <summary>The metadata of a file.</summary>
    public const char File = 'M';

    /// <summary>The metadata of a column in a row group.</summary>
    public const char Column = 'D';

    /// <summary>What stands before a page.</summary>
    public const char Page = 'H';

    /// <summary>What stands before a page, of its values.</summary>
    public const string DataPages = "AV";

    /// <summary>Where the structure that was read ends.</summary>
    public int End => _at;

    /// <summary>The numbers in each structure of some kinds, by field; in the order in which they end.</summary>
    public List<(char Kind, Dictionary<int, long> Numbers)> Found { get; } = [];

    /// <summary>Reads one structure.</summary>
    /// <returns>Whether it is one.</returns>
    public bool Read(char kind, int depth = 0)
    {
        var types = Structures[kind];
        var numbers = new Dictionary<int, long>();
        for (long field = 0; ;)
        {
            if (depth > MostDepth || Next() is not { } head)
            {
                return false;
            }

            if (head == 0)
            {
                Found.Add((kind, numbers));
                return true;
            }

            if (head >> 4 != 0)
            {
                field += head >> 4;
            }
            else if (Number() is { } id)
            {
                field = id;
            }
            else
            {
                return false;
            }

            var type = field >= 1 && field <= types.Length ? types[field - 1] : null;
            int at = _at;
            if (!Value(head & 0xF, type, depth))
            {
                return false;
            }

            if (type is [Whole])
            {
                (_at, int end) = (at, _at);
                numbers[(int)field] = Number() ?? 0;
                _at = end;
            }
        }
    }

    private bool Value(int wire, string? type, int depth) => wire switch
    {
        1 or 2 => type is null or [Truth],
        3 => type is null or [Byte] && Skip(1),
        4 or 5 or 6 => type is null or [Whole] && Number() is not null,
        7 => type is null && Skip(sizeof(double)),
        8 => type is null or [Text] && Length() is { } length && Skip(length),
        9 or 10 => type is null or [List, ..] && Elements(type?[1..], depth),
        12 => (type is null || Structures.ContainsKey(type[0])) && Read(type?[0] ?? Any, depth + 1),
        _ => false,
    };

    private bool Elements(string? type, int depth)
    {
        if (Next() is not { } head || (head >> 4 == 15 ? Length() : head >> 4) is not { } count)
        {
            return false;
        }

        int wire = head & 0xF;
        for (long k = 0; k < count; k++)
        {
            // In a list a truth value is a byte.
            if (!(wire is 1 or 2 ? type is null or [Truth] && Skip(1) : Value(wire, type, depth)))
            {
                return false;
            }
        }

        return type is null || count == 0 || wire is not (1 or 2) || type is [Truth];
    }

    private int? Next() => _at < bytes.Length ? bytes[_at++] : null;

    private bool Skip(long count)
    {
        if (count > bytes.Length - _at)
        {
            return false;
        }

        _at += (int)count;
        return true;
    }

    private ulong? Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (Next() is not { } part)
            {
                return null;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        return null;
    }

    private long? Number() => Unsigned() is { } value ? (long)(value >> 1) ^ -(long)(value & 1) : null;

    /// <summary>Of what has at least a byte for each.</summary>
    private long? Length() => Unsigned() is { } value && value <= (ulong)(bytes.Length - _at) ? (long)value : null;
}
