using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FLCrowd.Model.Data.Numpy;

/// <summary>The type of a NumPy array's elements (numpy.dtype.str).</summary>
/// <param name="Number">How a number lies in the file; null for texts.</param>
/// <param name="Size">The bytes of an element.</param>
/// <param name="IsUnicode">Texts of four bytes a character, else of one.</param>
/// <param name="BigEndian">Whether a character's most significant byte comes first.</param>
internal sealed partial record NumpyType(ElementType? Number, int Size, bool IsUnicode, bool BigEndian)
{
    /// <summary>What can be read.</summary>
    public const string Known = "b1, i1 to i8, u1 to u8, f2 to f8, or texts S and U";

    private const int MostCharacters = 1 << 20;

    /// <summary>Reads such as <c>&lt;f4</c>; null where it is nothing that is read here.</summary>
    public static NumpyType? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match
            || !int.TryParse(match.Groups["size"].ValueSpan, CultureInfo.InvariantCulture, out int size))
        {
            return null;
        }

        bool bigEndian = match.Groups["order"].ValueSpan is ">" || (match.Groups["order"].ValueSpan is "=" && !BitConverter.IsLittleEndian);
        return (match.Groups["kind"].Value, size) switch
        {
            ("b" or "?", 1) => Of(ElementKind.Boolean),
            ("i", 1 or 2 or 4 or 8) => Of(ElementKind.Signed),
            ("u", 1 or 2 or 4 or 8) => Of(ElementKind.Unsigned),
            ("f", 2 or 4 or 8) => Of(ElementKind.Real),
            ("S" or "a", >= 1 and <= MostCharacters) => new NumpyType(null, size, false, bigEndian),
            ("U", >= 1 and <= MostCharacters) => new NumpyType(null, size * sizeof(int), true, bigEndian),
            _ => null,
        };

        NumpyType Of(ElementKind kind) => new(new ElementType(kind, size, bigEndian), size, false, bigEndian);
    }

    /// <summary>A text out of its bytes; null where they are none.</summary>
    public string? Text(ReadOnlySpan<byte> bytes)
    {
        if (!IsUnicode)
        {
            var used = bytes.TrimEnd((byte)0);
            return System.Text.Unicode.Utf8.IsValid(used) ? Encoding.UTF8.GetString(used) : null;
        }

        var text = new StringBuilder();
        for (int at = 0; at < bytes.Length; at += sizeof(int))
        {
            uint character = BigEndian
                ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..])
                : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            if (!Rune.IsValid(character))
            {
                return null;
            }

            text.Append(new Rune(character).ToString());
        }

        return text.ToString().TrimEnd('\0');
    }

    [GeneratedRegex(@"\A(?<order>[<>|=])(?<kind>[a-zA-Z?])(?<size>\d{1,7})\z")]
    private static partial Regex Form();
}
