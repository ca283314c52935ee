using Akka.Actor;
using Akka.Event;
using FLCrowd.Actors.Broadcast;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Metrics;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Watching;

namespace FLCrowd.Actors.Server;

/// <summary>
/// The server of one game: assigns, aggregates, tests, pays. It never waits for an answer in code: what does not come is asked
/// for again, and after a while without any progress the game fails and says what is missing.
/// </summary>
internal sealed class GameServer : ReceiveActor, IWithTimers
{
    private readonly GameRules _rules;
    private readonly PluginCatalog _catalog;
    private readonly IActorRef _cohorts;
    private readonly IActorRef _models;
    private readonly IActorRef _evaluators;
    private readonly IActorRef _recorder;
    private readonly GameProgress _progress;
    private readonly ISpectator? _spectator = Spectators.Of(Context.System);
    private readonly Dictionary<int, Address> _nodes = [];
    private readonly NodeMetrics _metrics = NodeMetrics.Of(Context.System);

    private ILearningModel _model = null!;
    private string? _data;
    private GameState _state = null!;
    private IActorRef? _observer;
    private IActorRef? _checkpoints;
    private long _accepted;
    private long _dropped;
    private TimeSpan _idle;

    public GameServer(
        GameRules rules,
        PluginCatalog catalog,
        IActorRef host,
        IActorRef cohorts,
        Props evaluators,
        IActorRef recorder,
        GameProgress progress)
    {
        _rules = rules;
        _catalog = catalog;
        _cohorts = cohorts;
        _models = ModelFanOut.Of(Context, cohorts);
        _evaluators = Context.ActorOf(evaluators, "evaluators");
        _recorder = recorder;
        _progress = progress;
        host.Tell(new OpenModel(rules.Game, Context.Parent));
        Receive<ModelOpened>(opened => Begin(opened.Model, opened.Data));
        Receive<OpenFailed>(failed => Context.Parent.Tell(new GameFailed(_rules.Game, failed.Reason, failed.IsBadInput)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop()
    {
        for (int cohort = 0; cohort < _rules.Layout.Cohorts; cohort++)
        {
            _cohorts.Tell(new StopCohort(_rules.Game, cohort, _rules.Run));
        }
    }

    private void Begin(ILearningModel model, string? data)
    {
        try
        {
            (_model, _data) = (model, data);
            _state = new GameState(
                _rules, model, _catalog.CreateMechanism(_rules.Mechanism), _catalog.CreateAggregator(_rules.Aggregator))
            {
                NameOf = Named,
            };
        }
        catch (SettingException e)
        {
            Context.Parent.Tell(new GameFailed(_rules.Game, e.Message, IsBadInput: true));
            return;
        }

        if (_progress.Journal is not { IsResumed: true })
        {
            Play(null);
            return;
        }

        Become(() =>
        {
            Receive<CheckpointFound>(found => Play(found.Checkpoint));
            Receive<JournalFailed>(failed => Run([new ServerEffect.Fail(failed.Reason, IsCertain: false)]));
        });
        OpenCheckpoints();
    }

    private void Play(GameCheckpoint? checkpoint)
    {
        Become(Playing);
        Timers.StartPeriodicTimer("overdue", Overdue.Instance, _rules.Execution.ResendAfter);
        if (_progress.Journal?.CheckpointEvery is { } interval)
        {
            Timers.StartPeriodicTimer("checkpoint", CheckpointDue.Instance, interval);
        }

        Run(_state.Begin(_progress.FirstEpisode, checkpoint));
    }

    private void Playing()
    {
        Receive<CohortUnassigned>(message => Hear(message.Cohort, message, _state.Accept(message)));
        Receive<CohortRefused>(message =>
        {
            Timers.CancelAll();
            Context.Parent.Tell(new GameFailed(
                _rules.Game, $"the node {Sender.Path.Address} cannot host cohort {message.Cohort}: {message.Reason}", message.IsBadInput));
        });
        Receive<CohortReady>(message => Hear(message.Cohort, message, _state.Accept(message)));
        Receive<CohortUpdate>(message => Hear(message.Cohort, message, _state.Accept(message)));
        Receive<EpisodeRecorded>(message => Run(_state.Accept(message)));
        Receive<Evaluated>(message =>
        {
            _spectator?.Tested(_rules.Game, message.Episode, message.Round, message.Evaluation);
            Run(_state.AcceptEvaluation(message.Episode, message.Round, message.Evaluation, message.PaidLoss, message.Classes));
        });
        Receive<EvaluationFailed>(message => Run([new ServerEffect.Fail(
            $"{_rules.Names.Model} could not be tested after round {message.Round} of episode {message.Episode}: {message.Reason}")]));
        Receive<RoundObserved>(message => Run(_state.AcceptObservation(message.Episode, message.Round)));
        Receive<ObservationFailed>(message => Run([new ServerEffect.Fail(
            $"{_rules.Names.Mechanism} failed to observe round {message.Round} of episode {message.Episode}: {message.Reason}")]));
        Receive<Overdue>(_ => OnOverdue());
        Receive<EpisodeInJournal>(kept => _state.Journaled(kept.Episode));
        Receive<CheckpointDue>(_ => _state.CheckpointIsDue());
        Receive<CheckpointFound>(_ => { });
    }

    private void OpenCheckpoints() =>
        _checkpoints ??= Context.ActorOf(_progress.Journal!.Checkpoints(_rules.Game), "checkpoints");

    /// <summary>Takes note of the node that a cohort answers from.</summary>
    private void Hear(int cohort, object message, ServerEffect[] effects)
    {
        var node = Sender.Path.Address;
        if (!_nodes.TryGetValue(cohort, out var before) || before != node)
        {
            _nodes[cohort] = node;
            _spectator?.Placed(_rules.Game, cohort, node.HasGlobalScope ? node.ToString() : "");
        }

        _spectator.Saw(_rules.Game, Seat.Cohort(cohort), Seat.Server, message);
        Run(effects);
    }

    private string Named(int cohort) => _nodes.TryGetValue(cohort, out var node) && node.HasGlobalScope
        ? $"{cohort} (last heard from {node})"
        : $"{cohort}";

    private void OnOverdue()
    {
        if (_accepted != _state.Accepted)
        {
            _accepted = _state.Accepted;
            _idle = TimeSpan.Zero;
            return;
        }

        _idle += _rules.Execution.ResendAfter;
        if (_idle >= _rules.Execution.GiveUpAfter)
        {
            Run([new ServerEffect.Fail($"no progress for {_idle.TotalSeconds:0} s; still waiting for {_state.Waiting}", IsCertain: false)]);
            return;
        }

        Context.GetLogger().Warning("Game {0}: waiting for {1} for {2:0} s", _rules.Game, _state.Waiting, _idle.TotalSeconds);
        _spectator?.AskedAgain(_rules.Game, _state.Waiting);
        var again = _state.AskAgain();
        _metrics.Resent(again.Length);
        Run(again);
    }

    private void Run(ServerEffect[] effects)
    {
        _metrics.Dropped(ref _dropped, _state.Dropped);
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case ServerEffect.AssignCohort assign:
                    ToCohort(_cohorts, new CohortAssignments(
                        _rules.Game, assign.Cohort, assign.Episode, assign.Assignments, Context.Parent, _recorder, _rules.Run, _data));
                    break;
                case ServerEffect.ToCohort to:
                    ToCohort(to.Message is GlobalModel ? _models : _cohorts, to.Message);
                    break;
                case ServerEffect.Test test:
                    _evaluators.Tell(new Evaluate(test.Episode, test.Round, _model, test.Model, test.Sample, test.CountsClasses)
                    {
                        AddsPenalty = test.AddsPenalty,
                    });
                    break;
                case ServerEffect.Observe observe:
                    _observer ??= Context.ActorOf(
                        Props.Create(() => new RoundObserver()).WithDispatcher(Dispatchers.Training), "observer");
                    _observer.Tell(new ObserveRound(observe.Mechanism, observe.View, observe.Reports));
                    break;
                case ServerEffect.Record record:
                    _spectator.Saw(_rules.Game, Seat.Server, Seat.Recorder, record.Result);
                    _recorder.Tell(record.Result);
                    break;
                case ServerEffect.Keep keep:
                    OpenCheckpoints();
                    _checkpoints.Tell(keep.Checkpoint);
                    break;
                case ServerEffect.Recovered recovered:
                    Context.Parent.Tell(new RoundsRecovered(recovered.Rounds));
                    break;
                case ServerEffect.RoundDone round:
                    _metrics.RoundDone(round.IsReplay);
                    Context.Parent.Tell(new RoundDone(_rules.Game, round.ClientUpdates, round.IsReplay));
                    break;
                case ServerEffect.Finish:
                    Timers.CancelAll();
                    Context.Parent.Tell(new GameFinished(_rules.Game, _state.Dropped));
                    break;
                case ServerEffect.Fail fail:
                    Timers.CancelAll();
                    Context.Parent.Tell(new GameFailed(_rules.Game, fail.Reason, IsBadInput: false, fail.IsCertain));
                    break;
            }
        }
    }

    private void ToCohort(IActorRef way, IToCohort message)
    {
        _spectator.Saw(_rules.Game, Seat.Server, Seat.Cohort(message.Cohort), message);
        way.Tell(message);
    }

    /// <summary>Looks whether anything happened since the last look. Local.</summary>
    private sealed record Overdue : INoSerializationVerificationNeeded
    {
        public static readonly Overdue Instance = new();
    }

    /// <summary>Time for a checkpoint. Local.</summary>
    private sealed record CheckpointDue : INoSerializationVerificationNeeded
    {
        public static readonly CheckpointDue Instance = new();
    }
}
