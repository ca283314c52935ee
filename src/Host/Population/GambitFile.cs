using System.Globalization;
using System.Numerics;
using FLCrowd.Actors.Recording;

namespace FLCrowd.Host.Population;

/// <summary>
/// A symmetric game as a strategic game of named players, in Gambit's file format (NFG 1 R, payoff version): <c>gambit-enumpure</c> and the like
/// read it. Every assignment of strategies to players has its payoffs, the first player's strategy changing fastest.
/// </summary>
internal static class GambitFile
{
    /// <summary>No exponents: not every version of Gambit reads them.</summary>
    private const string Decimal = "0.###############";

    /// <summary>How many assignments there are: m^N.</summary>
    public static BigInteger Profiles(int players, int strategies) => BigInteger.Pow(strategies, players);

    /// <param name="path">The file.</param>
    /// <param name="title">The game's title.</param>
    /// <param name="strategies">Names of strategies.</param>
    /// <param name="game">The game.</param>
    /// <exception cref="DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(string path, string title, IReadOnlyList<string> strategies, SymmetricGame game) =>
        Disk.WriteText(path, file => Write(file, title, strategies, game));

    private static void Write(TextWriter file, string title, IReadOnlyList<string> strategies, SymmetricGame game)
    {
        var players = Enumerable.Range(1, game.Players).Select(player => Quoted(string.Create(CultureInfo.InvariantCulture, $"client {player}")));
        var names = $"{{ {string.Join(' ', strategies.Select(Quoted))} }}";
        file.WriteLine($"NFG 1 R {Quoted(title)} {{ {string.Join(' ', players)} }}");
        file.WriteLine();
        file.WriteLine($"{{ {string.Join('\n', Enumerable.Repeat(names, game.Players))}\n}}");
        file.WriteLine("\"Mean payoffs; clients are symmetric.\"");
        file.WriteLine();
        var played = new int[game.Players];
        do
        {
            var counts = new int[game.Strategies];
            foreach (int strategy in played)
            {
                counts[strategy]++;
            }

            file.WriteLine(string.Join(' ', played.Select(strategy => game.Payoff(strategy, counts).ToString(Decimal, CultureInfo.InvariantCulture))));
        }
        while (Next(played, game.Strategies));
    }

    /// <summary>Counts on; false behind the last one.</summary>
    private static bool Next(int[] played, int strategies)
    {
        for (int player = 0; player < played.Length; player++)
        {
            if (++played[player] < strategies)
            {
                return true;
            }

            played[player] = 0;
        }

        return false;
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
