using System.Text.RegularExpressions;

namespace FLCrowd.Host.Tests.Templates;

/// <summary>What the pages for authors of plug-ins show is what the build compiles.</summary>
public partial class SnippetSpec
{
    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Path.Combine(OutsideProjects.Solution(), "docs"), "add-a*.md").Select(path => Path.GetFileName(path)),
        "write-a-strategy.md", "write-a-strategy-in-python.md",
    ];

    public static TheoryData<string, string, string> Snippets =>
    [
        .. Pages.SelectMany(page => Snippet().Matches(Text(page.Data)).Select(match =>
            new TheoryDataRow<string, string, string>(page.Data, match.Groups["file"].Value, match.Groups["code"].Value))),
    ];

    [Theory]
    [MemberData(nameof(Snippets))]
    public void A_snippet_is_a_part_of_the_file_that_it_names(string page, string file, string snippet)
    {
        Assert.NotEmpty(page);
        var source = File.ReadAllText(Path.Combine(OutsideProjects.Solution(), file)).ReplaceLineEndings("\n");
        Assert.Contains(Plain(snippet), Plain(source), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_piece_of_code_names_its_file(string page)
    {
        int snippets = Snippet().Count(Text(page));
        Assert.True(snippets >= 1);
        Assert.Equal(snippets, Code().Count(Text(page)));
    }

    private static string Text(string page) =>
        File.ReadAllText(Path.Combine(OutsideProjects.Solution(), "docs", page)).ReplaceLineEndings("\n");

    /// <summary>Without indentation and the empty lines at both ends.</summary>
    private static string Plain(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim('\n');

    [GeneratedRegex("<!-- from (?<file>\\S+) -->\n```\\w+\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex("^```(csharp|hocon|xml|python)", RegexOptions.Multiline)]
    private static partial Regex Code();
}
