using System.Globalization;
using FLCrowd.Experiments.Population;
using FsCheck;
using FsCheck.Xunit;

namespace FLCrowd.Host.Tests.Population;

public sealed class GambitFileSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The example of Gambit's documentation is read the same way: the first player's strategy changes fastest.</summary>
    [Fact]
    public void Two_prisoners()
    {
        GambitFile.Write(_folder.In("game.nfg"), "two \"prisoners\"", ["stay silent", "talk"], TextbookGames.Of(TextbookGames.PrisonersDilemma, 2));
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

            """, File.ReadAllText(_folder.In("game.nfg")));
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
        GambitFile.Write(_folder.In("game.nfg"), "t", ["a", "b", "c"], game);
        var cells = File.ReadLines(_folder.In("game.nfg")).SkipWhile(line => !line.StartsWith('"')).Skip(2).ToList();
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
}
