namespace FLCrowd.Experiments.Hocon;

/// <summary>Collects what stands side by side on a line: it becomes one text, one list or one block.</summary>
/// <param name="at">Where it begins.</param>
/// <param name="key">Whose value it is, for messages.</param>
internal sealed class SideBySide(Place at, string key)
{
    private readonly List<HoconValue> _parts = [];
    private HoconText? _space;
    private bool _isWord;

    public void Add(Token token, Place place)
    {
        if (token.Kind == TokenKind.Space)
        {
            _space = new HoconText(place, token.Text);
            return;
        }

        Add(new HoconText(place, token.Text));
        _isWord = token.Kind == TokenKind.Text;
    }

    /// <exception cref="SettingException">It is of another kind than what stands before it.</exception>
    public void Add(HoconValue part)
    {
        var before = _parts.FindLast(earlier => earlier is not HoconSubstitution);
        if (before is not null && part is not HoconSubstitution && Kind(before) != Kind(part))
        {
            throw part.At.Wrong(
                $"the value of '{key}' is {Kind(before)}, and {(part is HoconText text ? $"'{text.Text}'" : Kind(part))} follows it; "
                + "put a comma or a line break between two settings");
        }

        if (_space is not null && _parts.Count > 0)
        {
            _parts.Add(_space);
        }

        _space = null;
        _parts.Add(part);
    }

    public HoconValue Value() => _parts switch
    {
        [] => throw at.Wrong($"'{key}' has no value; write key = value"),
        [HoconText { Text: "null" }] when _isWord => new HoconText(at, null),
        [var single] => single,
        _ when _parts.Exists(part => part is HoconSubstitution) => new HoconSequence(at, key, _parts),
        _ => Joined(at, key, _parts),
    };

    /// <summary>What values without substitutions are together; space counts between texts only.</summary>
    /// <exception cref="SettingException">They are not of one kind.</exception>
    public static HoconValue Joined(Place at, string key, IReadOnlyList<HoconValue> parts)
    {
        if (parts.All(part => part is HoconText))
        {
            // A path is relative to where its beginning was written.
            var beginning = parts.FirstOrDefault(part => part is HoconText { Text: var text } && !string.IsNullOrWhiteSpace(text));
            return new HoconText(
                at with { Folder = (beginning ?? parts[0]).At.Folder },
                string.Concat(parts.Select(part => ((HoconText)part).Text ?? "null")));
        }

        var solid = parts.Where(part => part is not HoconText text || !string.IsNullOrWhiteSpace(text.Text)).ToList();
        if (solid.Find(part => Kind(part) != Kind(solid[0])) is { } other)
        {
            throw at.Wrong(
                $"the value of '{key}' is {Kind(solid[0])} and {Kind(other)} side by side; it must be one text, one list or one block");
        }

        return solid.TrueForAll(part => part is HoconBlock)
            ? HoconBlock.Merge(solid.Cast<HoconBlock>())
            : new HoconList(at, [.. solid.Cast<HoconList>().SelectMany(list => list.Items)]);
    }

    private static string Kind(HoconValue value) => value switch
    {
        HoconBlock => "a block",
        HoconList => "a list",
        _ => "a text",
    };
}
