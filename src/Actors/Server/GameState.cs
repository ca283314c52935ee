using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Server;

/// <summary>
/// What the server knows of a game, and what follows from each message; the actor around it only carries out the effects.
/// An episode goes: announce, wait until all cohorts are ready, T rounds, the replays that the mechanism asked for, wait for the tests
/// and for the mechanism's look at the rounds, pay, wait until it is recorded.
/// </summary>
internal sealed class GameState
{
    private readonly GameRules _rules;
    private readonly MechanismDesk _desk;
    private readonly PaidLoss _paidLoss;
    private readonly RoundAggregation _aggregation;
    private readonly ModelVector _initialModel;
    private readonly CohortAnswers _cohorts;
    private readonly ModelTests _tests;
    private readonly Replays _replays;
    private readonly RoundObservations _observations;
    private readonly Exclusions _excluded;
    private readonly CohortRequests _requests;
    private readonly Settlement _settlement;
    private readonly Checkpoints _checkpoints;
    private readonly Wording _wording;
    private readonly HashSet<int> _moved = [];

    private Phase _phase;
    private int _episode = -1;
    private int _round;
    private ModelVector _model;
    private EpisodeResult? _result;

    public GameState(GameRules rules, ILearningModel model, IIncentiveMechanism mechanism, IAggregator aggregator)
    {
        _rules = rules;
        _replays = new Replays(rules.Protocol);
        _tests = new ModelTests(rules.Execution.EvaluateEvery, rules.Protocol.Rounds);
        _desk = new MechanismDesk(rules, mechanism, rules.Profiles(model));
        _observations = new RoundObservations(rules, _desk, aggregator, model);
        _excluded = new Exclusions(rules.Layout);
        _paidLoss = new PaidLoss(rules, model);
        _requests = new CohortRequests(rules, _desk, _replays, _excluded);
        _settlement = new Settlement(rules, _desk, _paidLoss, _tests, _replays);
        _aggregation = new RoundAggregation(rules, aggregator, model.ParameterCount);
        _cohorts = new CohortAnswers(rules, _excluded, _paidLoss, _aggregation);
        _checkpoints = new Checkpoints(rules, _desk, _tests, _excluded);
        _wording = new Wording(rules, _replays);
        var initial = new float[model.ParameterCount];
        model.Initialise(initial);
        _model = _initialModel = ModelVector.Of(initial);
    }

    private enum Phase
    {
        Labeling,
        Training,
        Waiting,
        Testing,
        Recording,
        Over,
    }

    /// <summary>The current episode within the game.</summary>
    public int Episode => _episode;

    /// <summary>Messages that had an effect so far.</summary>
    public long Accepted { get; private set; }

    /// <summary>Messages without effect so far: late, duplicated or foreign.</summary>
    public long Dropped { get; private set; }

    /// <summary>What the server waits for, for the log.</summary>
    public string Waiting => _phase switch
    {
        Phase.Labeling => $"the labels of episode {_episode} from cohorts {MissingCohorts}",
        Phase.Training => $"{_wording.Round(_round)} of episode {_episode} from cohorts {MissingCohorts}",
        Phase.Recording => $"the record of episode {_episode}",
        Phase.Over => "the end of the game",
        _ when _tests.Open.Count > 0 => $"tests of episode {_episode} after rounds {string.Join(", ", _tests.Open)}",
        _ => $"{_rules.Names.Mechanism}, which looks at rounds {string.Join(", ", _observations.Open)} of episode {_episode}",
    };

    private bool FailsWithClients => _rules.Execution.OnClientFailure == FailurePolicy.Fail;

    private string MissingCohorts => string.Join(", ", _cohorts.Missing.Take(10).Select(NameOf));

    /// <summary>How a cohort is named in the log.</summary>
    public Func<int, string> NameOf { get; init; } = cohort => $"{cohort}";

    /// <summary>Begins a game.</summary>
    /// <param name="firstEpisode">The episode that it begins with: those before are recorded already.</param>
    /// <param name="checkpoint">What an earlier process left of an episode; null: nothing.</param>
    public IEnumerable<ServerEffect> Begin(int firstEpisode, GameCheckpoint? checkpoint = null)
    {
        _episode = firstEpisode - 1;
        _checkpoints.Begin(checkpoint, firstEpisode);
        return Begin();
    }

    /// <summary>Begins the next episode.</summary>
    public IEnumerable<ServerEffect> Begin()
    {
        _episode++;
        _round = 0;
        _model = _initialModel;
        _tests.Begin();
        _replays.Begin([]);
        _excluded.Clear();
        _moved.Clear();
        if ((_desk.Announce(_episode) ?? _paidLoss.Begin(_desk.Assignments)) is { } problem)
        {
            return Fail(problem);
        }

        _phase = Phase.Labeling;
        _cohorts.Begin();
        return Ask();
    }

    /// <summary>A cohort moved, and begins the episode anew: first of all it is assigned again.</summary>
    public IEnumerable<ServerEffect> Accept(CohortUnassigned message)
    {
        if (_phase == Phase.Over || message.Cohort < 0 || message.Cohort >= _rules.Layout.Cohorts)
        {
            return Drop();
        }

        _moved.Add(message.Cohort);
        return [_requests.Assign(message.Cohort)];
    }

    /// <summary>A cohort is ready: before the first round, or after it moved, when it goes on where the others are.</summary>
    public IEnumerable<ServerEffect> Accept(CohortReady message)
    {
        if (_phase == Phase.Labeling || message.Episode != _episode || !_moved.Remove(message.Cohort))
        {
            return Answered(message.Cohort, message.Episode, 0, Phase.Labeling, message);
        }

        return _phase switch
        {
            Phase.Training when _cohorts.IsMissing(message.Cohort) => [_requests.Train(message.Cohort, _episode, _round, _model)],
            Phase.Recording => [_requests.Pay(message.Cohort, _episode, _result!)],
            _ => [],
        };
    }

    public IEnumerable<ServerEffect> Accept(CohortUpdate message) =>
        Answered(message.Cohort, message.Episode, message.Round, Phase.Training, message);

    /// <param name="episode">The episode.</param>
    /// <param name="round">The round after which the model was tested.</param>
    /// <param name="evaluation">How it tested.</param>
    /// <param name="sampleLoss">Its loss on the test sample that was asked for; null where none was.</param>
    public IEnumerable<ServerEffect> AcceptEvaluation(int episode, int round, Evaluation evaluation, double? sampleLoss = null)
    {
        if (episode != _episode || !_tests.Accept(round, evaluation))
        {
            return Drop();
        }

        Accepted++;
        _paidLoss.AcceptSample(sampleLoss);
        return GoOn();
    }

    /// <summary>The mechanism has seen a round.</summary>
    public IEnumerable<ServerEffect> AcceptObservation(int episode, int round)
    {
        if (episode != _episode || !_observations.Accept(round))
        {
            return Drop();
        }

        Accepted++;
        return GoOn();
    }

    /// <summary>The episode is recorded. Where a client failed after it was paid, the game ends then, so that the record is whole.</summary>
    public IEnumerable<ServerEffect> Accept(EpisodeRecorded message)
    {
        if (message.Episode != _episode || _phase != Phase.Recording)
        {
            return Drop();
        }

        Accepted++;
        if (FailsWithClients && message.Failures is [var first, ..])
        {
            return Fail(first);
        }

        if (_episode + 1 < _rules.Episodes)
        {
            return Begin();
        }

        _phase = Phase.Over;
        return [new ServerEffect.Finish()];
    }

    /// <summary>Time to keep how far the episode is.</summary>
    public void CheckpointIsDue() => _checkpoints.Demand();

    /// <summary>The journal holds an episode.</summary>
    public void Journaled(int episode) => _checkpoints.Journaled(episode);

    /// <summary>Asks again for all that is missing: messages may have been lost.</summary>
    public IEnumerable<ServerEffect> AskAgain() => _phase switch
    {
        Phase.Labeling or Phase.Training => Ask(),
        Phase.Recording => Settle(),
        _ => [],
    };

    private IEnumerable<ServerEffect> Answered(int cohort, int episode, int round, Phase phase, IToServer answer)
    {
        if (episode != _episode || round != _round || phase != _phase || !_cohorts.Offer(cohort, answer))
        {
            return Drop();
        }

        Accepted++;
        return _cohorts.IsComplete ? EndRound() : [];
    }

    private IEnumerable<ServerEffect> EndRound()
    {
        if (_cohorts.Failures.Count > 0)
        {
            if (FailsWithClients)
            {
                return Fail(_cohorts.Failures[0]);
            }

            if (_excluded.Count == _rules.Layout.Clients)
            {
                return Fail($"no client is left; the last one: {_wording.Failure(_cohorts.Failures[^1])}");
            }
        }

        if (_phase == Phase.Labeling)
        {
            return _checkpoints.Take() is { } left ? GoOnFrom(left) : [.. TestIfDue(), .. NextRound()];
        }

        var next = new float[_model.Length];
        if (_aggregation.Finish(_episode, _round, _model.Span, next) is { } problem)
        {
            return Fail(problem);
        }

        var global = _model;
        _model = ModelVector.Of(next);
        return [
            new ServerEffect.RoundDone(_aggregation.Reported, IsReplay: _replays.Without(_round) is not null),
            .. _observations.OpenIfDue(_episode, _round, global.Memory, _model.Memory, _aggregation),
            .. TestIfDue(),
            .. NextRound()];
    }

    private IEnumerable<ServerEffect> GoOnFrom(GameCheckpoint left)
    {
        (_round, _model) = (left.Round, left.Model);
        return [new ServerEffect.Recovered(left.Round), .. NextRound()];
    }

    /// <summary>Goes on after a test or a look of the mechanism that something may have waited for.</summary>
    private IEnumerable<ServerEffect> GoOn() => _phase switch
    {
        Phase.Waiting => NextRound(),
        Phase.Testing when _tests.Open.Count == 0 && _observations.Open.Count == 0 => Pay(),
        _ => [],
    };

    private ServerEffect[] TestIfDue() => _tests.OpenIfDue(_round) ? [new ServerEffect.Test(_round, _model, _paidLoss.SampleOf(_episode, _round))] : [];

    private IEnumerable<ServerEffect> NextRound()
    {
        if (_round == _rules.Protocol.Rounds)
        {
            _replays.Begin(_desk.LeftOut.Where(client => !_excluded.Contains(client)));
        }

        if (_round == _replays.LastRound)
        {
            _phase = Phase.Testing;
            return GoOn();
        }

        if (_tests.IsFull || _observations.IsFull || _checkpoints.WaitsForTests(_episode, _round))
        {
            _phase = Phase.Waiting;
            return [];
        }

        var kept = _checkpoints.KeepIfDue(_episode, _round, _model);
        _phase = Phase.Training;
        _round++;
        _model = Replays.StepOf(_round, _rules.Protocol) == 1 ? _initialModel : _model;
        _aggregation.Begin();
        _cohorts.Begin();
        return [.. kept, .. Ask()];
    }

    private IEnumerable<ServerEffect> Ask() => _cohorts.Missing.ToArray().Select(cohort => _phase == Phase.Labeling
        ? (ServerEffect)_requests.Assign(cohort)
        : _requests.Train(cohort, _episode, _round, _model));

    private IEnumerable<ServerEffect> Pay()
    {
        (_result, string? problem) = _settlement.Pay(_episode, _excluded.Clients);
        if (problem is not null)
        {
            return Fail(problem);
        }

        _phase = Phase.Recording;
        return Settle();
    }

    private IEnumerable<ServerEffect> Settle() =>
        [new ServerEffect.Record(_result!), .. Enumerable.Range(0, _rules.Layout.Cohorts).Select(
        cohort => _requests.Pay(cohort, _episode, _result!))];

    private IEnumerable<ServerEffect> Fail(ClientFailure failure) => Fail(_wording.Failure(failure));

    private IEnumerable<ServerEffect> Fail(string reason)
    {
        _phase = Phase.Over;
        return [new ServerEffect.Fail(reason)];
    }

    private IEnumerable<ServerEffect> Drop()
    {
        Dropped++;
        return [];
    }
}
