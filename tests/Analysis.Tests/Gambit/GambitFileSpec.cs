using System.Globalization;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Gambit;
using FLCrowd.Analysis.Tests.EmpiricalGames;
using FsCheck;
using FsCheck.Xunit;

namespace FLCrowd.Analysis.Tests.Gambit;

public sealed class GambitFileSpec
{
    /// <summary>The example of Gambit's documentation is read the same way: the first player's strategy changes fastest.</summary>
    [Fact]
    public void Two_prisoners()
    {
        Assert.Equal("""
            NFG 1 R "two \"prisoners\"" { "client 1" "client 2" }

            { { "stay silent" "talk" }
            { "stay silent" "talk" }
            }
            "Mean payoffs; clients are symmetric."

            3 3
            5 0
            0 5
            1 1

            """, Text("two \"prisoners\"", ["stay silent", "talk"], TextbookGames.Of(TextbookGames.PrisonersDilemma, 2)));
    }

    /// <summary>The rule of Gambit's reader: a backslash hides what follows; only a hidden quote loses it.</summary>
    [Property(MaxTest = 1000, Replay = "(20261128,1)")]
    public void A_label_is_read_back_as_it_was_written_or_there_is_none(NonNull<string> any, byte[] odd)
    {
        // Strings of what is special, among others.
        foreach (var text in (string[])[any.Get, string.Concat(odd.Select(value => "\\\"a\\"[value % 4]))])
        {
            if (GambitFile.Label(text) is { } label)
            {
                Assert.Equal((text, label.Length), Read(label));
            }
            else
            {
                Assert.Contains('\\', text);
            }
        }

        static (string Text, int End) Read(string label)
        {
            var text = new System.Text.StringBuilder();
            bool hides = false;
            int at = 1;
            for (; label[at] != '"' || hides; at++)
            {
                text.Append((hides, label[at]) switch
                {
                    (true, '"') => "\"",
                    (true, var hidden) => $"\\{hidden}",
                    (false, '\\') => "",
                    (false, var plain) => $"{plain}",
                });
                hides = label[at] == '\\';
            }

            return (text.ToString(), at + 1);
        }
    }

    [Theory]
    [InlineData("label\\train", "\"label\\train\"")]
    [InlineData("a\\\\\\b", "\"a\\\\b\"")]
    [InlineData("a \"quote\"", "\"a \\\"quote\\\"\"")]
    [InlineData("share\\", null)]
    [InlineData("a\\\\b", null)]
    [InlineData("a\\\"b", null)]
    public void Backslashes_stand_as_Gambit_reads_them(string text, string? label) => Assert.Equal(label, GambitFile.Label(text));

    [Property(MaxTest = 1000, Replay = "(20261128,1)")]
    public void Numbers_are_whole_and_have_no_exponent(NormalFloat number, sbyte scale)
    {
        double value = number.Get * Math.Pow(10, scale);
        var text = GambitFile.Number(value);
        Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
        Assert.Matches(@"\A-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?\z", text);
    }

    [Theory]
    [InlineData(1e-20, "0.00000000000000000001")]
    [InlineData(-2.5e-17, "-0.000000000000000025")]
    [InlineData(12.5, "12.5")]
    [InlineData(1.25e21, "1250000000000000000000")]
    [InlineData(-0.0, "0")]
    public void Small_and_large_payoffs_are_written_out(double value, string text) => Assert.Equal(text, GambitFile.Number(value));

    [Fact]
    public void Every_cell_of_a_larger_game_has_each_clients_payoff()
    {
        var game = new SymmetricGame(4, 3, (own, counts) => 100 * own + counts[0] + 0.1 * counts[1]);
        var cells = Text("t", ["a", "b", "c"], game).TrimEnd('\n').Split('\n').SkipWhile(line => !line.StartsWith('"')).Skip(2).ToList();
        Assert.Equal(81, cells.Count);
        for (int cell = 0; cell < cells.Count; cell++)
        {
            int[] played = [cell % 3, cell / 3 % 3, cell / 9 % 3, cell / 27];
            int[] counts = [.. Enumerable.Range(0, 3).Select(strategy => played.Count(own => own == strategy))];
            Assert.Equal(
                played.Select(own => game.Payoff(own, counts)),
                cells[cell].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)),
                (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        }
    }

    /// <summary>A reader of its own, by Gambit's documentation: what was written is the game, player by player.</summary>
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(5, 2)]
    public void The_game_is_read_back(int players, int strategies)
    {
        var game = new SymmetricGame(players, strategies, (own, counts) =>
        {
            var seed = new Seed(8).For("payoff", [own, .. counts]);
            return seed.Normal(0) * Math.Pow(10, 4 * seed.Normal(1));
        });
        string[] names = [.. Enumerable.Range(0, strategies).Select(strategy => $"s{strategy}")];
        var lines = Text("a game", names, game).Split('\n');
        var clients = Enumerable.Range(1, players).Select(player => $"\"client {player}\"");
        Assert.Equal($"NFG 1 R \"a game\" {{ {string.Join(' ', clients)} }}", lines[0]);
        var payoffs = lines.SkipWhile(line => !line.StartsWith("\"Mean", StringComparison.Ordinal)).Skip(2).Where(line => line.Length > 0)
            .Select(line => line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray()).ToList();
        Assert.Equal(GambitFile.Profiles(players, strategies), payoffs.Count);
        for (int cell = 0; cell < payoffs.Count; cell++)
        {
            int[] played = [.. Enumerable.Range(0, players).Select(player => cell / (int)Math.Pow(strategies, player) % strategies)];
            int[] counts = [.. Enumerable.Range(0, strategies).Select(strategy => played.Count(own => own == strategy))];
            Assert.Equal(played.Select(own => game.Payoff(own, counts)), payoffs[cell]);
        }
    }

    [Fact]
    public void What_Gambit_cannot_read_is_refused()
    {
        var game = TextbookGames.Of(TextbookGames.PrisonersDilemma, 2);
        Assert.Throws<ArgumentException>(() => Text("ends in \\", ["a", "b"], game));
        Assert.Throws<ArgumentException>(() => Text("t", ["a", "b\\"], game));
        Assert.Throws<ArgumentException>(() => Text("t", ["a"], game));
    }

    private static string Text(string title, IReadOnlyList<string> strategies, SymmetricGame game)
    {
        using var file = new StringWriter { NewLine = "\n" };
        GambitFile.Write(file, title, strategies, game);
        return file.ToString();
    }
}
