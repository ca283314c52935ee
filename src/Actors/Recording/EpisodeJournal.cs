using Akka.Actor;
using Akka.Persistence;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>Keeps the recorder's episodes: tells it all that it has, then persists each one that the recorder hands over and says so.</summary>
internal sealed class EpisodeJournal : ReceivePersistentActor
{
    private List<EpisodeJournaled> _kept = [];

    public EpisodeJournal(string id)
    {
        PersistenceId = id;
        Recover<EpisodeJournaled>(_kept.Add);
        Recover<RecoveryCompleted>(_ =>
        {
            Context.Parent.Tell(new JournalRead(_kept));
            _kept = [];
        });
        Command<EpisodeJournaled>(episode => PersistAsync(episode, kept => Context.Parent.Tell(new EpisodeKept(kept.Number))));
    }

    public override string PersistenceId { get; }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Fail("read", reason);

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Fail("written", cause);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Fail("written", cause);

    private static void Fail(string what, Exception e) => Context.Parent.Tell(new JournalFailed($"the journal cannot be {what}: {e.Message}"));
}

/// <summary>What the journal held when it was opened, in the order in which episodes ended. Local.</summary>
internal sealed record JournalRead(IReadOnlyList<EpisodeJournaled> Episodes) : INoSerializationVerificationNeeded;

/// <summary>An episode is on the disk. Local.</summary>
internal sealed record EpisodeKept(int Number) : INoSerializationVerificationNeeded;

/// <summary>The journal is of no use any more. Local.</summary>
internal sealed record JournalFailed(string Reason) : INoSerializationVerificationNeeded;
