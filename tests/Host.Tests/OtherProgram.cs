namespace FLCrowd.Host.Tests;

/// <summary>The program with one assembly that is another.</summary>
internal static class OtherProgram
{
    /// <param name="folder">Where it shall be: all its files but few are links.</param>
    /// <param name="assembly">The name of the file that differs.</param>
    /// <param name="change">Makes the other one out of it.</param>
    /// <returns>The program's file.</returns>
    public static string With(string folder, string assembly, Func<byte[], byte[]> change)
    {
        Directory.CreateDirectory(folder);
        foreach (var entry in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFileSystemInfos())
        {
            var copy = Path.Combine(folder, entry.Name);
            if (entry.Name.StartsWith("flcrowd.", StringComparison.Ordinal))
            {
                File.Copy(entry.FullName, copy);
            }
            else if (entry.Name != assembly)
            {
                File.CreateSymbolicLink(copy, entry.FullName);
            }
        }

        File.WriteAllBytes(Path.Combine(folder, assembly), change(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, assembly))));
        return Path.Combine(folder, Path.GetFileName(FlcrowdProcess.Program));
    }
}
