namespace FLCrowd.Actors.Server;

/// <summary>What the mechanism announced for an episode, checked: it stays as it is while the episode is played.</summary>
internal sealed record EpisodeTerms
{
    /// <summary>The episode within the game.</summary>
    public required int Episode { get; init; }

    /// <summary>What is asked and promised, in client order.</summary>
    public required IReadOnlyList<Assignment> Assignments { get; init; }

    /// <summary>The clients for which the episode is to be replayed, in order.</summary>
    public required IReadOnlyList<int> LeftOut { get; init; }

    /// <summary>The rounds whose reports the mechanism is to see.</summary>
    public required IReadOnlySet<int> Observed { get; init; }

    /// <summary>Whether the mechanism is to see a round's reports.</summary>
    public bool Observes(int round) => Observed.Contains(round);
}
