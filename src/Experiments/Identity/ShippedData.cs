using System.Security.Cryptography;

namespace FLCrowd.Experiments.Identity;

/// <summary>The data that come with the program, as nodes compare them before they work together.</summary>
internal static class ShippedData
{
    /// <summary>A name and a checksum each. Loading checks every file against SHA256SUMS, so that file stands for all of them.</summary>
    public static IReadOnlyList<string> Checksums
    {
        get
        {
            var root = Path.Combine(AppContext.BaseDirectory, "data");
            return Directory.Exists(root)
                ? [.. Directory.EnumerateFiles(root, "SHA256SUMS", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Select(file => $"{Path.GetFileName(Path.GetDirectoryName(file))} "
                        + $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}")]
                : [];
        }
    }
}
