using FLCrowd.Experiments.Hocon;

namespace FLCrowd.Host.Tests.Hocon;

public class HoconSpec
{
    [Theory]
    [InlineData("a {\n b = 1\n", "x.conf, line 1: '{' is never closed")]
    [InlineData("a { b = 1 }\n}", "x.conf, line 2: '}' closes nothing")]
    [InlineData("a = [1, 2\nb = {", "x.conf, line 2: '{' is never closed")]
    [InlineData("a {\n b = [1, 2 }\n", "x.conf, line 2: '}' does not close the '[' of line 2")]
    [InlineData("a = 1 ]", "x.conf, line 1: ']' closes nothing")]
    [InlineData("\na = \"abc", "x.conf, line 2: a text that starts with \" does not end")]
    [InlineData("\na = \"\"\"abc\"\"", "x.conf, line 2: a text that starts with \"\"\" does not end")]
    [InlineData("a = \"C:\\data\"", "x.conf, line 1: '\\d' is no escape in a text in quotes; write \\\\ for a backslash")]
    [InlineData("a { rounds 3 }", "x.conf, line 1: 'a.\"rounds 3\"' has no value; write key = value")]
    [InlineData("a = ", "x.conf, line 1: 'a' has no value; write key = value")]
    [InlineData("b =\na = 2", "x.conf, line 1: 'b' has no value; write key = value")]
    [InlineData("{ b = , a = 2 }", "x.conf, line 1: 'b' has no value; write key = value")]
    [InlineData("a = 1\nb = @x", "x.conf, line 2: '@' must not stand in a text without quotes; write \"...\"")]
    [InlineData("a..b = 1", "x.conf, line 1: 'a..b' is not a path such as learning.step-size")]
    [InlineData("a = [1,, 2]", "x.conf, line 1: a value is missing before ','")]
    [InlineData("{ a = 1,, b = 2 }", "x.conf, line 1: a setting is missing before ','")]
    [InlineData("{ a = 1 }\nb = 2", "x.conf, line 2: 'b' follows the end of the outermost block")]
    public void What_is_not_HOCON_is_named_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<SettingException>(() => Read.Hocon(text)).Message);

    /// <summary>Two settings that run together are never read as one.</summary>
    [Theory]
    [InlineData("\nclients = [ { strategy = truthful } ] experiment { kind = play }",
        "x.conf, line 2: the value of 'clients' is a list, and 'experiment' follows it; ")]
    [InlineData("a {\n b = 1\n} c { d = 2 }", "x.conf, line 3: the value of 'a' is a block, and 'c' follows it; ")]
    [InlineData("a { b = 1 } c = 2", "x.conf, line 1: the value of 'a' is a block, and 'c' follows it; ")]
    [InlineData("a = 1 { b = 2 }", "x.conf, line 1: the value of 'a' is a text, and a block follows it; ")]
    [InlineData("a = b [1]", "x.conf, line 1: the value of 'a' is a text, and a list follows it; ")]
    [InlineData("a = [1] { b = 2 }", "x.conf, line 1: the value of 'a' is a list, and a block follows it; ")]
    [InlineData("a = [{ b = 1 } c]", "x.conf, line 1: the value of 'a[0]' is a block, and 'c' follows it; ")]
    [InlineData("a = 1 b = 2", "x.conf, line 1: '=' stands in the value of 'a'; ")]
    [InlineData("a = 10.0.0.1:4053", "x.conf, line 1: ':' stands in the value of 'a'; ")]
    public void A_line_break_that_is_missing_is_named_with_what_stands_there(string text, string message)
    {
        var error = Assert.Throws<SettingException>(() => Read.Hocon(text)).Message;
        Assert.StartsWith(message + "put a comma or a line break between two settings", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a = \"}\" # ] \nb = 1 // {", "{ a = \"}\", b = 1 }")]
    [InlineData("a { b = 1 }, c = 2", "{ a = { b = 1 }, c = 2 }")]
    [InlineData("a = { b = 1 }, c = 2", "{ a = { b = 1 }, c = 2 }")]
    [InlineData("a : { b : 1 } , c : 2,", "{ a = { b = 1 }, c = 2 }")]
    [InlineData("a { b = 1 } # why, not\n , c = 2", "{ a = { b = 1 }, c = 2 }")]
    [InlineData("a = [{ b = 1 }, { b = 2 }\n { b = 3 },], c = 2", "{ a = [{ b = 1 }, { b = 2 }, { b = 3 }], c = 2 }")]
    [InlineData("a = \"{,}\", c = \"\"\"x \"y\" },\n{\"\"\"\"", "{ a = \"{,}\", c = \"x \\\"y\\\" },\\n{\\\"\" }")]
    [InlineData("a { b { c = [{ d = 1 }, { e = 2 }] } , f = 3 },\n g { h = 4 }",
        "{ a = { b = { c = [{ d = 1 }, { e = 2 }] }, f = 3 }, g = { h = 4 } }")]
    [InlineData("a = two  words\tthree, b.c.d = 1", "{ a = \"two  words\\tthree\", b = { c = { d = 1 } } }")]
    [InlineData("a =\n  { b = 1 }\n\"x.y\".z =\n [1\n2]", "{ a = { b = 1 }, \"x.y\" = { z = [1, 2] } }")]
    [InlineData("a = [1], a += 2, a += { b = 3 }\nc += 4", "{ a = [1, 2, { b = 3 }], c = [4] }")]
    [InlineData("a { b = 1, c = 2 }, a { b = 3 }, a.d = [4] [5]", "{ a = { b = 3, c = 2, d = [4, 5] } }")]
    [InlineData("a = [{ b = 1 }, { b = 2 }], a.1.c = 3", "{ a = [{ b = 1 }, { b = 2, c = 3 }] }")]
    [InlineData("a = null, b = \"null\", c = true", "{ a = null, b = \"null\", c = true }")]
    [InlineData("\ufeff{ a = 1 }", "{ a = 1 }")]
    [InlineData("a = 1e+3, include = 2", "{ a = \"1e+3\", include = 2 }")]
    [InlineData("", "{}")]
    public void HOCON_is_read_as_its_specification_has_it(string text, string tree) =>
        Assert.Equal(tree, HoconWriter.Inline(Read.Hocon(text)));

    [Theory]
    [InlineData("a { b = 1, c = [1, 2] }")]
    [InlineData("clients = [ { strategy = truthful, count = 3 }, { strategy = misreport, gamma = 1e-3, count = 4 } ]")]
    [InlineData("grid { \"learning.step-size\" = [0.5] }, \"acme/x\" { y = \"two words\" }, empty {}, none = []")]
    [InlineData("a = \"one\\ntwo\\\\\", \"a\\\"b\" = \"null\", c = null, \"\" = \"\"")]
    public void What_is_written_is_read_back(string text)
    {
        var tree = Read.Hocon(text);
        Assert.Equal(tree.ToJsonString(), Read.Hocon(HoconWriter.Text(tree)).ToJsonString());
    }

    [Fact]
    public void However_deep_a_text_is_it_is_read_or_refused() => Assert.Equal(
        "x.conf, line 1: '[' is more than 50 blocks and lists deep",
        Assert.Throws<SettingException>(() => Read.Hocon($"a = {new string('[', 1_000_000)}{new string(']', 1_000_000)}")).Message);
}
