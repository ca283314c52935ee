using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace FLCrowd.Model.Data;

/// <summary>A gzip-compressed idx file of bytes (yann.lecun.com/exdb/mnist): a magic number, the dimensions, the data.</summary>
internal sealed class IdxFile
{
    /// <summary>Magic number of unsigned bytes in three dimensions.</summary>
    public const int Images = 0x803;

    /// <summary>Magic number of unsigned bytes in one dimension.</summary>
    public const int Labels = 0x801;

    private readonly byte[] _content;
    private readonly int _start;

    private IdxFile(string path, string sha256, byte[] content, int[] dimensions)
    {
        (Path, Sha256, _content, Dimensions) = (path, sha256, content, dimensions);
        _start = sizeof(int) * (1 + dimensions.Length);
    }

    public string Path { get; }

    /// <summary>Of the compressed file, in hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The count first.</summary>
    public int[] Dimensions { get; }

    public ReadOnlySpan<byte> Data => _content.AsSpan(_start);

    /// <summary>Reads a file and checks that it is whole and of the kind that <paramref name="magic"/> says.</summary>
    public static IdxFile Read(string path, int magic)
    {
        if (!File.Exists(path))
        {
            throw new SettingException(path, "is missing; it must be a gzip-compressed idx file of MNIST");
        }

        var compressed = File.ReadAllBytes(path);
        var content = Decompress(path, compressed);
        int rank = magic & 0xFF;
        if (content.Length < sizeof(int) * (1 + rank))
        {
            throw new SettingException(path, $"holds {content.Length} bytes; its header alone must be {sizeof(int) * (1 + rank)}");
        }

        int found = BinaryPrimitives.ReadInt32BigEndian(content);
        if (found != magic)
        {
            throw new SettingException(path, $"has magic number {found}; must be {magic}");
        }

        var dimensions = new int[rank];
        long size = 1;
        for (int axis = 0; axis < rank; axis++)
        {
            dimensions[axis] = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(sizeof(int) * (1 + axis)));
            if (dimensions[axis] is < 1 or > 1 << 24)
            {
                throw new SettingException(path, $"has {dimensions[axis]} as dimension {axis}; must be at least 1 and at most {1 << 24}");
            }

            size = Math.Min(size * dimensions[axis], int.MaxValue);
        }

        var file = new IdxFile(path, Convert.ToHexStringLower(SHA256.HashData(compressed)), content, dimensions);
        return file.Data.Length == size
            ? file
            : throw file.Wrong($"holds {file.Data.Length} bytes of data; must be {size} ({string.Join(" x ", dimensions)})");
    }

    public SettingException Wrong(string problem) => new(Path, problem);

    private static byte[] Decompress(string path, byte[] compressed)
    {
        try
        {
            using var stream = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new SettingException(path, $"is not a whole gzip file ({e.Message})");
        }
    }
}
