using Akka.Persistence;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>Reads or writes the plan of a run's journal, once.</summary>
internal sealed class PlanJournal : ReceivePersistentActor
{
    private readonly TaskCompletionSource<RunPlanned?> _done;
    private RunPlanned? _plan;

    /// <param name="id">Of the journal.</param>
    /// <param name="plan">What to write; null: it is read.</param>
    /// <param name="done">Told the plan that the journal holds in the end.</param>
    public PlanJournal(string id, RunPlanned? plan, TaskCompletionSource<RunPlanned?> done)
    {
        PersistenceId = id;
        SnapshotPluginId = "akka.persistence.no-snapshot-store";
        _done = done;
        Recover<RunPlanned>(planned => _plan = planned);
        Recover<RecoveryCompleted>(_ =>
        {
            if (plan is null)
            {
                End(_plan);
            }
            else
            {
                Persist(plan, End);
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

    private void End(RunPlanned? plan)
    {
        _done.TrySetResult(plan);
        Context.Stop(Self);
    }

    private void Fail(string what, Exception e) => _done.TrySetException(new IOException($"the journal cannot be {what}: {e.Message}", e));
}
