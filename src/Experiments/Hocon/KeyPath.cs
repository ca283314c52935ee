using System.Text;

namespace FLCrowd.Experiments.Hocon;

/// <summary>The keys of a path such as <c>learning."step-size"</c>: dots divide it, but not in quotes.</summary>
internal static class KeyPath
{
    /// <exception cref="SettingException">A key is empty, or something stands there that is no key.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<Token> tokens, Place at)
    {
        var keys = new List<string>();
        var key = new StringBuilder();
        bool quoted = false;
        foreach (var token in tokens)
        {
            switch (token.Kind)
            {
                case TokenKind.Quoted:
                    key.Append(token.Text);
                    quoted = true;
                    break;
                case TokenKind.Text or TokenKind.Space:
                    foreach (char c in token.Text)
                    {
                        if (c == '.')
                        {
                            End();
                        }
                        else
                        {
                            key.Append(c);
                        }
                    }

                    break;
                default:
                    throw Wrong();
            }
        }

        End();
        return keys;

        void End()
        {
            if (key.Length == 0 && !quoted)
            {
                throw Wrong();
            }

            keys.Add(key.ToString());
            key.Clear();
            quoted = false;
        }

        SettingException Wrong() => at.Wrong(
            $"'{string.Concat(tokens.Select(token => token.Text)).ReplaceLineEndings(" ")}' is not a path such as learning.step-size");
    }

    /// <summary>The path in a substitution.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public static IReadOnlyList<string> Of(string text, Place at)
    {
        var tokens = Lexer.Tokens(text, at.Origin, at.Line);
        return Of([.. tokens.Take(tokens.Count - 1)], at);
    }
}
