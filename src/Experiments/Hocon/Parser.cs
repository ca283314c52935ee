namespace FLCrowd.Experiments.Hocon;

/// <summary>
/// Reads HOCON, and so JSON: what its specification has (github.com/lightbend/config/blob/main/HOCON.md), strictly. Akka's reader forgives
/// brackets and commas that are missing, and what it then reads is something else; nor does it know the environment or who includes whom.
/// </summary>
internal sealed class Parser
{
    private readonly IReadOnlyList<Token> _tokens;
    private readonly HoconSource _source;
    private int _at;

    private Parser(string text, HoconSource source) => (_tokens, _source) = (Lexer.Tokens(text, source.Origin), source);

    /// <summary>A whole text.</summary>
    /// <exception cref="SettingException">It is not HOCON; names the file and the line.</exception>
    public static HoconBlock Parse(string text, HoconSource source)
    {
        var parser = new Parser(text, source);
        parser.SkipBlank();
        if (parser.Next.Kind != TokenKind.Block)
        {
            return parser.Entries(TokenKind.End, source.Scope);
        }

        var block = parser.Block(source.Scope);
        parser.SkipBlank();
        return parser.Next.Kind == TokenKind.End
            ? block
            : throw parser.Wrong($"'{parser.Next.Text}' follows the end of the outermost block");
    }

    /// <summary>The value of one setting.</summary>
    /// <inheritdoc cref="Parse"/>
    public static HoconValue Value(string text, HoconSource source, IReadOnlyList<string> path)
    {
        var parser = new Parser(text, source);
        parser.SkipBlank();
        var value = parser.Value(path);
        parser.SkipBlank();
        return parser.Next.Kind == TokenKind.End
            ? value
            : throw parser.Wrong($"'{parser.Next.Text}' follows the value; a list is [1, 2], a text with commas \"1, 2\"");
    }

    private Token Next => _tokens[_at];

    private Place Here => new(_source.Origin, Next.Line) { Folder = _source.Paths };

    private HoconBlock Block(IReadOnlyList<string> path)
    {
        _at++;
        var block = Entries(TokenKind.BlockEnd, path);
        _at++;
        return block;
    }

    /// <summary>Settings up to a bracket or the end, which is not taken.</summary>
    private HoconBlock Entries(TokenKind end, IReadOnlyList<string> path)
    {
        var block = new HoconBlock(Here);
        for (SkipBlank(); Next.Kind != end; EndOfItem(end))
        {
            Entry(block, path);
        }

        return block;
    }

    private void Entry(HoconBlock block, IReadOnlyList<string> path)
    {
        if (Include.Read(_tokens, ref _at, Here) is { } file)
        {
            foreach (var (included, value) in _source.Include(file, path, Here).Entries)
            {
                block.Set([included], value);
            }

            return;
        }

        var at = Here;
        int start = _at;
        while (Next.Kind is TokenKind.Text or TokenKind.Quoted or TokenKind.Space)
        {
            _at++;
        }

        int end = _at;
        while (end > start && _tokens[end - 1].Kind == TokenKind.Space)
        {
            end--;
        }

        IReadOnlyList<Token> key = [.. Enumerable.Range(start, end - start).Select(index => _tokens[index])];
        if (key.Count == 0)
        {
            throw Wrong(Next.Kind is TokenKind.Substitution or TokenKind.OptionalSubstitution
                ? "a key must not hold ${...}"
                : $"a setting is missing before '{Next.Text}'");
        }

        var keys = KeyPath.Of(key, at);
        IReadOnlyList<string> whole = [.. path, .. keys];
        switch (Next.Kind)
        {
            case TokenKind.Block:
                block.Set(keys, Value(whole));
                break;
            case TokenKind.Equal:
                block.Set(keys, Assigned(whole, at));
                break;
            case TokenKind.Append:
                block.Set(keys, new HoconSequence(at, Shown(whole),
                    [new HoconSubstitution(at, Shown(whole), whole, optional: true, []), new HoconList(at, [Assigned(whole, at)])]));
                break;
            default:
                throw NoValue(whole, at);
        }
    }

    /// <summary>The value after a sign; it may begin on the next line.</summary>
    private HoconValue Assigned(IReadOnlyList<string> path, Place at)
    {
        _at++;
        SkipSpace();
        bool below = Next.Kind == TokenKind.LineEnd;
        SkipBlank();
        if (Next.Kind is TokenKind.Comma or TokenKind.BlockEnd or TokenKind.ListEnd or TokenKind.End)
        {
            throw NoValue(path, at);
        }

        int start = _at;
        while (below && _tokens[start].Kind is TokenKind.Text or TokenKind.Quoted or TokenKind.Space)
        {
            start++;
        }

        // What stands there may be the next setting.
        bool isNext = below && start > _at && _tokens[start].Kind is TokenKind.Equal or TokenKind.Append or TokenKind.Block;
        return isNext ? throw NoValue(path, at) : Value(path);
    }

    /// <summary>Everything up to a comma, a bracket that closes, or the end of the line.</summary>
    private HoconValue Value(IReadOnlyList<string> path)
    {
        var parts = new SideBySide(Here, Shown(path));
        while (true)
        {
            var at = Here;
            switch (Next.Kind)
            {
                case TokenKind.Block:
                    parts.Add(Block(path));
                    break;
                case TokenKind.List:
                    parts.Add(List(path));
                    break;
                case TokenKind.Substitution or TokenKind.OptionalSubstitution:
                    bool optional = Next.Kind == TokenKind.OptionalSubstitution;
                    parts.Add(new HoconSubstitution(at, Shown(path), KeyPath.Of(Next.Text, at), optional, _source.Scope));
                    _at++;
                    break;
                case TokenKind.Text or TokenKind.Quoted or TokenKind.Space:
                    parts.Add(_tokens[_at++], at);
                    break;
                case TokenKind.Equal or TokenKind.Append:
                    throw Wrong($"'{Next.Text}' stands in the value of '{Shown(path)}'; "
                        + $"put a comma or a line break between two settings, and a text with '{Next.Text}' in quotes");
                default:
                    return parts.Value();
            }
        }
    }

    private HoconList List(IReadOnlyList<string> path)
    {
        var at = Here;
        var items = new List<HoconValue>();
        _at++;
        for (SkipBlank(); Next.Kind != TokenKind.ListEnd; EndOfItem(TokenKind.ListEnd))
        {
            items.Add(Next.Kind == TokenKind.Comma ? throw Wrong("a value is missing before ','") : Value([.. path, $"[{items.Count}]"]));
        }

        _at++;
        return new HoconList(at, items);
    }

    /// <summary>A comma or line breaks stand between two of a kind; a comma may follow the last.</summary>
    private void EndOfItem(TokenKind end)
    {
        SkipSpace();
        bool line = Next.Kind == TokenKind.LineEnd;
        SkipBlank();
        if (Next.Kind == TokenKind.Comma)
        {
            _at++;
            SkipBlank();
        }
        else if (Next.Kind != end && !line)
        {
            throw Wrong($"'{Next.Text}' is not expected here; put a comma or a line break between two settings");
        }
    }

    private void SkipSpace()
    {
        while (Next.Kind == TokenKind.Space)
        {
            _at++;
        }
    }

    private void SkipBlank()
    {
        while (Next.Kind is TokenKind.Space or TokenKind.LineEnd)
        {
            _at++;
        }
    }

    private SettingException Wrong(string problem) => Here.Wrong(problem);

    private static SettingException NoValue(IReadOnlyList<string> path, Place at) =>
        at.Wrong($"'{Shown(path).ReplaceLineEndings(" ")}' has no value; write key = value");

    private static string Shown(IEnumerable<string> path) =>
        path.Aggregate("", (whole, key) => key.StartsWith('[') ? whole + key : SettingPath.Join(whole, key));
}
