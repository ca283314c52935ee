using System.IO.Hashing;
using Akka.Actor;
using FLCrowd.Actors.Definitions;
using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>
/// Journalled: a record of a run, with what it is and a checksum over both. A record that was changed is found wherever the change is, and
/// so is one that is not where it belongs.
/// </summary>
/// <param name="Journal">The journal of the run that it belongs to.</param>
/// <param name="Number">Its place there, from 1; 0 for a checkpoint.</param>
/// <param name="Games">The checksum of the plan whose games it tells of; empty for the plan itself.</param>
/// <param name="Episodes">The numbers, within the run, of the episodes in it.</param>
/// <param name="Manifest">What the content is.</param>
/// <param name="Content">The message, as it is written under its manifest.</param>
/// <param name="Checksum">XXH128 of the record without this.</param>
[MessagePackObject]
public sealed record SealedRecord(
    [property: Key(0)] string Journal,
    [property: Key(1)] long Number,
    [property: Key(2)] byte[] Games,
    [property: Key(3)] int[] Episodes,
    [property: Key(4)] string Manifest,
    [property: Key(5)] byte[] Content,
    [property: Key(6)] byte[] Checksum) : IProtocolMessage
{
    /// <summary>Whether it is what was written.</summary>
    [IgnoreMember]
    internal bool IsIntact => Checksum is not null && Checksum.AsSpan().SequenceEqual(Sum());

    /// <summary>The record, with its checksum.</summary>
    internal SealedRecord Sealed() => this with { Checksum = Sum() };

    private byte[] Sum() => XxHash128.Hash(MessagePackSerializer.Serialize(this with { Checksum = [] }));
}

/// <summary>
/// Journalled: what a run plays, after step sizes were tuned and surrogates fitted. Whoever has it can go on with the run.
/// </summary>
/// <param name="Program">What made it: another program might compute other numbers.</param>
/// <param name="Settings">The configuration that the games came from, as JSON.</param>
/// <param name="Name">The experiment's name.</param>
/// <param name="SweptPaths">The names of the swept columns.</param>
/// <param name="Games">The games, ready to be played.</param>
[MessagePackObject]
public sealed record RunPlanned(
    [property: Key(0)] Hello Program,
    [property: Key(1)] string Settings,
    [property: Key(2)] string Name,
    [property: Key(3)] string[] SweptPaths,
    [property: Key(4)] GameDefinition[] Games) : IProtocolMessage;

/// <summary>Journalled: episodes that ended at about the same time.</summary>
/// <param name="Episodes">In the order in which they ended.</param>
[MessagePackObject]
public sealed record EpisodesJournaled([property: Key(0)] JournaledEpisode[] Episodes) : IProtocolMessage;

/// <summary>An episode, complete.</summary>
/// <param name="Number">The episode's number within the run.</param>
/// <param name="Result">The episode as the server saw it.</param>
/// <param name="Cohorts">What the clients did, by cohort.</param>
[MessagePackObject]
public sealed record JournaledEpisode(
    [property: Key(0)] int Number,
    [property: Key(1)] EpisodeResult Result,
    [property: Key(2)] CohortOutcomes[] Cohorts) : INoSerializationVerificationNeeded
{
    /// <summary>How many clients it tells of.</summary>
    [IgnoreMember]
    internal int Clients => Cohorts.Sum(cohort => cohort.Outcomes.Length);

    /// <summary>What the server is told: clients that failed after they were paid are named.</summary>
    [IgnoreMember]
    internal EpisodeRecorded Recorded => new(
        Result.Game,
        Result.Episode,
        Cohorts.SelectMany(cohort => cohort.Failures ?? []).ToArray() is { Length: > 0 } failures ? failures : null);
}

/// <summary>
/// Kept as a snapshot: an episode that is not over yet, between two rounds. What is not here follows from the game's definition.
/// </summary>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Round">The last round that is over, 1 to T - 1.</param>
/// <param name="Model">w_t.</param>
/// <param name="Rounds">The evaluations so far, by round.</param>
/// <param name="Excluded">The clients that failed so far, in client order.</param>
/// <param name="Absences">The clients that stayed away from rounds so far, once for every round; null: none.</param>
/// <param name="Previous">w_{t-1}.</param>
[MessagePackObject]
public sealed record GameCheckpoint(
    [property: Key(0)] int Episode,
    [property: Key(1)] int Round,
    [property: Key(2)] ModelVector Model,
    [property: Key(3)] RoundEvaluation[] Rounds,
    [property: Key(4)] ClientFailure[] Excluded,
    [property: Key(5)] int[]? Absences = null,
    [property: Key(6)] ModelVector? Previous = null) : IProtocolMessage;
