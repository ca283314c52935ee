using Akka.Actor;
using FLCrowd.Actors.Builds;
using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>
/// Begins a round for a cohort on another node, which takes the model from its node's model cache: <see cref="GlobalModel"/> without it.
/// </summary>
/// <param name="Game">The game.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Round">The round, counted as in <see cref="GlobalModel"/>.</param>
/// <param name="Models">Who has the model.</param>
/// <param name="Without">As in <see cref="GlobalModel"/>.</param>
/// <param name="WantsReports">As in <see cref="GlobalModel"/>.</param>
/// <param name="Run">The run.</param>
/// <param name="Excluded">As in <see cref="GlobalModel"/>.</param>
[MessagePackObject]
public sealed record BeginRound(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] int Episode,
    [property: Key(3)] int Round,
    [property: Key(4)] IActorRef Models,
    [property: Key(5)] int? Without = null,
    [property: Key(6)] bool WantsReports = false,
    [property: Key(7)] string Run = "",
    [property: Key(8)] ClientFailure[]? Excluded = null) : IToCohort;

/// <summary>A node's model cache asks for the model of a round; from then on it gets those of later rounds unasked.</summary>
[MessagePackObject]
public sealed record RequestModel(
    [property: Key(0)] int Episode,
    [property: Key(1)] int Round) : IProtocolMessage;

/// <summary>The model of a round, once for each node.</summary>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Round">The round, counted as in <see cref="GlobalModel"/>.</param>
/// <param name="Model">w_{t-1}.</param>
/// <param name="Previous">w_{t-2}; null where there is none, and where the node has it.</param>
/// <param name="Follows">Whether the node was sent the model of the round before, which is w_{t-2}.</param>
[MessagePackObject]
public sealed record RoundModel(
    [property: Key(0)] int Episode,
    [property: Key(1)] int Round,
    [property: Key(2)] ModelVector Model,
    [property: Key(3)] ModelVector? Previous = null,
    [property: Key(4)] bool Follows = false) : IProtocolMessage;

/// <summary>A node introduces itself before it joins: whatever could make its numbers differ from those of the others.</summary>
/// <param name="Version">As in <see cref="ProgramBuild"/>.</param>
/// <param name="Arithmetic">As in <see cref="ProgramBuild"/>.</param>
/// <param name="Messages">The manifests that it can read.</param>
/// <param name="Plugins">What is registered, with options.</param>
/// <param name="Data">Names of data sets that come with the program, and the checksums of their files.</param>
/// <param name="Runtime">As in <see cref="ProgramBuild"/>; null in messages of older versions.</param>
/// <param name="Parts">As in <see cref="ProgramBuild"/>; null in messages of older versions.</param>
[MessagePackObject]
public sealed record Hello(
    [property: Key(0)] string Version,
    [property: Key(1)] string Arithmetic,
    [property: Key(2)] string[] Messages,
    [property: Key(3)] string[] Plugins,
    [property: Key(4)] string[] Data,
    [property: Key(5)] string? Runtime = null,
    [property: Key(6)] string[]? Parts = null) : IProtocolMessage
{
    /// <summary>The program.</summary>
    [IgnoreMember]
    internal ProgramBuild Build => new(Version, Runtime ?? "an unknown runtime", Arithmetic, Parts ?? []);
}

/// <summary>The node may join.</summary>
/// <param name="Standing">Whether there is something to join.</param>
[MessagePackObject]
public sealed record Welcome([property: Key(0)] Standing Standing) : IProtocolMessage;

/// <summary>Where a node stands that others may join.</summary>
public enum Standing
{
    /// <summary>It is in no cluster, and looks for one.</summary>
    Alone,

    /// <summary>It is about to join one, or its cluster lets nobody in before it has decided about members that are silent.</summary>
    Busy,

    /// <summary>It is in a cluster that others may join by it.</summary>
    Member,
}

/// <summary>A run tells stand-by servers that its node plays it, and that its journal is where they can read it.</summary>
/// <param name="Folder">The run's folder, as an absolute path.</param>
[MessagePackObject]
public sealed record RunUnderWay([property: Key(0)] string Folder) : IProtocolMessage;

/// <summary>The node may not join.</summary>
/// <param name="Reasons">What differs, for the user; at least one.</param>
[MessagePackObject]
public sealed record Refused([property: Key(0)] string[] Reasons) : IProtocolMessage;
