using Akka.Persistence;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>Reads or writes the plan of a run's journal, once.</summary>
internal sealed class PlanJournal : ReceivePersistentActor
{
    private readonly TaskCompletionSource<KeptPlan?> _done;
    private KeptPlan? _plan;

    /// <param name="seal">For the plan.</param>
    /// <param name="plan">What to write; null: it is read.</param>
    /// <param name="done">Told the plan that the journal holds in the end.</param>
    public PlanJournal(Seal seal, RunPlanned? plan, TaskCompletionSource<KeptPlan?> done)
    {
        PersistenceId = seal.Journal;
        SnapshotPluginId = "akka.persistence.no-snapshot-store";
        _done = done;
        Recover<SealedRecord>(record => _plan = new KeptPlan(seal.Open<RunPlanned>(record, LastSequenceNr), record.Checksum));
        Recover<RecoveryCompleted>(_ =>
        {
            if (plan is null)
            {
                End(_plan);
            }
            else
            {
                Persist(seal.Close(LastSequenceNr + 1, plan), record => End(new KeptPlan(plan, record.Checksum)));
            }
        });
    }

    public override string PersistenceId { get; }

    /// <summary>There are events only.</summary>
    public override Recovery Recovery => new(SnapshotSelectionCriteria.None);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Fail("read", reason);

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Fail("written", cause);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Fail("written", cause);
        Context.Stop(Self);
    }

    protected override void PostStop() => _done.TrySetException(new IOException("the journal stopped before it was read"));

    private void End(KeptPlan? plan)
    {
        _done.TrySetResult(plan);
        Context.Stop(Self);
    }

    private void Fail(string what, Exception e) => _done.TrySetException(new IOException(JournalFailed.Of(what, e).Reason, e));
}

/// <summary>A plan in the journal.</summary>
/// <param name="Plan">What the run plays.</param>
/// <param name="Checksum">Of the record; all others of the run name it.</param>
internal sealed record KeptPlan(RunPlanned Plan, byte[] Checksum);
