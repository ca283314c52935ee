using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Metrics;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// Puts together what the server and the cohorts tell of an episode and writes whole episodes, in the order of the run, whatever
/// order they end in. The only actor that sees both sides. With a journal, an episode is recorded once it is journalled, and
/// those that an earlier process journalled are recorded first.
/// </summary>
internal sealed class Recorder : ReceiveActor
{
    private readonly ExperimentPlan _plan;
    private readonly EpisodeTables _tables;
    private readonly IActorRef? _journal;
    private readonly EpisodeLedger _ledger;
    private readonly EpisodeMemories _memories;
    private readonly PayoffBoard _payoffs = new();
    private readonly NodeMetrics _metrics = NodeMetrics.Of(Context.System);
    private IActorRef? _closer;
    private long _dropped;

    /// <param name="plan">The games.</param>
    /// <param name="sink">Where whole episodes go.</param>
    /// <param name="journal">What keeps them: tells <see cref="JournalRead"/>, each <see cref="JournaledEpisode"/> once it is kept, or
    /// <see cref="JournalFailed"/>. None: null.</param>
    public Recorder(ExperimentPlan plan, IEpisodeSink sink, Props? journal = null)
    {
        var experiment = Context.Parent;
        _plan = plan;
        _ledger = new EpisodeLedger(plan);
        _memories = new EpisodeMemories(plan);
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
        Receive<EpisodeResult>(Accept);
        Receive<CohortOutcomes>(Accept);
        Receive<DescribeMemories>(describe => Answer(_memories.Find(describe)));
        Receive<DescribePayoffs>(describe => Answer(_payoffs.Find(describe)));
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

        Context.Parent.Tell(new RecordOpened(_ledger.Recorded));
    }

    /// <summary>Lets the tables go on without the rest of a game.</summary>
    private void Abandon(int game)
    {
        foreach (int episode in _ledger.Abandon(game))
        {
            _tables.Skip(episode);
        }
    }

    /// <summary>Takes the server's side of an episode. Who asks again once it is recorded is told again.</summary>
    private void Accept(EpisodeResult result)
    {
        if (_ledger.Find(result.Game, result.Episode) is { } recorded)
        {
            Sender.Tell(recorded);
        }
        else if (_ledger.Open(result.Game, result.Episode) is { } episode)
        {
            episode.Result = result;
            episode.Server = Sender;
            RecordIfComplete(episode);
        }
    }

    /// <summary>Takes a cohort's side of an episode.</summary>
    private void Accept(CohortOutcomes outcomes)
    {
        if (_ledger.Open(outcomes.Game, outcomes.Episode) is { } episode && episode.Add(outcomes))
        {
            _dropped += outcomes.Dropped;
            _memories.Keep(outcomes);
            RecordIfComplete(episode);
        }
    }

    private void Answer(object? answer)
    {
        if (answer is not null)
        {
            Sender.Tell(answer);
        }
    }

    private void RecordIfComplete(OpenEpisode episode)
    {
        if (episode.Complete is not { } complete)
        {
            return;
        }

        Publish(complete);

        // Should the process end now, the episode is played again, with the same result.
        if (_ledger.HandOver(complete, episode.Server, mayGoOn: _journal is not null))
        {
            episode.Server.Tell(complete.Recorded);
        }

        if (_journal is null)
        {
            Accept(complete);
        }
        else
        {
            _journal.Tell(complete);
        }
    }

    /// <summary>Tells what behaviors paid, where the experiment allows it.</summary>
    private void Publish(JournaledEpisode episode)
    {
        if (_plan.Game(episode.Result.Game).PublishesPayoffs)
        {
            _payoffs.Publish(episode.Result.Game, episode.Result.Episode, episode.Cohorts.SelectMany(cohort => cohort.Outcomes));
        }
    }

    /// <summary>The episode is recorded, now or by an earlier process.</summary>
    private void Accept(JournaledEpisode episode)
    {
        if (!_ledger.Record(episode, out var handedOver))
        {
            return;
        }

        _tables.Add(new RecordedEpisode(
            _plan.Game(episode.Result.Game), episode.Number, episode.Result, episode.Cohorts.SelectMany(cohort => cohort.Outcomes)));
        if (handedOver is null)
        {
            Publish(episode);
            foreach (var cohort in episode.Cohorts)
            {
                _memories.Keep(cohort);
            }
        }
        else
        {
            _metrics.EpisodeRecorded();
            Tell(handedOver, episode);
        }

        CloseIfDone();
    }

    /// <summary>Lets the game go on, if it does not already.</summary>
    private void Tell(EpisodeLedger.WithJournal handedOver, JournaledEpisode episode)
    {
        if (!handedOver.WentOn)
        {
            handedOver.Server.Tell(episode.Recorded);
        }

        if (_journal is not null)
        {
            handedOver.Server.Tell(new EpisodeInJournal(episode.Result.Episode));
        }
    }

    /// <summary>The journal failed: games go on until the experiment ends them.</summary>
    private void Fail(string reason)
    {
        _ledger.Close();
        _tables.Fail(reason);
        CloseIfDone();
    }

    /// <summary>Closes once it was asked to and all complete episodes are recorded.</summary>
    private void CloseIfDone()
    {
        if (_closer is null || !_ledger.IsSettled)
        {
            return;
        }

        _tables.Close();
        _closer.Tell(new RecordClosed(_tables.Count, _dropped, _tables.Failure));

        // Games that were interrupted may still tell of their episodes.
        Become(() => ReceiveAny(_ => { }));
    }
}
