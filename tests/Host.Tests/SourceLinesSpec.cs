using FLCrowd.Host.Tests.Templates;

namespace FLCrowd.Host.Tests;

/// <summary>Code fits a page: two files stand side by side on a screen.</summary>
public class SourceLinesSpec
{
    private const int Longest = 140;

    private static readonly string[] Sources = ["src", "tests", "samples", "bench"];

    private static readonly string Solution = OutsideProjects.Solution();

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        var files = Sources.SelectMany(folder => Files(Path.Combine(Solution, folder))).Select(Relative).ToList();
        Assert.True(files.Count > 100, $"{files.Count} files below {Solution}");
        Assert.Empty(files.SelectMany(LongLines));
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Relative(file).Split('/').Any(part => part is "bin" or "obj" or "StrykerOutput"));

    private static string Relative(string file) => Path.GetRelativePath(Solution, file).Replace('\\', '/');

    private static IEnumerable<string> LongLines(string file) => File.ReadLines(Path.Combine(Solution, file))
        .Select((line, at) => (Line: line, Number: at + 1))
        .Where(line => line.Line.Length > Longest)
        .Select(line => $"{file}:{line.Number}: {line.Line.Length} characters");
}
