using System.Text;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>What a run has written.</summary>
internal static class RunFiles
{
    private static readonly string[] Tables = ["episodes.csv", "rounds.csv", "clients.csv"];

    /// <summary>Bytes of the tables by now, of all parts of a collection.</summary>
    public static long Written(string folder) =>
        Lengths(folder).Where(file => Tables.Contains(Path.GetFileName(file.Name))).Sum(file => file.Bytes);

    /// <summary>The files that there are now, by name.</summary>
    public static IReadOnlyList<(string Name, long Bytes)> Lengths(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => (file.FullName, file.Length))
                .OrderBy(file => file.FullName, StringComparer.Ordinal)];
        }
        catch (IOException)
        {
            // There is none yet, or one is gone that was there before.
            return [];
        }
    }

    /// <summary>Two runs have the same files with the same bytes, but for those that hold times. In Latin-1 every byte is a
    /// letter.</summary>
    public static void AssertSame(string expected, string actual)
    {
        string[] files = Names(expected);
        Assert.Equal(files, Names(actual));
        Assert.All(files, file => Assert.Equal(
            File.ReadAllText(Path.Combine(expected, file), Encoding.Latin1),
            File.ReadAllText(Path.Combine(actual, file), Encoding.Latin1)));
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not (RunDirectory.RecordFile or RunDirectory.ReportFile))
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal)];
}
