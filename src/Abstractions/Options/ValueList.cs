using System.Collections;
using System.Globalization;

namespace FLCrowd;

/// <summary>Values in an order, which never change. Lists are equal where their values are, so that settings that hold them can be
/// compared, and told apart by their text.</summary>
/// <typeparam name="T">What they are.</typeparam>
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
    where T : IEquatable<T>
{
    private readonly T[] _values;

    /// <summary>A copy of the values.</summary>
    public ValueList(params IEnumerable<T> values) => _values = [.. values];

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public T this[int index] => _values[index];

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>All values, such as <c>[1, 2.5]</c>.</summary>
    public override string ToString() =>
        $"[{string.Join(", ", _values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))}]";

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
