namespace FLCrowd.Experiments.Hocon;

/// <summary>Brackets are looked at before anything else: where one is missing, all after it would be read as something else.</summary>
internal static class Brackets
{
    /// <summary>Deeper than any configuration, and no deeper than JSON is read.</summary>
    public const int Deepest = 50;

    /// <exception cref="SettingException">One has no partner: names the origin and the line.</exception>
    public static void Check(IEnumerable<Token> tokens, string origin)
    {
        var open = new Stack<Token>();
        foreach (var token in tokens)
        {
            switch (token.Kind)
            {
                case TokenKind.Block or TokenKind.List:
                    open.Push(token);
                    if (open.Count > Deepest)
                    {
                        throw new Place(origin, token.Line).Wrong($"'{token.Text}' is more than {Deepest} blocks and lists deep");
                    }

                    break;
                case TokenKind.BlockEnd or TokenKind.ListEnd:
                    Close(open, token, new Place(origin, token.Line));
                    break;
            }
        }

        if (open.TryPop(out var unclosed))
        {
            throw new Place(origin, unclosed.Line).Wrong($"'{unclosed.Text}' is never closed");
        }
    }

    private static void Close(Stack<Token> open, Token bracket, Place at)
    {
        if (!open.TryPop(out var last))
        {
            throw at.Wrong($"'{bracket.Text}' closes nothing");
        }

        if (last.Kind == TokenKind.Block != (bracket.Kind == TokenKind.BlockEnd))
        {
            throw at.Wrong($"'{bracket.Text}' does not close the '{last.Text}' of line {last.Line}");
        }
    }
}
