namespace FLCrowd.Experiments.Hocon;

/// <summary>Settings by key, in the order in which they came up.</summary>
internal sealed class HoconBlock(Place at) : HoconValue(at)
{
    private readonly OrderedDictionary<string, HoconValue> _entries = [];

    public IReadOnlyDictionary<string, HoconValue> Entries => _entries;

    public override bool IsOpen => _entries.Values.Any(value => value.IsOpen);

    /// <summary>Several blocks as one; a later one has precedence. They stay as they are.</summary>
    public static HoconBlock Merge(IEnumerable<HoconBlock> layers) =>
        layers.Aggregate(new HoconBlock(default), (tree, layer) => tree.With(layer));

    /// <summary>A block with one value in it.</summary>
    public static HoconBlock Of(IEnumerable<string> path, HoconValue value) => (HoconBlock)Nested(path, value);

    public HoconBlock With(HoconBlock more)
    {
        var merged = new HoconBlock(At);
        foreach (var (key, value) in _entries.Concat(more._entries))
        {
            merged.Set(key, value);
        }

        return merged;
    }

    /// <summary>Sets what stands at a path.</summary>
    public void Set(IReadOnlyList<string> path, HoconValue value)
    {
        var block = this;
        int depth = 0;
        while (depth < path.Count - 1 && block._entries.TryGetValue(path[depth], out var inner) && inner is HoconBlock within)
        {
            (block, depth) = (within, depth + 1);
        }

        block.Set(path[depth], Nested(path.Skip(depth + 1), value));
    }

    private void Set(string key, HoconValue value) =>
        _entries[key] = _entries.TryGetValue(key, out var earlier) ? Merge(earlier, value) : value;

    private static HoconValue Nested(IEnumerable<string> path, HoconValue value)
    {
        foreach (var key in path.Reverse())
        {
            var block = new HoconBlock(value.At);
            block.Set(key, value);
            value = block;
        }

        return value;
    }
}
