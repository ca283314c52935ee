using Akka.Actor;
using Akka.Persistence;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// Keeps a recorder's episodes, and tells it each one that is kept: those of an earlier process first, then those that it hands over.
/// </summary>
internal sealed class EpisodeJournal : ReceivePersistentActor
{
    public EpisodeJournal(string id)
    {
        PersistenceId = id;
        SnapshotPluginId = "akka.persistence.no-snapshot-store";
        Recover<EpisodeJournaled>(Context.Parent.Tell);
        Recover<RecoveryCompleted>(_ => Context.Parent.Tell(JournalRead.Instance));
        Command<EpisodeJournaled>(episode => PersistAsync(episode, Context.Parent.Tell));
    }

    public override string PersistenceId { get; }

    /// <summary>There are events only.</summary>
    public override Recovery Recovery => new(SnapshotSelectionCriteria.None);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Fail("read", reason);

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Fail("written", cause);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Fail("written", cause);

    private static void Fail(string what, Exception e) => Context.Parent.Tell(new JournalFailed($"the journal cannot be {what}: {e.Message}"));
}

/// <summary>All that the journal held when it was opened was told. Local.</summary>
internal sealed record JournalRead : INoSerializationVerificationNeeded
{
    public static readonly JournalRead Instance = new();
}

/// <summary>The journal is of no use any more. Local.</summary>
internal sealed record JournalFailed(string Reason) : INoSerializationVerificationNeeded;
