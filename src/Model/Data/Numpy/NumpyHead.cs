using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FLCrowd.Model.Data.Numpy;

/// <summary>The head of a .npy file (numpy.lib.format, versions 1.0 to 3.0).</summary>
internal static partial class NumpyHead
{
    private const int MostLength = 1 << 20;
    private const int MostRank = 32;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads it; what follows are the elements.</summary>
    /// <exception cref="SettingException">It is none, or of an array that is not read here.</exception>
    public static (ArrayForm Form, NumpyType Type) Read(string owner, Stream content)
    {
        var start = Exactly(8);
        if (!start.AsSpan().StartsWith(Magic))
        {
            throw Wrong("does not begin as a .npy file does (\\x93NUMPY); numpy.save and numpy.savez write such files");
        }

        if (start[6] is < 1 or > 3)
        {
            throw Wrong($"is of version {start[6]}.{start[7]} of NumPy's format; 1.0 to 3.0 are read");
        }

        long length = start[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(Exactly(2))
            : BinaryPrimitives.ReadUInt32LittleEndian(Exactly(4));
        if (length > MostLength)
        {
            throw Wrong($"has a head of {length} bytes; must be at most {MostLength}");
        }

        var text = (start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(Exactly((int)length));
        if (Description().Match(text) is not { Success: true } match)
        {
            throw Wrong($"has the head {Shown(text)}; must be {{'descr': '<f4', 'fortran_order': False, 'shape': (20, 3), }} or the like"
                + (text.Contains("'descr': [", StringComparison.Ordinal)
                    ? ", an array of one type of number or text, without fields"
                    : ""));
        }

        var type = NumpyType.Parse(match.Groups["type"].Value)
            ?? throw Wrong($"has elements of type '{Shown(match.Groups["type"].Value)}'; must be {NumpyType.Known}");
        var dimensions = match.Groups["size"].Captures.Select(size => Dimension(size.Value)).ToArray();
        if (dimensions.Length is 0 or > MostRank)
        {
            throw Wrong($"has {dimensions.Length} dimensions; must have at least 1 and at most {MostRank}");
        }

        var form = new ArrayForm(owner, type.Number ?? new ElementType(ElementKind.Unsigned, type.Size, false), dimensions)
        {
            IsColumnMajor = match.Groups["fortran"].ValueSpan is "True" && dimensions.Length > 1,
        };
        return (form, type);

        SettingException Wrong(string problem) => new(owner, problem);

        int Dimension(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int size) && size > 0
            ? size
            : throw Wrong($"has {text} as a dimension; must be at least 1 and at most {int.MaxValue}");

        byte[] Exactly(int count)
        {
            var bytes = new byte[count];
            return content.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
                ? bytes
                : throw Wrong("ends within its head; it is no whole .npy file");
        }
    }

    private static string Shown(string text)
    {
        var line = string.Concat(text.Trim().Select(character => char.IsControl(character) ? '?' : character));
        return line.Length > 80 ? line[..80] + "..." : line;
    }

    [GeneratedRegex(
        @"\A\{(?=[^}]*'descr': *'(?<type>[^']*)')(?=[^}]*'fortran_order': *(?<fortran>True|False))"
        + @"(?=[^}]*'shape': *\( *(?:(?<size>\d{1,19})L? *(?:, *|(?=\))))*\))[^}]*\}\s*\z")]
    private static partial Regex Description();
}
