using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Hocon;

namespace FLCrowd.Host.Tests.Hocon;

public sealed class IncludeSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("include \"base.conf\"\nflcrowd.seed = 3")]
    [InlineData("include file(\"base.conf\"), flcrowd.seed = 3")]
    [InlineData("include required(\"base.conf\")\nflcrowd.seed = 3")]
    [InlineData("include required( file(\"base.conf\") )\nflcrowd { seed = 3 }")]
    [InlineData("flcrowd { include \"part.conf\", seed = 3 }")]
    public void A_file_is_included_from_the_folder_of_the_one_that_includes_it(string text)
    {
        Write("base.conf", "flcrowd { include \"sub/part.conf\" }");
        Write("part.conf", "include \"sub/part.conf\"");
        Write("sub/part.conf", "include \"beside.conf\", seed = 2, data.clients = ${learning.rounds}");
        Write("sub/beside.conf", "learning { rounds = 4 }, seed = 1");
        Assert.Equal("{ learning = { rounds = 4 }, seed = 3, data = { clients = 4 } }", HoconWriter.Inline(Parse(text)));
    }

    [Fact]
    public void Later_settings_replace_included_ones_and_the_other_way_round()
    {
        Write("base.conf", "flcrowd { seed = 1, data.clients = 2 }");
        Assert.Equal("{ seed = 3, data = { clients = 2 } }", HoconWriter.Inline(Parse("include \"base.conf\"\nflcrowd.seed = 3")));
        Assert.Equal("{ seed = 1, data = { clients = 2 } }", HoconWriter.Inline(Parse("flcrowd.seed = 3\ninclude \"base.conf\"")));
    }

    [Theory]
    [InlineData("\ninclude \"none.conf\"",
        "{0}x.conf, line 2: include \"none.conf\": there is no file {0}none.conf; "
        + "a name is relative to the folder of the file that includes it")]
    [InlineData("include \"sub\"", "{0}x.conf, line 1: include \"sub\": {0}sub cannot be read: ")]
    [InlineData("include \"sub/x.conf\"",
        "{0}sub/x.conf, line 2: include \"../x.conf\" goes in a circle: {0}x.conf -> {0}sub/x.conf -> {0}sub/../x.conf")]
    [InlineData("include \"x.conf\"", "{0}x.conf, line 1: include \"x.conf\" goes in a circle: {0}x.conf -> {0}x.conf")]
    [InlineData("include url(\"http://x\")",
        "{0}x.conf, line 1: include takes a file, as in include \"other.conf\"; url and classpath are not supported")]
    [InlineData("include required(classpath(\"x\"))",
        "{0}x.conf, line 1: include takes a file, as in include \"other.conf\"; url and classpath are not supported")]
    [InlineData("include other.conf", "{0}x.conf, line 1: include takes a file, as in include \"other.conf\"")]
    [InlineData("include \"bad.conf\"", "{0}bad.conf, line 2: 'seed' has no value; write key = value")]
    [InlineData("include \"stray.conf\"", "{0}stray.conf, line 2: 'learning' stands outside of 'flcrowd {{ ... }}'")]
    [InlineData("include \"open.conf\"",
        "{0}open.conf, line 1: 'flcrowd.seed' takes ${{FL_NOT_SET}}, which is neither a setting nor a variable of the environment; ")]
    public void What_is_wrong_with_a_file_is_named_with_it(string text, string message)
    {
        Write("sub/x.conf", "\ninclude \"../x.conf\"");
        Write("bad.conf", "\nseed = ");
        Write("stray.conf", "\nlearning.rounds = 3");
        Write("open.conf", "flcrowd.seed = ${FL_NOT_SET}");
        Assert.StartsWith(
            string.Format(null, message, _folder.Path + "/"),
            Assert.Throws<SettingException>(() => Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_includes_nothing() => Assert.StartsWith(
        "--set game={ include \"x\" }, line 1: include \"x\": what is not in a file of its own includes nothing",
        Configured.Error("game={ include \"x\" }"), StringComparison.Ordinal);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.In(name))!);
        File.WriteAllText(_folder.In(name), text);
    }

    private System.Text.Json.Nodes.JsonObject Parse(string text)
    {
        Write("x.conf", text);
        return ExperimentSources.Find(_folder.In("x.conf")).Parse();
    }
}
