using System.Text;

namespace FLCrowd.Host.Configuration;

/// <summary>
/// Makes up for what Akka's HOCON parser lacks. It silently forgives brackets that do not match and texts that do not end, and half
/// of a file would be ignored; and it does not know the comma in <c>a { b = 1 }, c = 2</c>.
/// </summary>
internal static class HoconSyntax
{
    /// <returns>The text as the parser wants it.</returns>
    /// <exception cref="SettingException">Brackets or texts are not closed: names the origin and the line.</exception>
    public static string Prepare(string text, string origin)
    {
        var prepared = new StringBuilder(text);
        var open = new Stack<(char Bracket, int Line)>();
        int line = 1;
        for (int at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\n':
                    line++;
                    break;
                case '#':
                case '/' when Next(text, at) == '/' && (at == 0 || char.IsWhiteSpace(text[at - 1])):
                    at = EndOfLine(text, at) - 1;
                    break;
                case '"':
                    int end = EndOfText(text, at);
                    if (end < 0)
                    {
                        throw Wrong(origin, line, "a text that starts with \" does not end");
                    }

                    line += text.AsSpan(at, end - at).Count('\n');
                    at = end;
                    break;
                case '{' or '[':
                    open.Push((text[at], line));
                    break;
                case '}' or ']':
                    Close(open, text[at], line, origin);
                    break;
                case ',' when (!open.TryPeek(out var block) || block.Bracket == '{') && text.AsSpan(0, at).TrimEnd().EndsWith("}"):
                    prepared[at] = ' ';
                    break;
            }
        }

        if (open.TryPop(out var unclosed))
        {
            throw Wrong(origin, unclosed.Line, $"'{unclosed.Bracket}' is never closed");
        }

        return prepared.ToString();
    }

    private static void Close(Stack<(char Bracket, int Line)> open, char bracket, int line, string origin)
    {
        char partner = bracket == '}' ? '{' : '[';
        if (!open.TryPop(out var last))
        {
            throw Wrong(origin, line, $"'{bracket}' closes nothing");
        }

        if (last.Bracket != partner)
        {
            throw Wrong(origin, line, $"'{bracket}' does not close the '{last.Bracket}' of line {last.Line}");
        }
    }

    /// <summary>The index of the last quote of a text, or -1.</summary>
    private static int EndOfText(string text, int start)
    {
        const string Triple = "\"\"\"";
        if (string.CompareOrdinal(text, start, Triple, 0, Triple.Length) == 0)
        {
            int end = text.IndexOf(Triple, start + Triple.Length, StringComparison.Ordinal);
            return end < 0 ? end : end + Triple.Length - 1;
        }

        for (int at = start + 1; at < text.Length && text[at] != '\n'; at++)
        {
            switch (text[at])
            {
                case '\\':
                    at++;
                    break;
                case '"':
                    return at;
            }
        }

        return -1;
    }

    private static int EndOfLine(string text, int start)
    {
        int end = text.IndexOf('\n', start);
        return end < 0 ? text.Length : end;
    }

    private static char Next(string text, int at) => at + 1 < text.Length ? text[at + 1] : '\0';

    private static SettingException Wrong(string origin, int line, string problem) => new($"{origin}, line {line}", problem);
}
