using System.Globalization;
using MessagePack;

namespace FLCrowd.Actors.Definitions;

/// <summary>Who takes part in a round (the block <c>learning.participation</c>). Everybody where a game has none.</summary>
[MessagePackObject]
public sealed record ParticipationSettings
{
    /// <summary>The share of the clients that the server asks in a round, in (0, 1]; each is asked or not by itself.</summary>
    [Key(0)]
    public double Rate { get; init; } = 1;

    /// <summary>How many clients the server asks in a round, exactly; null: by <see cref="Rate"/> or <see cref="Schedule"/>.</summary>
    [Key(1)]
    public int? Count { get; init; }

    /// <summary>Whether a client is asked in proportion to its samples, at most in every round; otherwise all alike.</summary>
    [Key(2)]
    public bool IsBySamples { get; init; }

    /// <summary>Whether reports are weighted by p_i / q_i, so that the mean update is that of all clients; otherwise the weights of those
    /// that are heard are scaled up.</summary>
    [Key(3)]
    public bool IsUnbiased { get; init; }

    /// <summary>The probability that a client that was asked is not heard: one for all, one per client, or empty for none.</summary>
    [Key(4)]
    public double[] DropOut { get; init; } = [];

    /// <summary>The rounds of the clients that are in it, in the order of clients; the others take part in all. Null: there is
    /// none.</summary>
    [Key(5)]
    public AttendedRounds[]? Schedule { get; init; }

    /// <summary>All of it, to tell games apart.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Rate:R} {Count} {IsBySamples} {IsUnbiased} [{string.Join(' ', DropOut.Select(Text))}] [{string.Join(' ', Schedule ?? [])}]");

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>Rounds that a client takes part in.</summary>
/// <param name="Client">Its index.</param>
/// <param name="From">The first one, from 1.</param>
/// <param name="To">The last one, at least the first.</param>
[MessagePackObject]
public readonly record struct AttendedRounds([property: Key(0)] int Client, [property: Key(1)] int From, [property: Key(2)] int To);
