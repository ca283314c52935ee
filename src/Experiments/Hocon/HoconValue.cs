using System.Globalization;

namespace FLCrowd.Experiments.Hocon;

/// <summary>A value as it was written: what it takes from elsewhere is not there yet (<see cref="Resolver"/>).</summary>
/// <param name="at">Where it was written.</param>
internal abstract class HoconValue(Place at)
{
    public Place At { get; } = at;

    /// <summary>Whether it depends on others.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>What a key has that is set twice: blocks merge, and so do a list and a block of its positions; anything else is
    /// replaced.</summary>
    public static HoconValue Merge(HoconValue earlier, HoconValue later) => (earlier, later) switch
    {
        (HoconBlock, HoconBlock { Entries.Count: 0 }) => earlier,
        (HoconBlock block, HoconBlock more) => block.With(more),
        (HoconList list, HoconBlock entries) when list.Has(entries) => list.With(entries),

        // Not known before the others are: a missing variable leaves the earlier value, and a value may refer to it.
        (HoconText or HoconList, HoconBlock) => later,
        (_, HoconText) => later,
        (_, HoconList { IsOpen: false }) => later,
        _ => new HoconOverride(earlier, later),
    };
}

/// <summary>A text, a number or a word.</summary>
/// <param name="at">Where it was written.</param>
/// <param name="text">What it says; null: the word null.</param>
internal sealed class HoconText(Place at, string? text) : HoconValue(at)
{
    public string? Text { get; } = text;

    public override bool IsOpen => false;
}

/// <summary>A list.</summary>
internal sealed class HoconList(Place at, IReadOnlyList<HoconValue> items) : HoconValue(at)
{
    public IReadOnlyList<HoconValue> Items { get; } = items;

    public override bool IsOpen => Items.Any(item => item.IsOpen);

    /// <summary>Whether all keys of a block are positions in the list.</summary>
    public bool Has(HoconBlock entries) => entries.Entries.Count > 0 && entries.Entries.Keys.All(key =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int position) && position < Items.Count);

    public HoconList With(HoconBlock entries)
    {
        HoconValue[] changed = [.. Items];
        foreach (var (key, value) in entries.Entries)
        {
            int position = int.Parse(key, CultureInfo.InvariantCulture);
            changed[position] = Merge(changed[position], value);
        }

        return new HoconList(At, changed);
    }
}

/// <summary><c>${path}</c> or <c>${?path}</c>.</summary>
/// <param name="at">Where it was written.</param>
/// <param name="key">The setting that takes it, for messages.</param>
/// <param name="path">What it refers to.</param>
/// <param name="optional">Whether that may be missing.</param>
/// <param name="scope">Of an included file: the block that it was included in, where paths are tried first.</param>
internal sealed class HoconSubstitution(
    Place at, string key, IReadOnlyList<string> path, bool optional, IReadOnlyList<string> scope) : HoconValue(at)
{
    public string Key { get; } = key;

    public IReadOnlyList<string> Path { get; } = path;

    public bool IsOptional { get; } = optional;

    public IReadOnlyList<string> Scope { get; } = scope;

    /// <summary>The name of a variable of the environment.</summary>
    public string Name => string.Join('.', Path);

    public override bool IsOpen => true;
}

/// <summary>Values side by side, at least one of them a substitution: one text, one list or one block.</summary>
internal sealed class HoconSequence(Place at, string key, IReadOnlyList<HoconValue> parts) : HoconValue(at)
{
    /// <summary>The setting that takes it, for messages.</summary>
    public string Key { get; } = key;

    public IReadOnlyList<HoconValue> Parts { get; } = parts;

    public override bool IsOpen => true;
}

/// <summary>A value with the one that it replaces.</summary>
internal sealed class HoconOverride(HoconValue earlier, HoconValue later) : HoconValue(later.At)
{
    public HoconValue Earlier { get; } = earlier;

    public HoconValue Later { get; } = later;

    public override bool IsOpen => true;
}
