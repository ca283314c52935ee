using System.Globalization;
using System.Text;

namespace FLCrowd.Experiments.Hocon;

/// <summary>Takes HOCON text apart into <see cref="Token"/>s.</summary>
internal sealed class Lexer
{
    private const string Triple = "\"\"\"";

    /// <summary>What a text without quotes must not hold.</summary>
    private const string Reserved = "$\"{}[]:=,#`^?!@*&\\";

    private readonly string _text;
    private readonly string _origin;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line;

    private Lexer(string text, string origin, int line) => (_text, _origin, _line) = (text, origin, line);

    /// <param name="text">HOCON.</param>
    /// <param name="origin">Where it comes from, for messages.</param>
    /// <param name="line">The line that it begins in.</param>
    /// <exception cref="SettingException">A text does not end, a bracket has no partner, or a character has no meaning.</exception>
    public static IReadOnlyList<Token> Tokens(string text, string origin, int line = 1)
    {
        var lexer = new Lexer(text, origin, line);
        lexer.Read();
        Brackets.Check(lexer._tokens, origin);
        return lexer._tokens;
    }

    private void Read()
    {
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case '\n':
                    Add(TokenKind.LineEnd, 1);
                    _line++;
                    break;
                case '#':
                case '/' when Next(1) == '/':
                    SkipComment();
                    break;
                case var space when IsSpace(space):
                    Add(TokenKind.Space, Length(IsSpace));
                    break;
                case '"':
                    ReadQuoted();
                    break;
                case '$' when Next(1) == '{':
                    ReadSubstitution();
                    break;
                case '+' when Next(1) == '=':
                    Add(TokenKind.Append, 2);
                    break;
                case var sign when Sign(sign) is { } kind:
                    Add(kind, 1);
                    break;
                case var reserved when Reserved.Contains(reserved, StringComparison.Ordinal):
                    throw Here.Wrong($"'{reserved}' must not stand in a text without quotes; write \"...\"");
                default:
                    ReadText();
                    break;
            }
        }

        Add(TokenKind.End, 0);
    }

    private static TokenKind? Sign(char sign) => sign switch
    {
        '{' => TokenKind.Block,
        '}' => TokenKind.BlockEnd,
        '[' => TokenKind.List,
        ']' => TokenKind.ListEnd,
        ',' => TokenKind.Comma,
        '=' or ':' => TokenKind.Equal,
        _ => null,
    };

    private void ReadText()
    {
        int start = _at;
        while (_at < _text.Length && !IsSpace(_text[_at]) && _text[_at] != '\n' && !Reserved.Contains(_text[_at], StringComparison.Ordinal)
            && !(_text[_at] == '/' && Next(1) == '/') && !(_text[_at] == '+' && Next(1) == '='))
        {
            _at++;
        }

        _tokens.Add(new Token(TokenKind.Text, _text[start.._at], _line));
    }

    private void ReadQuoted()
    {
        var (start, line) = (Here, _line);
        var quoted = new StringBuilder();
        if (string.CompareOrdinal(_text, _at, Triple, 0, Triple.Length) == 0)
        {
            int end = _text.IndexOf(Triple, _at + Triple.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                throw start.Wrong("a text that starts with \"\"\" does not end");
            }

            // Quotes at its end are part of it.
            while (end + Triple.Length < _text.Length && _text[end + Triple.Length] == '"')
            {
                end++;
            }

            quoted.Append(_text, _at + Triple.Length, end - _at - Triple.Length);
            _line += _text.AsSpan(_at, end - _at).Count('\n');
            _at = end + Triple.Length;
        }
        else
        {
            for (_at++; Next(0) != '"'; _at++)
            {
                if (_at >= _text.Length || _text[_at] == '\n')
                {
                    throw start.Wrong("a text that starts with \" does not end");
                }

                quoted.Append(_text[_at] == '\\' ? Escaped() : _text[_at]);
            }

            _at++;
        }

        _tokens.Add(new Token(TokenKind.Quoted, quoted.ToString(), line));
    }

    /// <summary>The character that an escape stands for; goes to its last character.</summary>
    private char Escaped()
    {
        char escape = Next(1);
        _at++;
        switch (escape)
        {
            case 'u' when _at + 4 < _text.Length
                && ushort.TryParse(_text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                _at += 4;
                return (char)code;
            default:
                int known = "\"\\/bfnrt".IndexOf(escape, StringComparison.Ordinal);
                return known >= 0 && escape != '\0'
                    ? "\"\\/\b\f\n\r\t"[known]
                    : throw Here.Wrong(
                        $"'\\{(escape is '\0' or '\n' ? ' ' : escape)}' is no escape in a text in quotes; write \\\\ for a backslash");
        }
    }

    private void ReadSubstitution()
    {
        int end = _at + 2;
        for (bool quoted = false; end < _text.Length && _text[end] != '\n' && (quoted || _text[end] != '}'); end++)
        {
            quoted ^= _text[end] == '"';
        }

        if (end == _text.Length || _text[end] != '}')
        {
            throw Here.Wrong("'${' is never closed");
        }

        bool optional = Next(2) == '?';
        var path = _text[(_at + (optional ? 3 : 2))..end];
        _tokens.Add(new Token(optional ? TokenKind.OptionalSubstitution : TokenKind.Substitution, path.Trim(), _line));
        _at = end + 1;
    }

    private void SkipComment()
    {
        int end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }

    private void Add(TokenKind kind, int length)
    {
        _tokens.Add(new Token(kind, _text.Substring(_at, length), _line));
        _at += length;
    }

    private int Length(Func<char, bool> belongs)
    {
        int end = _at;
        while (end < _text.Length && belongs(_text[end]))
        {
            end++;
        }

        return end - _at;
    }

    private Place Here => new(_origin, _line);

    private char Next(int offset) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    /// <summary>The mark that some editors begin a file with is a space, too.</summary>
    private static bool IsSpace(char c) => c != '\n' && (char.IsWhiteSpace(c) || c == '\ufeff');
}
