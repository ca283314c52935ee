using System.IO.Compression;
using System.Security.Cryptography;

namespace FLCrowd.Model.Data;

/// <summary>A file that a data set is read from, with the checksum of what is on the disk.</summary>
internal sealed class SourceFile
{
    /// <summary>Deflate cannot make more of a byte.</summary>
    private const int MostExpansion = 1100;

    private readonly Lazy<string> _sha256;

    private SourceFile(string path, long length, bool isGzip)
    {
        (Path, Length, IsGzip) = (path, length, isGzip);
        _sha256 = new Lazy<string>(Hash);
    }

    /// <summary>As it was asked for.</summary>
    public string Path { get; }

    /// <summary>In lower-case hexadecimal; computed when it is first asked for, after what is too large has been refused.</summary>
    public string Sha256 => _sha256.Value;

    /// <summary>Its bytes on the disk.</summary>
    public long Length { get; }

    /// <summary>Whether it begins as gzip files do.</summary>
    public bool IsGzip { get; }

    /// <summary>What it can hold at most, in bytes.</summary>
    public long MostContent => IsGzip ? Length * MostExpansion : Length;

    public DataFile Listed => new(Path, Sha256);

    /// <param name="path">The file; relative paths start at the current folder.</param>
    /// <param name="right">What it must be, such as <c>an idx file</c>.</param>
    /// <exception cref="SettingException">It is missing, or cannot be read.</exception>
    public static SourceFile Open(string path, string right)
    {
        if (!File.Exists(path))
        {
            throw new SettingException(
                path, Directory.Exists(path) ? $"is a folder; it must be {right}" : $"is missing; it must be {right}");
        }

        try
        {
            using var stream = File.OpenRead(path);
            bool isGzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
            return new SourceFile(path, stream.Length, isGzip);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(path, $"cannot be read ({e.Message}); it must be {right}");
        }
    }

    /// <summary>Reads the content, decompressed where it is compressed.</summary>
    /// <param name="form">What it is to be, such as <c>a Parquet file</c>: a decoder's own words say little to the user.</param>
    /// <param name="read">Makes something of the content.</param>
    /// <exception cref="SettingException">Of <paramref name="read"/>, or whatever else it throws, told as one.</exception>
    public T Read<T>(string form, Func<Stream, T> read)
    {
        try
        {
            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            using var content = IsGzip ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            return read(content);
        }
        catch (Exception e) when (e is not SettingException)
        {
            // Decoders of broken files throw what they will, and none of it is the program's fault.
            throw Wrong($"is not {(IsGzip ? "a whole gzip file" : form)} ({e.Message.ReplaceLineEndings(" ")})");
        }
    }

    public SettingException Wrong(string problem) => new(Path, problem);

    /// <summary>Compares the checksum with the one of a list.</summary>
    /// <exception cref="SettingException">It is another, or there is none.</exception>
    public void Check(Checksums sums)
    {
        var right = sums.Of(System.IO.Path.GetFileName(Path));
        if (Sha256 != right)
        {
            throw Wrong($"has SHA-256 {Sha256}; must be {right}");
        }
    }

    private string Hash()
    {
        try
        {
            using var stream = File.OpenRead(Path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"cannot be read ({e.Message})");
        }
    }
}
