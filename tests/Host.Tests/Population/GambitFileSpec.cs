using System.Globalization;
using FLCrowd.Host.Population;

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
