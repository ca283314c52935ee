using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;

namespace FLCrowd.Host.Tests.Hocon;

public class SubstitutionSpec
{
    [Theory]
    [InlineData("a = ${b}, b = ${c.d}, c { d = 3 }", "{ a = 3, b = 3, c = { d = 3 } }")]
    [InlineData("a = ${?X}, b = 1", "{ b = 1 }")]
    [InlineData("a = 5, a = ${?X}", "{ a = 5 }")]
    [InlineData("a = 5, a = ${?SET}", "{ a = 7 }")]
    [InlineData("a = ${SET}, SET = 3", "{ a = 3, SET = 3 }")]
    [InlineData("a = [1, ${?X}, ${SET}]", "{ a = [1, 7] }")]
    [InlineData("a = ${?X}${?Y}, b = ${SET}ms, c = \"x \"${SET}\" y\", d = ${?X} z", "{ b = 7ms, c = \"x 7 y\", d = \" z\" }")]
    [InlineData("a = 1, a = ${a}2, a = ${a}3", "{ a = 123 }")]
    [InlineData("a = [1], a = ${a} [2], b = ${a} ${a}", "{ a = [1, 2], b = [1, 2, 1, 2] }")]
    [InlineData("d { x = 1, y = 2 }, e = ${d} { y = 3 }, f = ${e} { z = 4 }, g = ${f.y}",
        "{ d = { x = 1, y = 2 }, e = { x = 1, y = 3 }, f = { x = 1, y = 3, z = 4 }, g = 3 }")]
    [InlineData("a { x = 1 }, a = ${a} { y = ${a.x} }", "{ a = { x = 1, y = 1 } }")]
    [InlineData("a { x = ${a.y}, y = ${a.z}, z = 1 }", "{ a = { x = 1, y = 1, z = 1 } }")]
    [InlineData("a { x = 1 }, a = ${?X}, a { y = 2 }", "{ a = { x = 1, y = 2 } }")]
    [InlineData("a = ${?a}, b = [${?b}, 1]", "{ b = [1] }")]
    [InlineData("a = ${?b}, b = ${?a}", "{}")]
    [InlineData("a = 1, b = 2, a = ${b}", "{ a = 2, b = 2 }")]
    [InlineData("\"x.y\" { \"a b\" = 3 }, a = ${\"x.y\".a b}", "{ \"x.y\" = { \"a b\" = 3 }, a = 3 }")]
    [InlineData("a = \"${b}\", b = \"\"\"${a}\"\"\"", "{ a = \"${b}\", b = \"${a}\" }")]
    public void It_stands_for_a_setting_or_else_for_a_variable(string text, string tree) =>
        Assert.Equal(tree, HoconWriter.Inline(Read.Hocon(text, ("SET", "7"), ("X", null), ("Y", null))));

    [Theory]
    [InlineData("\na = ${X}",
        "x.conf, line 2: 'a' takes ${X}, which is neither a setting nor a variable of the environment; "
        + "set it, or write ${?X} to do without")]
    [InlineData("b = [{ c = ${X} }]", "x.conf, line 1: 'b[0].c' takes ${X}, which is neither a setting nor a variable")]
    [InlineData("f { b = 1, a = ${b} }",
        "x.conf, line 1: 'f.a' takes ${b}, which is neither a setting nor a variable of the environment (did you mean ${f.b}?)")]
    [InlineData("a = ${b}\nb = ${c}\nc = ${a}",
        "x.conf, line 3: 'c' takes ${a}, which goes in a circle: a -> b -> c -> a; give one of them a value")]
    [InlineData("a = ${a}", "x.conf, line 1: 'a' takes ${a}, which goes in a circle: a -> a; give one of them a value")]
    [InlineData("a = x${a}", "x.conf, line 1: 'a' takes ${a}, which goes in a circle: a -> a; give one of them a value")]
    [InlineData("a = { b = ${a} }",
        "x.conf, line 1: this is more than 50 blocks and lists deep; does a block take itself by a ${...} within it?")]
    [InlineData("a = { b = ${a}, c = ${a} }",
        "x.conf, line 1: this is more than 50 blocks and lists deep; does a block take itself by a ${...} within it?")]
    [InlineData("a = ${b} x, b = [1]",
        "x.conf, line 1: the value of 'a' is a list and a text side by side; it must be one text, one list or one block")]
    [InlineData("a = ${b", "x.conf, line 1: '${' is never closed")]
    [InlineData("a = ${}", "x.conf, line 1: '' is not a path such as learning.step-size")]
    [InlineData("a${b} = 1", "x.conf, line 1: 'a' has no value; write key = value")]
    public void What_it_stands_for_must_be_there(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<SettingException>(() => Read.Hocon(text, ("X", null))).Message, StringComparison.Ordinal);

    /// <summary>Neither the stack nor the memory overflows, however many refer to each other.</summary>
    [Theory]
    [InlineData(400, "${{a{0}}}", null)]
    [InlineData(100_000, "${{a{0}}}", "which leads through more than 500 others")]
    [InlineData(400, "${{a{0}}}${{a{0}}}", "which leads through more than 100000 others")]
    public void A_chain_has_an_end(int length, string link, string? problem)
    {
        var text = string.Join(
            '\n', Enumerable.Range(0, length).Select(n => $"a{n} = {string.Format(null, link, n + 1)}").Append($"a{length} = x"));
        if (problem is null)
        {
            Assert.Equal("x", Read.Hocon(text)["a0"]!.ToString());
        }
        else
        {
            Assert.Contains(problem, Assert.Throws<SettingException>(() => Read.Hocon(text)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void All_layers_see_each_other()
    {
        const string Text = "flcrowd { learning.model = quadratic, seed = ${flcrowd.seed}2, learning.rounds = ${flcrowd.data.clients} }";
        var game = Configured.File(
            Text, null, "data.clients=4", "game.assignment=${flcrowd.learning.rounds}",
            "learning.local-steps=${flcrowd.learning.local-steps}0").Plan.Games.Single();
        Assert.Equal(
            (12UL, 4, 4, 10),
            (game.Seed, game.Learning.Protocol.Rounds, game.Crowd.BatchSizes.Single(), game.Learning.Protocol.LocalSteps));
    }

    [Fact]
    public void A_variable_that_was_asked_for_belongs_to_the_command()
    {
        var asked = new AskedVariables(new Dictionary<string, string?> { ["FL_SEED"] = "7 7", ["FL_NONE"] = null });
        var source = new ExperimentSource(
            "test", "test.conf", "flcrowd { seed = ${?FL_SEED}, seed = ${?FL_NONE}, learning.rounds = ${flcrowd.seed} }", "test.conf");
        Assert.Equal("7 7", ExperimentSources.Resolve(source, [], null, asked).Tree["learning"]!["rounds"]!.ToString());
        Assert.Equal(
            "env -u FL_NONE 'FL_SEED=7 7' flcrowd run test.conf --seed 3",
            new RunRequest("test.conf") { Variables = asked.Asked }.Reproduce(3));
        Assert.Equal("flcrowd run test.conf --seed 3", new RunRequest("test.conf").Reproduce(3));
    }
}
