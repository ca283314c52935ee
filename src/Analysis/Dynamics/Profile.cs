using System.Collections.Immutable;
using System.Globalization;

namespace FLCrowd.Analysis.Dynamics;

/// <summary>What every client does, in client order. Immutable; equal where all do the same.</summary>
/// <param name="actions">One action per client; copied.</param>
public sealed class Profile(params IEnumerable<ClientAction> actions) : IEquatable<Profile>
{
    private readonly ImmutableArray<ClientAction> _actions = [.. actions];

    /// <summary>One action per client, in client order.</summary>
    public IReadOnlyList<ClientAction> Actions => _actions;

    /// <summary>The same, but for one client.</summary>
    /// <param name="client">Who, from 0.</param>
    /// <param name="action">What it does instead.</param>
    /// <returns>A new profile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such client.</exception>
    public Profile With(int client, ClientAction action) => new(_actions.SetItem(client, action));

    /// <summary>How many clients do something else than in another profile.</summary>
    /// <param name="other">A profile of the same clients.</param>
    public int Differences(Profile other) => Actions.Zip(other.Actions).Count(pair => pair.First != pair.Second);

    /// <summary>For people: how many do what, the most frequent first: <c>7 x (0, 1, 0), 3 x (1, 60, 1.25)</c>.</summary>
    public string Text => string.Join(", ", Actions
        .GroupBy(action => action)
        .OrderByDescending(same => same.Count())
        .Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Count()} x {Describe(same.Key)}")));

    /// <summary>An action for people: <c>(e, D, gamma)</c>, and the attendance where that is not 1.</summary>
    /// <param name="action">The action.</param>
    public static string Describe(ClientAction action) =>
        string.Create(CultureInfo.InvariantCulture, $"({action.Effort:0.###}, {action.BatchSize}, {action.Gamma:0.###}")
        + (action.Attendance == 1 ? ")" : string.Create(CultureInfo.InvariantCulture, $", comes {action.Attendance:0.###})"));

    /// <inheritdoc />
    public bool Equals(Profile? other) => other is not null && Actions.SequenceEqual(other.Actions);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Profile);

    /// <inheritdoc />
    public override int GetHashCode() => Actions.Aggregate(0, HashCode.Combine);
}
