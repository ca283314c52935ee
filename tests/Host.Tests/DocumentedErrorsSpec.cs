using FLCrowd.Host.Tests.Templates;

namespace FLCrowd.Host.Tests;

/// <summary>A reader of a document learns what a ± in it is, as one of a table does.</summary>
public class DocumentedErrorsSpec
{
    private static readonly string Solution = OutsideProjects.Solution();

    [Fact]
    public void A_document_that_has_a_plus_minus_says_what_it_is()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Solution, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Solution, "README.md"))
            .Where(page => File.ReadAllText(page).Contains('±'))
            .ToList();
        Assert.Contains(Path.Combine(Solution, "README.md"), pages);
        Assert.All(pages, page => Assert.Matches(@"± is (one standard error of|half the mean's)\s", File.ReadAllText(page)));
    }

    [Fact]
    public void No_source_of_the_program_writes_a_plus_minus_in_another_way()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Solution, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Solution, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(File.ReadAllLines)
            .ToList();
        Assert.True(sources.Count > 100);
        Assert.DoesNotContain(sources.SelectMany(lines => lines), line => line.Contains("+- ", StringComparison.Ordinal));
    }
}
