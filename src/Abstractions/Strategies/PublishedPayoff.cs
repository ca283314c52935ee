namespace FLCrowd;

/// <summary>How a behavior paid in the episode before, on average over the clients that showed it
/// (<c>experiment.publish-payoffs</c>).</summary>
public readonly record struct PublishedPayoff
{
    /// <summary>What they did, relative to what they were asked.</summary>
    public required Behavior Behavior { get; init; }

    /// <summary>How many they were, at least 1.</summary>
    public required int Clients { get; init; }

    /// <summary>The mean of their payoffs, in money.</summary>
    public required double MeanPayoff { get; init; }
}
