using System.Buffers.Binary;

namespace FLCrowd.Model.Data;

/// <summary>An idx file (yann.lecun.com/exdb/mnist), gzip-compressed or not: a magic number, the dimensions, the data.</summary>
internal static class IdxFile
{
    /// <summary>Magic number of unsigned bytes in three dimensions.</summary>
    public const int Images = 0x803;

    /// <summary>Magic number of unsigned bytes in one dimension.</summary>
    public const int Labels = 0x801;

    private const int MostDimension = 1 << 24;

    /// <summary>Reads a file and checks that it is whole.</summary>
    /// <param name="file">The file.</param>
    /// <param name="magic">The only kind that it may be; null: any.</param>
    /// <param name="read">Makes something of its content.</param>
    public static (ArrayForm Form, T Content) Read<T>(SourceFile file, int? magic, Func<ArrayContent, T> read) =>
        file.Read(magic is null ? "an idx file" : "a whole gzip file", content =>
        {
            var form = Head(file, content, magic);
            return (form, read(new ArrayContent(form, content, file.MostContent)));
        });

    private static ArrayForm Head(SourceFile file, Stream content, int? magic)
    {
        var head = new byte[sizeof(int) * (1 + byte.MaxValue)];
        int found = content.ReadAtLeast(head.AsSpan(0, sizeof(int)), sizeof(int), throwOnEndOfStream: false);
        int kind = BinaryPrimitives.ReadInt32BigEndian(head);
        int rank = (magic ?? kind) & 0xFF;
        int length = sizeof(int) * (1 + rank);
        if (found == sizeof(int))
        {
            found += content.ReadAtLeast(head.AsSpan(sizeof(int), length - sizeof(int)), length - sizeof(int), throwOnEndOfStream: false);
        }

        if (found < Math.Max(length, 2 * sizeof(int)))
        {
            throw file.Wrong($"holds {found} bytes; its header alone must be {Math.Max(length, 2 * sizeof(int))}");
        }

        if (magic is { } right && kind != right)
        {
            throw file.Wrong($"has magic number {kind}; must be {right}");
        }

        if (kind >> 16 != 0 || TypeOf(kind >> 8) is not { } type)
        {
            throw file.Wrong($"has magic number 0x{kind:x8}; an idx file's is 0x0000TTRR, with TT the type of its numbers "
                + "(08, 09, 0b, 0c, 0d or 0e) and RR how many dimensions it has");
        }

        var dimensions = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            dimensions[axis] = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(sizeof(int) * (1 + axis)));
            if (dimensions[axis] is < 1 or > MostDimension)
            {
                throw file.Wrong($"has {dimensions[axis]} as dimension {axis}; must be at least 1 and at most {MostDimension}");
            }
        }

        return new ArrayForm(file.Path, type, dimensions);
    }

    private static ElementType? TypeOf(int code) => code switch
    {
        0x08 => new ElementType(ElementKind.Unsigned, 1, BigEndian: true),
        0x09 => new ElementType(ElementKind.Signed, 1, BigEndian: true),
        0x0B => new ElementType(ElementKind.Signed, 2, BigEndian: true),
        0x0C => new ElementType(ElementKind.Signed, 4, BigEndian: true),
        0x0D => new ElementType(ElementKind.Real, 4, BigEndian: true),
        0x0E => new ElementType(ElementKind.Real, 8, BigEndian: true),
        _ => null,
    };
}
