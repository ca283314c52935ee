using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// Puts together what the server and the cohorts tell of an episode and writes whole episodes, in the order of the run, whatever
/// order they end in. The only actor that sees both sides. With a journal, an episode is recorded once it is journalled, and
/// those that an earlier process journalled are recorded first.
/// </summary>
internal sealed class Recorder : ReceiveActor
{
    /// <summary>Games go on while the journal is being written, as long as no more outcomes of clients than this wait for it.</summary>
    private const int MaxBehind = 100_000;

    private readonly ExperimentPlan _plan;
    private readonly EpisodeTables _tables;
    private readonly IActorRef? _journal;
    private readonly Dictionary<int, OpenEpisode> _open = [];
    private readonly Dictionary<int, IActorRef> _journaling = [];
    private readonly HashSet<int> _ahead = [];
    private readonly Dictionary<int, EpisodeRecorded> _recorded = [];
    private readonly Dictionary<(int Game, int Cohort), CohortMemories> _memories = [];
    private readonly HashSet<int> _abandoned = [];
    private readonly PayoffBoard _payoffs = new();
    private IActorRef? _closer;
    private long _behind;
    private long _dropped;
    private bool _failed;

    /// <param name="plan">The games.</param>
    /// <param name="sink">Where whole episodes go.</param>
    /// <param name="journal">What keeps them: tells <see cref="JournalRead"/>, each <see cref="JournaledEpisode"/> once it is kept, or
    /// <see cref="JournalFailed"/>. None: null.</param>
    public Recorder(ExperimentPlan plan, IEpisodeSink sink, Props? journal = null)
    {
        var experiment = Context.Parent;
        _plan = plan;
        _tables = new EpisodeTables(sink, plan.FirstEpisode)
        {
            Written = () => experiment.Tell(EpisodeDone.Instance),
            Failed = reason => experiment.Tell(new RecordFailed(reason)),
        };
        _journal = journal is null ? null : Context.ActorOf(journal, "journal");
        if (_journal is null)
        {
            Open();
        }

        Receive<JournaledEpisode>(Accept);
        Receive<JournalRead>(_ => Open());
        Receive<JournalFailed>(failed => Fail(failed.Reason));
        Receive<EpisodeResult>(result =>
        {
            if (Find(result.Game, result.Episode, Sender) is { } episode)
            {
                episode.Result = result;
                episode.Server = Sender;
                RecordIfComplete(episode);
            }
        });
        Receive<CohortOutcomes>(outcomes =>
        {
            if (Find(outcomes.Game, outcomes.Episode, ActorRefs.Nobody) is { } episode && episode.Add(outcomes))
            {
                _dropped += outcomes.Dropped;
                Remember(outcomes);
                RecordIfComplete(episode);
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
                Sender.Tell(payoffs);
            }
        });
        Receive<GameAbandoned>(abandoned => Abandon(abandoned.Game));
        Receive<CloseRecord>(_ =>
        {
            _closer = Sender;
            CloseIfDone();
        });
    }

    protected override void PostStop() => _tables.Close();

    /// <summary>Takes episodes, and says which ones it has.</summary>
    private void Open()
    {
        foreach (var failed in _plan.Failed)
        {
            Abandon(failed.Game);
        }

        Context.Parent.Tell(new RecordOpened(_recorded.Keys.ToHashSet()));
    }

    /// <summary>Lets the tables go on without the rest of a game: what is complete of it stays.</summary>
    private void Abandon(int number)
    {
        _abandoned.Add(number);
        var game = _plan.Game(number);
        foreach (int episode in Enumerable.Range(game.FirstEpisode, game.Episodes).Where(episode => !IsComplete(episode)))
        {
            _open.Remove(episode);
            _tables.Skip(episode);
        }
    }

    private bool IsComplete(int episode) => _recorded.ContainsKey(episode) || _journaling.ContainsKey(episode);

    /// <summary>The episode, or null where it is complete already: who asks again once it is recorded is told again.</summary>
    private OpenEpisode? Find(int game, int episode, IActorRef server)
    {
        int number = _plan.Game(game).FirstEpisode + episode;
        if (_recorded.TryGetValue(number, out var recorded))
        {
            server.Tell(recorded);
            return null;
        }

        if (_failed || _journaling.ContainsKey(number) || _abandoned.Contains(game))
        {
            return null;
        }

        if (!_open.TryGetValue(number, out var found))
        {
            _open[number] = found = new OpenEpisode(number);
        }

        return found;
    }

    /// <summary>Keeps what the game's next episode begins with, should the cohort move, or the game go on in another process.</summary>
    private void Remember(CohortOutcomes outcomes)
    {
        var key = (outcomes.Game, outcomes.Cohort);
        if (outcomes.Episode + 1 < _plan.Game(outcomes.Game).Episodes)
        {
            _memories[key] = new CohortMemories(outcomes.Game, outcomes.Cohort, outcomes.Episode + 1, outcomes.Memories);
        }
        else
        {
            _memories.Remove(key);
        }
    }

    private void RecordIfComplete(OpenEpisode episode)
    {
        if (episode.Complete is not { } complete)
        {
            return;
        }

        _open.Remove(episode.Number);
        Publish(complete);
        _journaling.Add(episode.Number, episode.Server);
        _behind += complete.Clients;
        if (_journal is null)
        {
            Accept(complete);
            return;
        }

        // Should the process end now, the episode is played again, with the same result.
        if (_behind <= MaxBehind)
        {
            GoOn(complete);
        }

        _journal.Tell(complete);
    }

    /// <summary>Tells what behaviors paid, where the experiment allows it.</summary>
    private void Publish(JournaledEpisode episode)
    {
        if (_plan.Game(episode.Result.Game).PublishesPayoffs)
        {
            _payoffs.Publish(episode.Result.Game, episode.Result.Episode, episode.Cohorts.SelectMany(cohort => cohort.Outcomes));
        }
    }

    /// <summary>Lets the game go on with its next episode, once.</summary>
    private void GoOn(JournaledEpisode episode)
    {
        if (_ahead.Add(episode.Number))
        {
            _journaling[episode.Number].Tell(episode.Recorded);
        }
    }

    /// <summary>The episode is recorded, now or by an earlier process.</summary>
    private void Accept(JournaledEpisode episode)
    {
        if (!_recorded.TryAdd(episode.Number, episode.Recorded))
        {
            return;
        }

        _tables.Add(new RecordedEpisode(
            _plan.Game(episode.Result.Game), episode.Number, episode.Result, episode.Cohorts.SelectMany(cohort => cohort.Outcomes)));
        if (_journaling.ContainsKey(episode.Number))
        {
            _behind -= episode.Clients;
            GoOn(episode);
            _ahead.Remove(episode.Number);
            _journaling.Remove(episode.Number, out var server);
            if (_journal is not null)
            {
                server.Tell(new EpisodeInJournal(episode.Result.Episode));
            }
        }
        else
        {
            Publish(episode);
            foreach (var cohort in episode.Cohorts)
            {
                Remember(cohort);
            }
        }

        CloseIfDone();
    }

    /// <summary>What is not journalled by now never will be, and no more is taken: games go on until the experiment ends them.</summary>
    private void Fail(string reason)
    {
        _failed = true;
        _tables.Fail(reason);
        _journaling.Clear();
        CloseIfDone();
    }

    /// <summary>Closes once it was asked to and all complete episodes are recorded.</summary>
    private void CloseIfDone()
    {
        if (_closer is null || _journaling.Count > 0)
        {
            return;
        }

        _tables.Close();
        _closer.Tell(new RecordClosed(_tables.Count, _dropped, _tables.Failure));

        // Games that were interrupted may still tell of their episodes.
        Become(() => ReceiveAny(_ => { }));
    }
}
