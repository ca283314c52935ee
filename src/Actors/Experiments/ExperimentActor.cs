using System.Globalization;
using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Server;

namespace FLCrowd.Actors.Experiments;

/// <summary>Plays a plan's games, some of them side by side, and ends with its result once all that it started has stopped.</summary>
internal sealed class ExperimentActor : ReceiveActor
{
    private readonly ExperimentPlan _plan;
    private readonly FLCrowdNode _node;
    private readonly Action<ExperimentProgress>? _progress;
    private readonly TaskCompletionSource<ExperimentResult> _done;
    private readonly IActorRef _recorder;
    private readonly int _parallelGames;
    private readonly RunJournal? _journal;
    private readonly HashSet<int> _running = [];
    private readonly SortedDictionary<int, FailedGame> _failed;
    private readonly string _run = Context.Self.Path.Uid.ToString("x", CultureInfo.InvariantCulture);

    private RecordedEpisodes _recorded = RecordedEpisodes.None;
    private ExperimentStatus _status = ExperimentStatus.Completed;
    private string? _failure;
    private bool _isBadInput;
    private ExperimentResult? _result;
    private int _next;
    private int _episodes;
    private long _rounds;
    private long _updates;
    private long _dropped;

    public ExperimentActor(
        ExperimentPlan plan,
        FLCrowdNode node,
        IEpisodeSink sink,
        int parallelGames,
        Action<ExperimentProgress>? progress,
        TaskCompletionSource<ExperimentResult> done,
        RunJournal? journal = null)
    {
        _plan = plan;
        _node = node;
        _progress = progress;
        _done = done;
        _parallelGames = parallelGames;
        _journal = journal;
        _failed = new SortedDictionary<int, FailedGame>(plan.Failed.ToDictionary(failed => failed.Game));
        var episodes = journal?.Episodes(plan.FirstEpisode);
        _recorder = Context.Watch(Context.ActorOf(
            Props.Create(() => new Recorder(plan, sink, episodes)).WithDispatcher(Dispatchers.Recording), "recorder"));

        Receive<DescribeGame>(describe => Sender.Tell(new GameDescription(plan.Game(describe.Game))));
        Receive<DescribeMemories>(_recorder.Forward);
        Receive<DescribePayoffs>(_recorder.Forward);
        Receive<RoundsRecovered>(recovered => _rounds += recovered.Rounds);
        Receive<RoundDone>(round =>
        {
            _rounds += round.IsReplay ? 0 : 1;
            _updates += round.ClientUpdates;
            Guarded(() => _progress?.Invoke(new ExperimentProgress(_rounds, _episodes, _updates)));
        });
        Receive<RecordOpened>(OnOpened);
        Receive<EpisodeDone>(_ => _episodes++);
        Receive<GameFinished>(OnFinished);
        Receive<GameFailed>(OnFailed);
        Receive<Deserted>(deserted => End(ExperimentStatus.Failed, deserted.Reason, isBadInput: false));
        Receive<Crashed>(crashed => End(ExperimentStatus.Failed, crashed.Reason, isBadInput: false));
        Receive<Interrupt>(_ => End(ExperimentStatus.Interrupted, null, isBadInput: false));
        Receive<RecordFailed>(failed => End(ExperimentStatus.Failed, failed.Reason, isBadInput: false));
        Receive<RecordClosed>(OnClosed);
        Receive<Terminated>(_ =>
        {
            End(ExperimentStatus.Failed, "the recorder stopped unexpectedly", isBadInput: false);
            OnClosed(new RecordClosed(0, 0, _failure));
        });
    }

    protected override void PreStart() => WorkforceWatch.StartIn(Context);

    /// <summary>A run is not done twice: its end was told when the first actor stopped.</summary>
    protected override void PostRestart(Exception reason) => Context.Stop(Self);

    protected override SupervisorStrategy SupervisorStrategy()
    {
        var self = Self;
        return new OneForOneStrategy(e =>
        {
            self.Tell(new Crashed(e is ActorInitializationException { InnerException: { } inner } ? inner.Message : e.Message));
            return Directive.Stop;
        });
    }

    protected override void PostStop() => _done.TrySetResult(
        _result ?? new ExperimentResult(ExperimentStatus.Failed, "the experiment stopped unexpectedly", false, 0, _updates, _dropped));

    private void OnOpened(RecordOpened opened)
    {
        _recorded = new RecordedEpisodes(opened.Recorded);
        for (int game = 0; game < _parallelGames; game++)
        {
            StartNext();
        }

        CloseIfDone();
    }

    private void StartNext()
    {
        while (_next < _plan.Games.Count && IsOver(_plan.Games[_next]))
        {
            SkipRounds(_plan.Games[_next], _plan.Games[_next].Episodes);
            _next++;
        }

        if (_next == _plan.Games.Count || _status != ExperimentStatus.Completed)
        {
            return;
        }

        Guarded(() =>
        {
            var game = _plan.Games[_next];
            var rules = GameRules.Of(game, _node.Catalog) with { Run = _run };
            int first = _recorded.Of(game);
            SkipRounds(game, first);
            var props = Props.Create(() => new GameServer(
                rules, _node.Catalog, _node.Host, _node.Cohorts, _node.Evaluators, _recorder, new GameProgress(first, _journal)));
            _running.Add(game.Game);
            Context.ActorOf(props, ServerName(game.Game));
            _next++;
        });
    }

    private bool IsOver(GameDefinition game) => _failed.ContainsKey(game.Game) || _recorded.Of(game) == game.Episodes;

    private void SkipRounds(GameDefinition game, int episodes) => _rounds += (long)episodes * game.Learning.Protocol.Rounds;

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            End(ExperimentStatus.Failed, e.Message, isBadInput: e is SettingException);
        }
    }

    private void OnFinished(GameFinished finished)
    {
        _dropped += finished.Dropped;
        Context.Stop(Context.Child(ServerName(finished.Game)));
        _running.Remove(finished.Game);
        StartNext();
        CloseIfDone();
    }

    /// <summary>
    /// Where every game is a result by itself, one that would fail again in the same way does not keep the others from being played.
    /// </summary>
    private void OnFailed(GameFailed failed)
    {
        var game = _plan.Game(failed.Game);
        if (!_plan.GoesOn || _plan.Games.Count == 1 || !failed.IsCertain)
        {
            string reason = _plan.Games.Count == 1 ? failed.Reason : $"{_plan.NameOf(game)}: {failed.Reason}";
            End(ExperimentStatus.Failed, reason, failed.IsBadInput);
            return;
        }

        if (_status == ExperimentStatus.Completed && _running.Remove(game.Game))
        {
            _failed[game.Game] = new FailedGame(game.Game, game.Seed, game.Swept, failed.Reason);
            Context.Stop(Context.Child(ServerName(game.Game)));
            _recorder.Tell(new GameAbandoned(game.Game));
            StartNext();
            CloseIfDone();
        }
    }

    private void CloseIfDone()
    {
        if (_running.Count == 0 && _status == ExperimentStatus.Completed)
        {
            _recorder.Tell(new CloseRecord());
        }
    }

    private void End(ExperimentStatus status, string? failure, bool isBadInput)
    {
        if (_status != ExperimentStatus.Completed)
        {
            return;
        }

        _status = status;
        _failure = failure;
        _isBadInput = isBadInput;
        foreach (int game in _running)
        {
            Context.Stop(Context.Child(ServerName(game)));
        }

        _recorder.Tell(new CloseRecord());
    }

    private void OnClosed(RecordClosed closed)
    {
        if (closed.Failure is not null && _status != ExperimentStatus.Failed)
        {
            (_status, _failure) = (ExperimentStatus.Failed, closed.Failure);
        }

        if (_failed.Count > 0 && _status == ExperimentStatus.Completed)
        {
            (_status, _failure) = (ExperimentStatus.Failed, _plan.Describe([.. _failed.Values]));
        }

        _result ??= new ExperimentResult(_status, _failure, _isBadInput, closed.Episodes, _updates, _dropped + closed.Dropped)
        {
            FailedGames = [.. _failed.Values],
        };
        Context.Stop(Self);
    }

    private static string ServerName(int game) => $"server-{game}";

    /// <summary>A child threw. Local.</summary>
    private sealed record Crashed(string Reason) : INoSerializationVerificationNeeded;
}

/// <summary>The user stops the run. Local.</summary>
internal sealed record Interrupt : INoSerializationVerificationNeeded;
