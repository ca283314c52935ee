using FLCrowd.Host.Configuration;

namespace FLCrowd.Host.Tests;

public class HoconSpec
{
    [Theory]
    [InlineData("a {\n b = 1\n", "x.conf, line 1: '{' is never closed")]
    [InlineData("a { b = 1 }\n}", "x.conf, line 2: '}' closes nothing")]
    [InlineData("a = [1, 2\nb = {", "x.conf, line 2: '{' is never closed")]
    [InlineData("a {\n b = [1, 2 }\n", "x.conf, line 2: '}' does not close the '[' of line 2")]
    [InlineData("a = 1 ]", "x.conf, line 1: ']' closes nothing")]
    [InlineData("\na = \"abc", "x.conf, line 2: a text that starts with \" does not end")]
    [InlineData("a { rounds 3 }", "x.conf: 'a.\"rounds 3\"' has no value; write key = value")]
    [InlineData("a = ", "x.conf: 'a' has no value; write key = value")]
    [InlineData("a = 1 b = 2", "x.conf: '2' has no value; write key = value")]
    [InlineData("a = 1\nb = @x", "x.conf, line 2: is not valid HOCON")]
    [InlineData("a = ${nothing}", "x.conf: is not valid HOCON: Unresolved substitution: nothing")]
    [InlineData("include \"other\"", "x.conf: include \"other\" is not supported")]
    public void What_the_parser_would_forgive_is_an_error(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<SettingException>(() => Hocon.Parse(text, "x.conf")).Message, StringComparison.Ordinal);

    [Fact]
    public void Brackets_in_texts_and_comments_do_not_count() =>
        Assert.Equal("{ a = \"}\", b = 1 }", HoconWriter.Inline(Hocon.Parse("a = \"}\" # ] \nb = 1 // {", "x.conf")));

    [Theory]
    [InlineData("a { b = 1 }, c = 2", "{ a = { b = 1 }, c = 2 }")]
    [InlineData("a { b { c = [{ d = 1 }, { e = 2 }] } , f = 3 },\n g { h = 4 }", "{ a = { b = { c = [{ d = 1 }, { e = 2 }] }, f = 3 }, g = { h = 4 } }")]
    public void A_comma_may_follow_a_block(string text, string tree) => Assert.Equal(tree, HoconWriter.Inline(Hocon.Parse(text, "x.conf")));

    [Theory]
    [InlineData("a { b = 1, c = [1, 2] }")]
    [InlineData("clients = [ { strategy = truthful, count = 3 }, { strategy = misreport, gamma = 1e-3, count = 4 } ]")]
    [InlineData("grid { \"learning.step-size\" = [0.5] }, \"acme/x\" { y = \"two words\" }, empty {}, none = []")]
    public void What_is_written_is_read_back(string text)
    {
        var tree = Hocon.Parse(text, "x.conf");
        Assert.Equal(tree.ToJsonString(), Hocon.Parse(HoconWriter.Text(tree), "y.conf").ToJsonString());
    }
}
