using Akka.Actor;

namespace FLCrowd.Actors.Recording;

/// <summary>The record takes episodes. Local.</summary>
/// <param name="Recorded">Numbers of the episodes that are recorded already.</param>
internal sealed record RecordOpened(IReadOnlySet<int> Recorded) : INoSerializationVerificationNeeded;

/// <summary>For a game's server: whatever happens now, the episode is not played again. Local.</summary>
/// <param name="Episode">The episode within the game.</param>
internal sealed record EpisodeInJournal(int Episode) : INoSerializationVerificationNeeded;

/// <summary>One more episode is in the tables. Local.</summary>
internal sealed record EpisodeDone : INoSerializationVerificationNeeded
{
    public static readonly EpisodeDone Instance = new();
}

/// <summary>No more episodes of a game will come. Local.</summary>
internal sealed record GameAbandoned(int Game) : INoSerializationVerificationNeeded;

/// <summary>Ends the record: everything complete is written. Local.</summary>
internal sealed record CloseRecord : INoSerializationVerificationNeeded;

/// <summary>The record is closed. Local.</summary>
/// <param name="Episodes">Episodes that were written.</param>
/// <param name="Dropped">Messages that cohorts dropped.</param>
/// <param name="Failure">Why not all could be written, for the user; null where all was.</param>
internal sealed record RecordClosed(int Episodes, long Dropped, string? Failure) : INoSerializationVerificationNeeded;

/// <summary>The record cannot be written any more. Local.</summary>
internal sealed record RecordFailed(string Reason) : INoSerializationVerificationNeeded;
