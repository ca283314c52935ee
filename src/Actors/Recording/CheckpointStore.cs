using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>Keeps the last checkpoint of a game, and tells its server at first which one an earlier process left.</summary>
internal sealed class CheckpointStore : ReceivePersistentActor
{
    private GameCheckpoint? _found;

    public CheckpointStore(string id)
    {
        PersistenceId = id;
        Recover<SnapshotOffer>(offer => _found = offer.Snapshot as GameCheckpoint);
        Recover<RecoveryCompleted>(_ => Context.Parent.Tell(new CheckpointFound(_found)));

        // There are no events: each snapshot has the same number, and takes the last one's place.
        Command<GameCheckpoint>(SaveSnapshot);
        Command<SaveSnapshotSuccess>(_ => { });
        Command<SaveSnapshotFailure>(failed => Context.GetLogger().Warning("A checkpoint cannot be written: {0}", failed.Cause.Message));
    }

    public override string PersistenceId { get; }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Context.Parent.Tell(new JournalFailed($"the checkpoint cannot be read: {reason.Message}"));
}

/// <summary>The last checkpoint of an earlier process; null where there is none. Local.</summary>
internal sealed record CheckpointFound(GameCheckpoint? Checkpoint) : INoSerializationVerificationNeeded;
