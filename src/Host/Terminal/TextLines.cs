namespace FLCrowd.Host.Terminal;

/// <summary>Text in lines of a width.</summary>
internal static class TextLines
{
    /// <summary>
    /// Breaks at spaces, but in no number with what belongs to it: <c>0.5 ± 0.1</c>, <c>95 %</c>, <c>D = 5</c>, <c>12.0 [3.0, 4.0]</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="width">How many letters fit; a longer word sticks out.</param>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in Words(text))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    /// <summary>What must not be broken.</summary>
    private static IEnumerable<string> Words(string text)
    {
        string? held = null;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (held is not null && (word is "±" or "%" or "=" || held[^1] is '±' or '=' || IsOpen(held)))
            {
                held = $"{held} {word}";
                continue;
            }

            if (held is not null)
            {
                yield return held;
            }

            held = word;
        }

        if (held is not null)
        {
            yield return held;
        }
    }

    /// <summary>Whether an interval or a list of numbers has begun and not ended.</summary>
    private static bool IsOpen(string words) => words.LastIndexOf('[') > words.LastIndexOf(']');
}
