using Akka.Actor;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// Puts together what the server and the cohorts tell of an episode and writes whole episodes, in the order of the run, whatever
/// order they end in. The only actor that sees both sides. With a journal, an episode counts as recorded once it is journalled, and
/// those that an earlier process journalled are written first.
/// </summary>
internal sealed class Recorder : ReceiveActor
{
    private readonly ExperimentPlan _plan;
    private readonly IEpisodeSink _sink;
    private readonly Dictionary<int, Record> _open = [];
    private readonly SortedDictionary<int, Record> _complete = [];
    private readonly Dictionary<int, Record> _journaling = [];
    private readonly HashSet<int> _recorded = [];
    private readonly IActorRef? _journal;
    private IActorRef? _closer;
    private string? _failure;
    private bool _isClosed;
    private int _written;
    private int _nextToWrite;
    private long _dropped;

    public Recorder(ExperimentPlan plan, IEpisodeSink sink, RunJournal? journal = null)
    {
        _plan = plan;
        _sink = sink;
        _nextToWrite = plan.FirstEpisode;
        _journal = journal is null ? null : Context.ActorOf(journal.Episodes(plan.FirstEpisode), "journal");
        if (_journal is null)
        {
            Context.Parent.Tell(new RecordOpened(new HashSet<int>()));
        }

        Receive<JournalRead>(Restore);
        Receive<EpisodeKept>(kept =>
        {
            if (_journaling.Remove(kept.Number, out var record))
            {
                Accept(record);
                CloseIfDone();
            }
        });
        Receive<JournalFailed>(failed => Fail(failed.Reason));
        Receive<EpisodeResult>(result =>
        {
            if (Find(result.Game, result.Episode, Sender) is { } record)
            {
                record.Result = result;
                record.Server = Sender;
                WriteIfComplete(record);
            }
        });
        Receive<CohortOutcomes>(outcomes =>
        {
            if (Find(outcomes.Game, outcomes.Episode, ActorRefs.Nobody) is { } record && record.Cohorts.TryAdd(outcomes.Cohort, outcomes))
            {
                _dropped += outcomes.Dropped;
                WriteIfComplete(record);
            }
        });
        Receive<CloseRecord>(_ =>
        {
            _closer = Sender;
            CloseIfDone();
        });
    }

    protected override void PostStop() => CloseSink();

    /// <summary>The episode's record, or null where it is recorded already: whoever asks again is told so.</summary>
    private Record? Find(int game, int episode, IActorRef server)
    {
        int number = _plan.Game(game).FirstEpisode + episode;
        if (_recorded.Contains(number))
        {
            server.Tell(new EpisodeRecorded(game, episode));
            return null;
        }

        if (_journaling.ContainsKey(number))
        {
            return null;
        }

        if (!_open.TryGetValue(number, out var record))
        {
            _open[number] = record = new Record(_plan.Game(game), number);
        }

        return record;
    }

    private void WriteIfComplete(Record record)
    {
        if (record.Result is not { } result || record.Cohorts.Count < result.Cohorts)
        {
            return;
        }

        _open.Remove(record.Number);
        if (_journal is null)
        {
            Accept(record);
            return;
        }

        _journaling.Add(record.Number, record);
        _journal.Tell(new EpisodeJournaled(record.Number, result, [.. record.InOrder]));
    }

    /// <summary>The episode is recorded: it is written once it is its turn.</summary>
    private void Accept(Record record)
    {
        _recorded.Add(record.Number);
        _complete.Add(record.Number, record);
        while (_complete.Remove(_nextToWrite, out var next))
        {
            Write(next);
            _nextToWrite++;
        }

        record.Server.Tell(new EpisodeRecorded(record.Result!.Game, record.Result.Episode));
    }

    private void Restore(JournalRead journal)
    {
        foreach (var episode in journal.Episodes.Where(episode => !_recorded.Contains(episode.Number)))
        {
            var record = new Record(_plan.Game(episode.Result.Game), episode.Number) { Result = episode.Result };
            foreach (var cohort in episode.Cohorts)
            {
                record.Cohorts.Add(cohort.Cohort, cohort);
            }

            Accept(record);
        }

        Context.Parent.Tell(new RecordOpened(new HashSet<int>(_recorded)));
    }

    private void Fail(string reason)
    {
        if (_failure is null)
        {
            _failure = reason;
            Context.Parent.Tell(new RecordFailed(reason));
        }

        // What is not journalled by now never will be.
        _journaling.Clear();
        CloseIfDone();
    }

    /// <summary>Closes once it was asked to and all complete episodes are journalled.</summary>
    private void CloseIfDone()
    {
        if (_closer is not null && _journaling.Count == 0)
        {
            Close(_closer);
        }
    }

    private void Close(IActorRef closer)
    {
        foreach (var record in _complete.Values)
        {
            Write(record);
        }

        _complete.Clear();
        CloseSink();
        closer.Tell(new RecordClosed(_written, _dropped, _failure));

        // Games that were interrupted may still tell of their episodes.
        Become(() => ReceiveAny(_ => { }));
    }

    private void Write(Record record) => Guarded(() =>
    {
        _sink.Write(new RecordedEpisode(
            record.Game, record.Number, record.Result!, record.InOrder.SelectMany(cohort => cohort.Outcomes)));
        _written++;
        Context.Parent.Tell(EpisodeDone.Instance);
    });

    private void CloseSink()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            Guarded(_sink.Dispose, evenAfterFailure: true);
        }
    }

    /// <summary>A full disk, say, ends the run: what cannot be written now is not written later either.</summary>
    private void Guarded(Action write, bool evenAfterFailure = false)
    {
        if (_failure is not null && !evenAfterFailure)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception e) when (_failure is null)
        {
            _failure = $"the results cannot be written: {e.Message}";
            Context.Parent.Tell(new RecordFailed(_failure));
        }
        catch (Exception)
        {
            // The first failure was told.
        }
    }

    private sealed class Record(GameDefinition game, int number)
    {
        public GameDefinition Game { get; } = game;

        public int Number { get; } = number;

        public EpisodeResult? Result { get; set; }

        public IActorRef Server { get; set; } = ActorRefs.Nobody;

        public Dictionary<int, CohortOutcomes> Cohorts { get; } = [];

        public IEnumerable<CohortOutcomes> InOrder => Cohorts.Values.OrderBy(cohort => cohort.Cohort);
    }
}

/// <summary>The record takes episodes. Local.</summary>
/// <param name="Recorded">Numbers of the episodes that are recorded already.</param>
internal sealed record RecordOpened(IReadOnlySet<int> Recorded) : INoSerializationVerificationNeeded;

/// <summary>One more episode is in the tables. Local.</summary>
internal sealed record EpisodeDone : INoSerializationVerificationNeeded
{
    public static readonly EpisodeDone Instance = new();
}

/// <summary>Ends the record: everything complete is written. Local.</summary>
internal sealed record CloseRecord : INoSerializationVerificationNeeded;

/// <summary>The record is closed. Local.</summary>
/// <param name="Episodes">Episodes that were written.</param>
/// <param name="Dropped">Messages that cohorts dropped.</param>
/// <param name="Failure">Why not all could be written, for the user; null where all was.</param>
internal sealed record RecordClosed(int Episodes, long Dropped, string? Failure) : INoSerializationVerificationNeeded;

/// <summary>The record cannot be written any more. Local.</summary>
internal sealed record RecordFailed(string Reason) : INoSerializationVerificationNeeded;
