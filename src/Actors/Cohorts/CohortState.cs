using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// What a cohort knows of the episode, and what follows from each message; the actor around it only carries out the effects.
/// Messages that do not fit (late, duplicated, foreign) are counted and have no effect, except that a request which was answered
/// already is answered again.
/// </summary>
internal sealed class CohortState(
    int game,
    int cohort,
    int firstClient,
    int size,
    ILinearAggregator? linear,
    IReadOnlyList<double> weights,
    Func<int, string> strategyOf)
{
    private const string Lost = "its actor stopped unexpectedly; the log says why";

    private readonly OrderedGather<IToServer> _answers = new(size);
    private readonly CohortMembers _members = new(firstClient, size);
    private readonly CohortPayment _payment = new(game, cohort, firstClient, size);
    private readonly List<ClientFailure> _failures = [];
    private readonly CohortSum _sum = new(linear, weights);

    private Phase _phase = Phase.Idle;
    private int _episode = -1;
    private int _round;
    private Assignment[] _assignments = [];
    private double _surrogateChange;
    private IToServer? _answer;
    private long _droppedReported;

    private enum Phase
    {
        Idle,
        Labeling,
        Ready,
        Training,
        Paying,
        Paid,
    }

    /// <summary>Messages without effect so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>The clients that take part in the next round, by their index in the cohort.</summary>
    public bool IsActive(int member) => _members.IsActive(member);

    /// <param name="message">The assignments of an episode.</param>
    /// <param name="published">What the experiment publishes of the episode before; null: nothing.</param>
    public IEnumerable<CohortEffect> Accept(CohortAssignments message, PublishedPayoff[]? published = null)
    {
        if (message.Episode == _episode)
        {
            return AnswerAgain();
        }

        // Its clients must have seen the ends of all earlier episodes.
        if ((message.Episode > _episode && _phase is Phase.Ready or Phase.Paying) || (message.Episode > _episode + 1 && _phase == Phase.Paid))
        {
            return [new CohortEffect.StartOver()];
        }

        // A cohort that moved to another node begins with whatever episode it is asked for.
        if (message.Episode < _episode || message.Assignments.Length != size || _phase is Phase.Labeling or Phase.Training)
        {
            return Drop();
        }

        _phase = Phase.Labeling;
        _episode = message.Episode;
        _round = 0;
        _members.Begin();
        _failures.Clear();
        _surrogateChange = 0;
        _assignments = message.Assignments;
        _answers.Begin();
        return [
            .. _members.Present.Select(member => new CohortEffect.ToClient(member, new Assign(_episode, message.Assignments[member], published))),
            .. _members.Lost.SelectMany(FailLost)];
    }

    public IEnumerable<CohortEffect> Accept(GlobalModel message)
    {
        if (message.Episode > _episode)
        {
            return [new CohortEffect.ToServer(new CohortUnassigned(game, cohort))];
        }

        if (message.Episode == _episode && message.Round == _round && _phase == Phase.Ready)
        {
            return AnswerAgain();
        }

        // A cohort that moved begins with whatever round it is asked for.
        if (message.Episode != _episode || message.Round <= _round || _phase != Phase.Ready)
        {
            return Drop();
        }

        bool membersChanged = _members.Follow(message.Excluded, message.Without);
        _phase = Phase.Training;
        _round = message.Round;
        _failures.Clear();
        _sum.Begin(message.Model.Length, message.WantsReports);
        _answers.Begin(IsActive);
        return [
            .. membersChanged ? [new CohortEffect.ExpectActiveClients()] : Array.Empty<CohortEffect>(),
            .. _answers.IsComplete ? EndRound() : [new CohortEffect.ToActiveClients(message), .. _members.Lost.SelectMany(FailLost)]];
    }

    public IEnumerable<CohortEffect> Accept(Ready message) => Answered(message.Client, message.Episode, 0, Phase.Labeling, message);

    public IEnumerable<CohortEffect> Accept(LocalModel message) =>
        Answered(message.Client, message.Episode, message.Round, Phase.Training, message);

    public IEnumerable<CohortEffect> Accept(ClientFailure message)
    {
        if (_phase != Phase.Paying || message.Episode != _episode || !_payment.IsMissing(message.Client - firstClient))
        {
            return Answered(message.Client, message.Episode, message.Round, message.Round == 0 ? Phase.Labeling : Phase.Training, message);
        }

        _payment.Fail(message);
        return [];
    }

    public IEnumerable<CohortEffect> Accept(CohortRewards message)
    {
        if (message.Episode > _episode)
        {
            return [new CohortEffect.ToServer(new CohortUnassigned(game, cohort))];
        }

        if (message.Episode == _episode && _phase == Phase.Paid)
        {
            return [new CohortEffect.ToRecorder(_payment.Result!)];
        }

        if (message.Episode != _episode || message.Rewards.Length != size || _phase != Phase.Ready)
        {
            return Drop();
        }

        _phase = Phase.Paying;
        _members.Follow(message.Excluded, without: null);
        _payment.Begin(message);
        return [
            .. _members.Present.Select(member => new CohortEffect.ToClient(member, new Reward(_episode, message.Rewards[member], message.TestLoss))),
            .. _members.Lost.SelectMany(EndLost)];
    }

    /// <param name="message">How the episode ended for a client.</param>
    /// <param name="memory">What its strategy remembers of the game so far; null where it remembers nothing.</param>
    public IEnumerable<CohortEffect> Accept(ClientOutcome message, byte[]? memory = null)
    {
        int member = message.Client - firstClient;
        if (message.Episode != _episode || _phase != Phase.Paying || !_payment.IsMissing(member))
        {
            return Drop();
        }

        // A client that moved since it failed does not know why.
        _payment.Take(message with { Failure = message.Failure ?? _members.FailureOf(member) }, memory, Dropped - _droppedReported);
        if (_payment.Result is not { } result)
        {
            return [];
        }

        _phase = Phase.Paid;
        _droppedReported = Dropped;
        return [new CohortEffect.ToRecorder(result)];
    }

    /// <summary>
    /// A client's actor stopped, for good: a bug of ours, or no memory left. It counts as failed, now and in later episodes.
    /// </summary>
    public IEnumerable<CohortEffect> AcceptLoss(int member)
    {
        _members.Lose(member);
        return _phase == Phase.Paying ? EndLost(member) : FailLost(member);
    }

    private IEnumerable<CohortEffect> FailLost(int member) => _phase is Phase.Labeling or Phase.Training && _answers.IsMissing(member)
        ? Answered(firstClient + member, _episode, _round, _phase, new ClientFailure(firstClient + member, _episode, _round, Lost))
        : [];

    private IEnumerable<CohortEffect> EndLost(int member) => _payment.IsMissing(member)
        ? Accept(new ClientOutcome(
            firstClient + member,
            _episode,
            strategyOf(firstClient + member),
            _assignments[member].Effort,
            _assignments[member].BatchSize,
            Action: null,
            _payment.RewardOf(member),
            Cost: 0,
            Lost))
        : [];

    private IEnumerable<CohortEffect> Answered(int client, int episode, int round, Phase phase, IToServer answer)
    {
        if (episode != _episode || round != _round || phase != _phase || !_answers.Offer(client - firstClient, answer))
        {
            return Drop();
        }

        while (_answers.TakeNext() is { } next)
        {
            Take(next);
        }

        return _answers.IsComplete ? EndRound() : [];
    }

    /// <summary>Takes an answer in client order, so that sums have the same bits whatever order the answers came in.</summary>
    private void Take(IToServer answer)
    {
        switch (answer)
        {
            case ClientFailure failure:
                _failures.Add(failure);
                _members.Exclude(failure);
                break;
            case Ready ready:
                _surrogateChange += ready.SurrogateChange;
                break;
            case LocalModel report:
                _sum.Add(report);
                break;
        }
    }

    private IEnumerable<CohortEffect> EndRound()
    {
        _answer = _phase == Phase.Labeling
            ? new CohortReady(game, cohort, _episode, [.. _failures], _surrogateChange)
            : new CohortUpdate(
                game, cohort, _episode, _round, _sum.Reported, _sum.Weight, _sum.Sum, _sum.Reports, [.. _failures]);
        bool membersChanged = _phase == Phase.Labeling || _failures.Count > 0;
        _phase = Phase.Ready;
        return membersChanged
            ? [new CohortEffect.ExpectActiveClients(), new CohortEffect.ToServer(_answer)]
            : [new CohortEffect.ToServer(_answer)];
    }

    private IEnumerable<CohortEffect> AnswerAgain() => _phase == Phase.Ready ? [new CohortEffect.ToServer(_answer!)] : Drop();

    private IEnumerable<CohortEffect> Drop()
    {
        Dropped++;
        return [];
    }
}
