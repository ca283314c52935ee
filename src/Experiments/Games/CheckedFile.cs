using System.Security.Cryptography;
using System.Text;
using FLCrowd.Actors.Recording;

namespace FLCrowd.Experiments.Games;

/// <summary>A small file that begins with a checksum of the rest, written in one move, so that nobody reads half of it, or what became of
/// it.</summary>
internal static class CheckedFile
{
    private const int Digits = 2 * SHA256.HashSizeInBytes;

    /// <summary>What was written; null where the file is damaged.</summary>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public static byte[]? Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes.Length > Digits && Sum(bytes.AsSpan(Digits)).SequenceEqual(bytes.AsSpan(0, Digits)) ? bytes[Digits..] : null;
    }

    /// <exception cref="DiskException">It cannot be written.</exception>
    public static void Write(string file, byte[] content) => Disk.Write(file, stream =>
    {
        stream.Write(Sum(content));
        stream.Write(content);
    });

    private static byte[] Sum(ReadOnlySpan<byte> content) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(content)));
}
