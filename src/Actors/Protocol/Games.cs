using FLCrowd.Actors.Definitions;
using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>A node asks the experiment what a game is.</summary>
[MessagePackObject]
public sealed record DescribeGame([property: Key(0)] int Game) : IProtocolMessage;

/// <summary>The experiment's answer, complete: any node can host a part of the game from it.</summary>
[MessagePackObject]
public sealed record GameDescription([property: Key(0)] GameDefinition Definition) : IProtocolMessage;

/// <summary>A cohort that begins with a later episode asks the experiment what its clients' strategies remember.</summary>
/// <param name="Game">The game.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="Episode">The episode that the cohort begins with, at least 1.</param>
[MessagePackObject]
public sealed record DescribeMemories(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] int Episode) : IProtocolMessage;

/// <summary>The answer.</summary>
/// <param name="Game">The game.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="Episode">The episode that they are remembered before.</param>
/// <param name="Memories">As in <see cref="CohortOutcomes"/>.</param>
[MessagePackObject]
public sealed record CohortMemories(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] int Episode,
    [property: Key(3)] byte[]?[]? Memories) : IProtocolMessage;

/// <summary>
/// A cohort that begins an episode of a game that publishes payoffs asks the experiment what behaviors paid in the one before.
/// </summary>
/// <param name="Game">The game.</param>
/// <param name="Episode">The episode that begins, at least 1.</param>
[MessagePackObject]
public sealed record DescribePayoffs(
    [property: Key(0)] int Game,
    [property: Key(1)] int Episode) : IProtocolMessage;

/// <summary>The answer, the same for all cohorts. It never goes to the server.</summary>
/// <param name="Game">The game.</param>
/// <param name="Episode">The episode that begins.</param>
/// <param name="Payoffs">As in <see cref="ClientView.Published"/>.</param>
[MessagePackObject]
public sealed record PublishedPayoffs(
    [property: Key(0)] int Game,
    [property: Key(1)] int Episode,
    [property: Key(2)] PublishedPayoff[] Payoffs) : IProtocolMessage;
