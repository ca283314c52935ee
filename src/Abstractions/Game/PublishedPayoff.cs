namespace FLCrowd;

/// <summary>How a behavior paid in the episode before, on average over the clients that showed it (<c>experiment.publish-payoffs</c>).</summary>
/// <param name="Behavior">What they did, relative to what they were asked.</param>
/// <param name="Clients">How many they were, at least 1.</param>
/// <param name="MeanPayoff">The mean of their payoffs, in money.</param>
public readonly record struct PublishedPayoff(Behavior Behavior, int Clients, double MeanPayoff);
