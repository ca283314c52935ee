using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// What a cohort knows of the episode, and what follows from each message; the actor around it only carries out the effects.
/// Messages that do not fit (late, duplicated, foreign) are counted and have no effect, except that a request which was answered
/// already is answered again.
/// </summary>
internal sealed class CohortState
{
    private const string Lost = "its actor stopped unexpectedly; the log says why";

    private readonly int _game;
    private readonly int _cohort;
    private readonly int _firstClient;
    private readonly int _size;
    private readonly Func<int, string> _strategyOf;
    private readonly Func<int, int, int, bool>? _isHeard;
    private readonly Func<int, int, int, double, bool>? _attends;
    private readonly CohortMembers _members;
    private readonly ClientAnswers _answers;

    private CohortPhase _phase = new CohortPhase.Idle();
    private int _episode = -1;
    private Assignment[] _assignments = [];
    private long _droppedReported;

    /// <param name="game">The game.</param>
    /// <param name="cohort">The cohort.</param>
    /// <param name="firstClient">Its first client.</param>
    /// <param name="size">How many clients it has.</param>
    /// <param name="coefficientOf">By client, the coefficient of its report in the sum; null: the aggregator makes no sum.</param>
    /// <param name="strategyOf">By client, its strategy's name.</param>
    /// <param name="isHeard">By episode, round as in <see cref="GlobalModel"/>, and client: whether the server asks it and hears it;
    /// null: it does all.</param>
    /// <param name="attends">By the same, and the share of rounds that it chose to take part in: whether it comes; null: all do.</param>
    public CohortState(
        int game,
        int cohort,
        int firstClient,
        int size,
        Func<int, double>? coefficientOf,
        Func<int, string> strategyOf,
        Func<int, int, int, bool>? isHeard = null,
        Func<int, int, int, double, bool>? attends = null)
    {
        (_game, _cohort, _firstClient, _size, _strategyOf) = (game, cohort, firstClient, size, strategyOf);
        (_isHeard, _attends) = (isHeard, attends);
        _members = new CohortMembers(firstClient, size);
        _answers = new ClientAnswers(firstClient, size, _members, coefficientOf);
    }

    /// <summary>Messages without effect so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>The clients that take part in the next round, by their index in the cohort.</summary>
    public bool IsActive(int member) => _members.IsActive(member);

    /// <param name="message">The assignments of an episode.</param>
    /// <param name="published">What the experiment publishes of the episode before; null: nothing.</param>
    public CohortEffect[] Accept(CohortAssignments message, PublishedPayoff[]? published = null)
    {
        if (message.Episode == _episode)
        {
            return AnswerAgain();
        }

        // Its clients must have seen the ends of all earlier episodes.
        if ((message.Episode > _episode && _phase is CohortPhase.Ready or CohortPhase.Paying)
            || (message.Episode > _episode + 1 && _phase is CohortPhase.Paid))
        {
            return [new CohortEffect.StartOver()];
        }

        // A cohort that moved to another node begins with whatever episode it is asked for.
        if (message.Episode < _episode || message.Assignments.Length != _size || _phase is CohortPhase.Working)
        {
            return Drop();
        }

        _phase = new CohortPhase.Working(0);
        (_episode, _assignments) = (message.Episode, message.Assignments);
        _members.Begin();
        _answers.BeginLabeling();
        return [
            new CohortEffect.ToAssigned([.. _members.Present.Select(member =>
                new CohortEffect.ToClient(member, new Assign(message.Episode, message.Assignments[member], published)))]),
            .. _members.Lost.SelectMany(FailLost)];
    }

    public CohortEffect[] Accept(GlobalModel message)
    {
        if (message.Episode > _episode)
        {
            return [new CohortEffect.ToServer(new CohortUnassigned(_game, _cohort))];
        }

        // A cohort that moved begins with whatever round it is asked for.
        if (message.Episode != _episode || _phase is not CohortPhase.Ready ready || message.Round < ready.Round)
        {
            return Drop();
        }

        if (message.Round == ready.Round)
        {
            return AnswerAgain();
        }

        bool membersChanged = _members.Follow(
            message.Excluded,
            message.Without,
            _isHeard is null ? null : client => _isHeard(message.Episode, message.Round, client),
            _attends is null || _members.AllAttend
                ? null
                : client => _attends(message.Episode, message.Round, client, _members.AttendanceOf(client)));
        _phase = new CohortPhase.Working(message.Round);
        _answers.BeginRound(message);
        CohortEffect[] expect = membersChanged ? [new CohortEffect.ExpectActiveClients(_members.Active)] : [];
        return _answers.IsComplete
            ? [.. expect, .. EndRound(message.Round)]
            : [.. expect, new CohortEffect.ToActiveClients(_members.Active, message), .. _members.Lost.SelectMany(FailLost)];
    }

    public CohortEffect[] Accept(Ready message) => Answered(message.Client, message.Episode, 0, message);

    public CohortEffect[] Accept(LocalModel message) =>
        message.Round == 0 ? Drop() : Answered(message.Client, message.Episode, message.Round, message);

    public CohortEffect[] Accept(ClientFailure message)
    {
        if (_phase is not CohortPhase.Paying { Payment: var payment }
            || message.Episode != _episode
            || !payment.IsMissing(message.Client - _firstClient))
        {
            return Answered(message.Client, message.Episode, message.Round, message);
        }

        payment.Fail(message);
        return [];
    }

    public CohortEffect[] Accept(CohortRewards message)
    {
        if (message.Episode > _episode)
        {
            return [new CohortEffect.ToServer(new CohortUnassigned(_game, _cohort))];
        }

        if (message.Episode == _episode && _phase is CohortPhase.Paid paid)
        {
            return [new CohortEffect.ToRecorder(paid.Outcomes)];
        }

        if (message.Episode != _episode || message.Rewards.Length != _size || _phase is not CohortPhase.Ready)
        {
            return Drop();
        }

        _phase = new CohortPhase.Paying(new CohortPayment(_game, _cohort, _firstClient, _size, message));
        _members.Follow(message.Excluded, without: null);
        return [
            .. _members.Present.Select(member =>
                new CohortEffect.ToClient(member, new Reward(message.Episode, message.Rewards[member], message.TestLoss))),
            .. _members.Lost.SelectMany(EndLost)];
    }

    /// <param name="message">How the episode ended for a client.</param>
    /// <param name="memory">What its strategy remembers of the game so far; null where it remembers nothing.</param>
    /// <param name="dropped">Messages that did not fit, and that the client dropped in the episode.</param>
    public CohortEffect[] Accept(ClientOutcome message, byte[]? memory = null, long dropped = 0)
    {
        Dropped += dropped;
        int member = message.Client - _firstClient;
        if (message.Episode != _episode || _phase is not CohortPhase.Paying { Payment: var payment } || !payment.IsMissing(member))
        {
            return Drop();
        }

        // A client that moved since it failed does not know why.
        payment.Take(message with { Failure = message.Failure ?? _members.FailureOf(member) }, memory);
        if (!payment.IsComplete)
        {
            return [];
        }

        var outcomes = payment.Outcomes(Dropped - _droppedReported);
        _phase = new CohortPhase.Paid(outcomes);
        _droppedReported = Dropped;
        return [new CohortEffect.ToRecorder(outcomes)];
    }

    /// <summary>
    /// A client's actor stopped, for good: a bug of ours, or no memory left. It counts as failed, now and in later episodes.
    /// </summary>
    public CohortEffect[] AcceptLoss(int member)
    {
        _members.Lose(member);
        return _phase is CohortPhase.Paying ? EndLost(member) : FailLost(member);
    }

    private CohortEffect[] FailLost(int member)
    {
        int client = _firstClient + member;
        return _phase is CohortPhase.Working { Round: var round } && _answers.IsMissing(member)
            ? Answered(client, _episode, round, new ClientFailure(client, _episode, round, Lost))
            : [];
    }

    private CohortEffect[] EndLost(int member) => _phase is CohortPhase.Paying { Payment: var payment } && payment.IsMissing(member)
        ? Accept(new ClientOutcome(
            _firstClient + member,
            _episode,
            _strategyOf(_firstClient + member),
            _assignments[member].Effort,
            _assignments[member].BatchSize,
            Action: null,
            payment.RewardOf(member),
            Cost: 0,
            Lost))
        : [];

    private CohortEffect[] Answered(int client, int episode, int round, IToServer answer)
    {
        if (episode != _episode || _phase is not CohortPhase.Working working || round != working.Round || !_answers.Offer(client, answer))
        {
            return Drop();
        }

        return _answers.IsComplete ? EndRound(round) : [];
    }

    private CohortEffect[] EndRound(int round)
    {
        IToServer answer = round == 0 ? _answers.Ready(_game, _cohort, _episode) : _answers.Update(_game, _cohort, _episode, round);
        _phase = new CohortPhase.Ready(round, answer);
        return round == 0 || _answers.HasFailures
            ? [new CohortEffect.ExpectActiveClients(_members.Active), new CohortEffect.ToServer(answer)]
            : [new CohortEffect.ToServer(answer)];
    }

    private CohortEffect[] AnswerAgain() => _phase is CohortPhase.Ready ready ? [new CohortEffect.ToServer(ready.Answer)] : Drop();

    private CohortEffect[] Drop()
    {
        Dropped++;
        return [];
    }
}
