using System.Text.RegularExpressions;

namespace FLCrowd.Host.Tests.Templates;

/// <summary>What docs/write-a-strategy.md shows is what the build compiles.</summary>
public partial class SnippetSpec
{
    private static readonly string Page = File.ReadAllText(Path.Combine(OutsideProjects.Solution(), "docs/write-a-strategy.md")).ReplaceLineEndings("\n");

    public static TheoryData<string, string> Snippets =>
        [.. Snippet().Matches(Page).Select(match => new TheoryDataRow<string, string>(match.Groups["file"].Value, match.Groups["code"].Value))];

    [Theory]
    [MemberData(nameof(Snippets))]
    public void A_snippet_is_a_part_of_the_file_that_it_names(string file, string snippet) => Assert.Contains(
        Plain(snippet), Plain(File.ReadAllText(Path.Combine(OutsideProjects.Solution(), file)).ReplaceLineEndings("\n")), StringComparison.Ordinal);

    [Fact]
    public void Every_piece_of_code_names_its_file()
    {
        Assert.True(Snippets.Count >= 6);
        Assert.Equal(Snippets.Count, Code().Count(Page));
    }

    /// <summary>Without indentation and the empty lines at both ends.</summary>
    private static string Plain(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim('\n');

    [GeneratedRegex("<!-- from (?<file>\\S+) -->\n```\\w+\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex("^```(csharp|hocon|xml)", RegexOptions.Multiline)]
    private static partial Regex Code();
}
