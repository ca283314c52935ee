namespace FLCrowd;

/// <summary>A number that every client has: one value for all, or one per client in client order.</summary>
public sealed class PerClient
{
    /// <summary>One value for all clients, or one per client.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public PerClient(params IReadOnlyList<double> values)
    {
        Values = values.Count > 0 ? values : throw new ArgumentException("there is no value", nameof(values));
    }

    /// <summary>The values: 1, or as many as there are clients.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The value of a client.</summary>
    public double this[int client] => Values.Count == 1 ? Values[0] : Values[client];

    /// <summary>Whether there is a value for each of so many clients.</summary>
    public bool Fits(int clients) => Values.Count == 1 || Values.Count == clients;

    /// <summary>The same value for all clients.</summary>
    public static implicit operator PerClient(double value) => new(value);

    /// <summary>The same value for all clients.</summary>
    public static PerClient FromDouble(double value) => new(value);
}
