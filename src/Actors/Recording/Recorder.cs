using Akka.Actor;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// Puts together what the server and the cohorts tell of an episode and writes whole episodes, in the order of the run, whatever
/// order they end in. The only actor that sees both sides.
/// </summary>
internal sealed class Recorder : ReceiveActor
{
    private readonly ExperimentPlan _plan;
    private readonly IEpisodeSink _sink;
    private readonly Dictionary<int, Record> _open = [];
    private readonly SortedDictionary<int, Record> _complete = [];
    private readonly HashSet<int> _recorded = [];
    private readonly Dictionary<(int Game, int Cohort), CohortMemories> _memories = [];
    private readonly PayoffBoard _payoffs = new();
    private string? _failure;
    private bool _isClosed;
    private int _written;
    private int _nextToWrite;
    private long _dropped;

    public Recorder(ExperimentPlan plan, IEpisodeSink sink)
    {
        _plan = plan;
        _sink = sink;
        _nextToWrite = plan.FirstEpisode;
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
            if (Find(outcomes.Game, outcomes.Episode, ActorRefs.Nobody) is { } record && record.Cohorts.TryAdd(outcomes.Cohort, outcomes.Outcomes))
            {
                _dropped += outcomes.Dropped;
                Remember(outcomes, record.Game);
                WriteIfComplete(record);
            }
        });
        Receive<DescribeMemories>(describe =>
        {
            if (_memories.TryGetValue((describe.Game, describe.Cohort), out var memories) && memories.Episode == describe.Episode)
            {
                Sender.Tell(memories);
            }
        });
        Receive<DescribePayoffs>(describe =>
        {
            if (_payoffs.Find(describe) is { } payoffs)
            {
                Courier.Send(Context, Sender, payoffs);
            }
        });
        Receive<CloseRecord>(_ => Close());
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

        if (!_open.TryGetValue(number, out var record))
        {
            _open[number] = record = new Record(_plan.Game(game), number);
        }

        return record;
    }

    /// <summary>Keeps what the game's next episode begins with, should the cohort move.</summary>
    private void Remember(CohortOutcomes outcomes, GameDefinition game)
    {
        var key = (outcomes.Game, outcomes.Cohort);
        if (outcomes.Episode + 1 < game.Episodes)
        {
            _memories[key] = new CohortMemories(outcomes.Game, outcomes.Cohort, outcomes.Episode + 1, outcomes.Memories);
        }
        else
        {
            _memories.Remove(key);
        }
    }

    private void WriteIfComplete(Record record)
    {
        if (record.Result is not { } result || record.Cohorts.Count < result.Cohorts)
        {
            return;
        }

        _open.Remove(record.Number);
        _recorded.Add(record.Number);
        _complete.Add(record.Number, record);
        if (record.Game.PublishesPayoffs)
        {
            _payoffs.Publish(result.Game, result.Episode, record.Cohorts.OrderBy(cohort => cohort.Key).SelectMany(cohort => cohort.Value));
        }

        while (_complete.Remove(_nextToWrite, out var next))
        {
            Write(next);
            _nextToWrite++;
        }

        record.Server.Tell(new EpisodeRecorded(result.Game, result.Episode));
    }

    private void Close()
    {
        foreach (var record in _complete.Values)
        {
            Write(record);
        }

        _complete.Clear();
        CloseSink();
        Sender.Tell(new RecordClosed(_written, _dropped, _failure));

        // Games that were interrupted may still tell of their episodes.
        Become(() => ReceiveAny(_ => { }));
    }

    private void Write(Record record) => Guarded(() =>
    {
        _sink.Write(new RecordedEpisode(
            record.Game, record.Number, record.Result!, record.Cohorts.OrderBy(cohort => cohort.Key).SelectMany(cohort => cohort.Value)));
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

        public Dictionary<int, ClientOutcome[]> Cohorts { get; } = [];
    }
}

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
