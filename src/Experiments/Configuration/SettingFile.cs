using System.Security.Cryptography;

namespace FLCrowd.Experiments.Configuration;

/// <summary>Files that settings name, and that are part of what a run is made of.</summary>
internal static class SettingFile
{
    /// <summary>Reads one.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="path">The file.</param>
    /// <param name="right">What it must be, such as <c>a CSV file of samples, workers and answers</c>.</param>
    /// <exception cref="SettingException">It is missing, or cannot be read.</exception>
    public static (byte[] Bytes, DataFile File) Read(string setting, string path, string right)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            return (bytes, new DataFile(path, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException(
                setting, $"is {path}, which {(Path.Exists(path) ? $"cannot be read ({e.Message})" : "is missing")}; must be {right}");
        }
    }
}
