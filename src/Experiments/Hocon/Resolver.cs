using System.Text.Json.Nodes;

namespace FLCrowd.Experiments.Hocon;

/// <summary>
/// Puts in what substitutions stand for: another setting of the whole tree, or else a variable of the environment. A setting that
/// refers to itself, directly or by others, gets the value that it had before.
/// </summary>
/// <param name="root">The whole tree.</param>
/// <param name="variables">The environment.</param>
internal sealed class Resolver(HoconBlock root, AskedVariables variables)
{
    /// <summary>Far more than anybody writes, far less than the stack or the memory holds.</summary>
    private const int Deepest = 500;
    private const int Most = 100_000;

    /// <summary>Those that are being looked up, each for the one before it.</summary>
    private readonly List<HoconSubstitution> _open = [];
    private readonly Dictionary<JsonNode, string> _folders = new(ReferenceEqualityComparer.Instance);
    private int _followed;

    /// <summary>The whole tree as objects, arrays and texts. HOCON has no types: whoever reads a value says what it is.</summary>
    /// <exception cref="SettingException">A substitution refers to nothing, or in a circle.</exception>
    public JsonObject Tree() => Block(root, 0);

    /// <summary>Where relative paths start that were written in files: by the nodes of <see cref="Tree"/>.</summary>
    public IReadOnlyDictionary<JsonNode, string> Folders => _folders;

    /// <summary>The text at a path; null: there is none.</summary>
    /// <inheritdoc cref="Tree"/>
    public string? Text(IReadOnlyList<string> path) =>
        Find(path) is { } found && Close(found) is HoconText text ? text.Text : null;

    private JsonObject Block(HoconBlock block, int depth)
    {
        var tree = new JsonObject();
        foreach (var (key, value) in block.Entries)
        {
            if (Close(value) is { } known)
            {
                tree[key] = Node(known, depth);
            }
        }

        return tree;
    }

    private JsonNode? Node(HoconValue known, int depth) => known switch
    {
        HoconText { Text: { } text } => Value(text, known.At.Folder),
        HoconText => null,
        _ when depth == Brackets.Deepest => throw known.At.Wrong(
            $"this is more than {Brackets.Deepest} blocks and lists deep; does a block take itself by a ${{...}} within it?"),
        HoconBlock block => Block(block, depth + 1),
        HoconList list => new JsonArray([.. list.Items.Select(Close).OfType<HoconValue>().Select(item => Node(item, depth + 1))]),
        _ => throw new InvalidOperationException($"a {known.GetType().Name} is open"),
    };

    private JsonValue Value(string text, string? folder)
    {
        var value = JsonValue.Create(text);
        if (folder is not null)
        {
            _folders[value] = folder;
        }

        return value;
    }

    /// <summary>A text, a list or a block: what a value is in the end; null: nothing. What is inside may be open.</summary>
    private HoconValue? Close(HoconValue value) => value switch
    {
        HoconSubstitution substitution => Follow(substitution),
        HoconSequence sequence => Join(sequence),
        HoconOverride over when Waits(over.Later) => Close(over.Earlier),
        HoconOverride over => Close(over.Later) switch
        {
            null => Close(over.Earlier),
            HoconBlock block when Close(over.Earlier) is (HoconBlock or HoconList) and var earlier => HoconValue.Merge(earlier, block),
            var later => later,
        },
        _ => value,
    };

    private HoconValue? Join(HoconSequence sequence)
    {
        var parts = sequence.Parts.Select(Close).OfType<HoconValue>().ToList();
        return parts.TrueForAll(part => part is HoconText { Text: var text } && string.IsNullOrWhiteSpace(text))
            ? null
            : SideBySide.Joined(sequence.At, sequence.Key, parts);
    }

    private HoconValue? Follow(HoconSubstitution substitution) =>
        _open.Contains(substitution) ? Circle(substitution, substitution) : Within(substitution, () =>
        {
            var target = Target(substitution);
            var first = target is null ? null : _open.Find(open => IsMadeOf(target, open));
            return target is not null && first is null && Close(target) is { } value ? value
                : variables.Value(substitution.Name) is { } text ? new HoconText(substitution.At with { Folder = null }, text)
                : first is not null ? Circle(first, substitution)
                : substitution.IsOptional ? null
                : throw Missing(substitution);
        });

    private HoconValue? Target(HoconSubstitution substitution) =>
        (substitution.Scope.Count > 0 ? Find([.. substitution.Scope, .. substitution.Path]) : null) ?? Find(substitution.Path);

    private HoconValue? Find(IEnumerable<string> path) =>
        path.Aggregate((HoconValue?)root, (value, key) => value is null ? null : Child(value, key));

    /// <summary>What stands under a key, without a look at what stands beside it: that may wait for the key.</summary>
    private HoconValue? Child(HoconValue value, string key) => value switch
    {
        HoconBlock block => block.Entries.GetValueOrDefault(key),
        HoconSubstitution substitution => _open.Contains(substitution) ? null
            : Within(substitution, () => Target(substitution) is { } target ? Child(target, key) : null),
        HoconSequence sequence => sequence.Parts.Select(part => Child(part, key)).Aggregate(Over),
        HoconOverride { Later: HoconText or HoconList } => null,
        HoconOverride over => Over(Child(over.Earlier, key), Child(over.Later, key)),
        _ => null,
    };

    private static HoconValue? Over(HoconValue? earlier, HoconValue? later) =>
        earlier is null || later is null ? later ?? earlier : HoconValue.Merge(earlier, later);

    /// <summary>Whether a value is made of a substitution that is being looked up.</summary>
    private bool Waits(HoconValue value) => _open.Exists(open => IsMadeOf(value, open));

    private static bool IsMadeOf(HoconValue value, HoconSubstitution substitution) => value switch
    {
        HoconSubstitution => value == substitution,
        HoconSequence sequence => sequence.Parts.Any(part => IsMadeOf(part, substitution)),
        HoconList list => list.Items.Any(item => IsMadeOf(item, substitution)),
        HoconOverride over => IsMadeOf(over.Later, substitution) && IsMadeOf(over.Earlier, substitution),
        _ => false,
    };

    private HoconValue? Within(HoconSubstitution substitution, Func<HoconValue?> look)
    {
        if (_open.Count >= Deepest || ++_followed > Most)
        {
            throw Wrong(substitution, $"which leads through more than {(_open.Count >= Deepest ? Deepest : Most)} others");
        }

        _open.Add(substitution);
        try
        {
            return look();
        }
        finally
        {
            _open.RemoveAt(_open.Count - 1);
        }
    }

    private HoconValue? Circle(HoconSubstitution first, HoconSubstitution last) => last.IsOptional ? null : throw Wrong(
        last,
        $"which goes in a circle: {string.Join(" -> ", _open.SkipWhile(open => open != first).Append(first).Select(open => open.Key))}; "
        + "give one of them a value");

    private SettingException Missing(HoconSubstitution substitution)
    {
        var outermost = root.Entries.Keys.FirstOrDefault(key => Find([key, .. substitution.Path]) is not null);
        return Wrong(substitution, outermost is null
            ? $"which is neither a setting nor a variable of the environment; set it, or write ${{?{substitution.Name}}} to do without"
            : $"which is neither a setting nor a variable of the environment (did you mean ${{{outermost}.{substitution.Name}}}?)");
    }

    private static SettingException Wrong(HoconSubstitution substitution, string problem) =>
        substitution.At.Wrong($"'{substitution.Key}' takes ${{{substitution.Name}}}, {problem}");
}
