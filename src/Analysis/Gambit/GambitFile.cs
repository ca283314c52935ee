using System.Globalization;
using System.Numerics;
using System.Text;
using FLCrowd.Analysis.EmpiricalGames;

namespace FLCrowd.Analysis.Gambit;

/// <summary>
/// A symmetric game as a strategic game of named players, in Gambit's file format (NFG 1 R, payoff version): <c>gambit-enumpure</c> and
/// the like
/// read it. Every assignment of strategies to players has its payoffs, the first player's strategy changing fastest.
/// </summary>
public static class GambitFile
{
    /// <summary>How many assignments there are: m^N.</summary>
    /// <param name="players">N, at least 0.</param>
    /// <param name="strategies">m, at least 1.</param>
    public static BigInteger Profiles(int players, int strategies) => BigInteger.Pow(strategies, players);

    /// <summary>
    /// A text as Gambit reads it back, null where there is none. Its reader knows no escaped backslash: one before a quote hides the
    /// quote, and one
    /// before anything else stays, with what follows, which may be a backslash that hides again. So n of them are read as 2 n - 1 before a
    /// character, and as 2 (n - 1) before a quote that the last one hides.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text in quotes, as the file has it; null where there is none.</returns>
    public static string? Label(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var label = new StringBuilder("\"");
        for (int at = 0; at < text.Length; at++)
        {
            int end = at;
            while (end < text.Length && text[end] == '\\')
            {
                end++;
            }

            int backslashes = end - at;
            at = end;
            bool isQuote = end < text.Length && text[end] == '"';
            if (end == text.Length || (backslashes > 0 && isQuote == (backslashes % 2 == 1)))
            {
                return null;
            }

            label.Append('\\', isQuote ? backslashes / 2 + 1 : (backslashes + 1) / 2).Append(text[end]);
        }

        return label.Append('"').ToString();
    }

    /// <summary>Writes a game; its players are called <c>client 1</c> and so on.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="title">The game's title, which has a <see cref="Label"/>.</param>
    /// <param name="strategies">Names of strategies, that have a <see cref="Label"/>.</param>
    /// <param name="game">The game; its file has <see cref="Profiles"/> lines of payoffs.</param>
    /// <exception cref="ArgumentException">There is no label of a name, or there are more or fewer names than strategies.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(TextWriter file, string title, IReadOnlyList<string> strategies, SymmetricGame game)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(game);
        if (strategies.Count != game.Strategies)
        {
            throw new ArgumentException($"{game.Strategies} strategies need as many names, not {strategies.Count}.", nameof(strategies));
        }

        if (strategies.Prepend(title).FirstOrDefault(text => Label(text) is null) is { } unreadable)
        {
            throw new ArgumentException($"Gambit cannot read '{unreadable}'.", nameof(strategies));
        }

        var players = Enumerable.Range(1, game.Players)
            .Select(player => Label(string.Create(CultureInfo.InvariantCulture, $"client {player}")));
        var names = $"{{ {string.Join(' ', strategies.Select(Label))} }}";
        file.WriteLine($"NFG 1 R {Label(title)} {{ {string.Join(' ', players)} }}");
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

            file.WriteLine(string.Join(' ', played.Select(strategy => Number(game.Payoff(strategy, counts)))));
        }
        while (Next(played, game.Strategies));
    }

    /// <summary>The number itself, to the last bit, without an exponent: not every version of Gambit reads one.</summary>
    /// <param name="value">A finite number.</param>
    public static string Number(double value)
    {
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? dot : parts[0].Length;
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        point += parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        digits = point <= 0 ? new string('0', 1 - point) + digits : digits.PadRight(point, '0');
        point = Math.Max(point, 1);
        var text = digits.Length > point ? $"{digits[..point]}.{digits[point..]}" : digits;
        return value < 0 ? $"-{text}" : text;
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
}
