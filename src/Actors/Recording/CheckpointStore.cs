using Akka.Actor;
using Akka.Persistence;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>Keeps the last checkpoint of a game, and tells its server at first which one an earlier process left.</summary>
internal sealed class CheckpointStore : ReceivePersistentActor
{
    /// <summary>There are no events: each snapshot has the same number, and takes the last one's place.</summary>
    public const int Number = 0;

    private GameCheckpoint? _found;

    /// <param name="seal">For the checkpoints of the game.</param>
    /// <param name="failed">Told why one was not written.</param>
    public CheckpointStore(Seal seal, Action<Exception> failed)
    {
        PersistenceId = seal.Journal;
        Recover<SnapshotOffer>(offer => _found = seal.Open<GameCheckpoint>((SealedRecord)offer.Snapshot, Number));
        Recover<RecoveryCompleted>(_ => Context.Parent.Tell(new CheckpointFound(_found)));
        Command<GameCheckpoint>(checkpoint => SaveSnapshot(seal.Close(Number, checkpoint)));
        Command<SaveSnapshotSuccess>(_ => { });
        Command<SaveSnapshotFailure>(failure => failed(failure.Cause));
    }

    public override string PersistenceId { get; }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Context.Parent.Tell(JournalFailed.Of("read", reason));
}

/// <summary>The last checkpoint of an earlier process; null where there is none. Local.</summary>
internal sealed record CheckpointFound(GameCheckpoint? Checkpoint) : INoSerializationVerificationNeeded;
