using System.Buffers.Binary;
using System.IO.Hashing;

namespace FLCrowd.Model.Data.Images;

/// <summary>Whether a PNG file is as it was written: each of its chunks says its length and its checksum.</summary>
internal static class PngCheck
{
    private const int Frame = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether it begins as one.</summary>
    public static bool IsPng(ReadOnlySpan<byte> content) => content.StartsWith(Signature);

    /// <summary>Width and height of a whole file; zero where it does not begin with them.</summary>
    public static (long Width, long Height) Size(ReadOnlySpan<byte> content) =>
        content.Length >= 24 && content[12..].StartsWith("IHDR"u8)
            ? (BinaryPrimitives.ReadUInt32BigEndian(content[16..]), BinaryPrimitives.ReadUInt32BigEndian(content[20..]))
            : (0, 0);

    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Problem(ReadOnlySpan<byte> content)
    {
        for (int at = Signature.Length; ;)
        {
            if (content.Length - at < Frame)
            {
                return $"ends at byte {content.Length}, before its last chunk (IEND)";
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            if (length > content.Length - at - Frame)
            {
                return $"has a chunk of {length} bytes at byte {at}, which is longer than the file";
            }

            var chunk = content.Slice(at + sizeof(uint), sizeof(uint) + (int)length);
            if (Crc32.HashToUInt32(chunk) != BinaryPrimitives.ReadUInt32BigEndian(content[(at + sizeof(uint) + chunk.Length)..]))
            {
                return $"is damaged: the checksum of the chunk at byte {at} is another";
            }

            if (chunk.StartsWith("IEND"u8))
            {
                return null;
            }

            at += Frame + (int)length;
        }
    }
}
