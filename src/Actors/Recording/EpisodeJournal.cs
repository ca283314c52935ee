using Akka.Actor;
using Akka.Persistence;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// Keeps a recorder's episodes, and tells it each one that is kept: those of an earlier process first, then those that it hands over.
/// Episodes that end soon after each other are written together: a transaction for each would cost as much as a short episode.
/// </summary>
internal sealed class EpisodeJournal : ReceivePersistentActor, IWithTimers
{
    /// <summary>What is not written is played again, should the process die: a moment's work.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);

    /// <summary>... and what is larger than this, in outcomes of clients, is written at once.</summary>
    private const int Large = 10_000;

    private readonly Seal _seal;
    private readonly List<JournaledEpisode> _ended = [];
    private long _records;

    /// <param name="seal">For the journal's records.</param>
    public EpisodeJournal(Seal seal)
    {
        _seal = seal;
        PersistenceId = seal.Journal;
        SnapshotPluginId = "akka.persistence.no-snapshot-store";
        Recover<SealedRecord>(record => Tell(seal.Open<EpisodesJournaled>(record, ++_records)));
        Recover<RecoveryCompleted>(_ => Context.Parent.Tell(JournalRead.Instance));
        Command<JournaledEpisode>(episode =>
        {
            _ended.Add(episode);
            if (_ended.Sum(ended => ended.Clients) >= Large)
            {
                Write();
            }
            else if (_ended.Count == 1)
            {
                Timers.StartSingleTimer("write", WriteNow.Instance, Together);
            }
        });
        Command<WriteNow>(_ => Write());
    }

    public override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>There are events only.</summary>
    public override Recovery Recovery => new(SnapshotSelectionCriteria.None);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Fail("read", reason);

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Fail("written", cause);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Fail("written", cause);

    private void Write()
    {
        if (_ended.Count > 0)
        {
            var together = new EpisodesJournaled([.. _ended]);
            PersistAsync(_seal.Close(++_records, together, [.. _ended.Select(episode => episode.Number)]), _ => Tell(together));
            _ended.Clear();
        }
    }

    private static void Tell(EpisodesJournaled kept)
    {
        foreach (var episode in kept.Episodes)
        {
            Context.Parent.Tell(episode);
        }
    }

    private static void Fail(string what, Exception e) => Context.Parent.Tell(JournalFailed.Of(what, e));

    private sealed record WriteNow : INoSerializationVerificationNeeded
    {
        public static readonly WriteNow Instance = new();
    }
}

/// <summary>All that the journal held when it was opened was told. Local.</summary>
internal sealed record JournalRead : INoSerializationVerificationNeeded
{
    public static readonly JournalRead Instance = new();
}
