using Akka.Actor;
using FLCrowd.Actors.Experiments;
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
    private int _nextToWrite;
    private long _dropped;

    public Recorder(ExperimentPlan plan, IEpisodeSink sink)
    {
        _plan = plan;
        _sink = sink;
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
                WriteIfComplete(record);
            }
        });
        Receive<CloseRecord>(_ => Close());
    }

    protected override void PostStop() => _sink.Dispose();

    /// <summary>The episode's record, or null where it is recorded already: whoever asks again is told so.</summary>
    private Record? Find(int game, int episode, IActorRef server)
    {
        int number = _plan.Games[game].FirstEpisode + episode;
        if (_recorded.Contains(number))
        {
            server.Tell(new EpisodeRecorded(game, episode));
            return null;
        }

        if (!_open.TryGetValue(number, out var record))
        {
            _open[number] = record = new Record(_plan.Games[game], number);
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
        _recorded.Add(record.Number);
        _complete.Add(record.Number, record);
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
        _sink.Dispose();
        Sender.Tell(new RecordClosed(_recorded.Count, _dropped));
    }

    private void Write(Record record) => _sink.Write(new RecordedEpisode(
        record.Game, record.Number, record.Result!, record.Cohorts.OrderBy(cohort => cohort.Key).SelectMany(cohort => cohort.Value)));

    private sealed class Record(GameDefinition game, int number)
    {
        public GameDefinition Game { get; } = game;

        public int Number { get; } = number;

        public EpisodeResult? Result { get; set; }

        public IActorRef Server { get; set; } = ActorRefs.Nobody;

        public Dictionary<int, ClientOutcome[]> Cohorts { get; } = [];
    }
}

/// <summary>Ends the record: everything complete is written. Local.</summary>
internal sealed record CloseRecord : INoSerializationVerificationNeeded;

/// <summary>The record is closed. Local.</summary>
internal sealed record RecordClosed(int Episodes, long Dropped) : INoSerializationVerificationNeeded;
