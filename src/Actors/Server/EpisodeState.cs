using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>
/// One episode, from its announcement on: the labeling, the rounds with their replays, the pay. A phase is there once the one before
/// it is over. What a message is answered by is null where the message does not fit: it is late, duplicated or foreign.
/// </summary>
internal sealed class EpisodeState
{
    private readonly GameContext _game;
    private readonly EpisodeTerms _terms;
    private readonly EpisodeParts _parts;
    private readonly Checkpoints _checkpoints;
    private readonly LabelingState _labeling;
    private readonly HashSet<int> _moved = [];

    private RoundsState? _rounds;
    private EpisodePayment? _payment;

    public EpisodeState(GameContext game, EpisodeTerms terms, Checkpoints checkpoints)
    {
        (_game, _terms, _checkpoints) = (game, terms, checkpoints);
        _parts = new EpisodeParts(game, terms);
        _labeling = new LabelingState(game.Rules, _parts.Requests, _parts.Excluded, _parts.PaidLoss);
    }

    /// <summary>Whether the episode is paid for, and waits to be recorded.</summary>
    public bool IsPaid => _payment is not null;

    private bool FailsWithClients => _game.Rules.Execution.OnClientFailure == FailurePolicy.Fail;

    /// <summary>What is waited for, for the log.</summary>
    /// <param name="nameOf">How cohorts are named.</param>
    public string Waiting(Func<IEnumerable<int>, string> nameOf) => this switch
    {
        { _payment: not null } => $"the record of episode {_terms.Episode}",
        { _rounds: { } rounds } => rounds.Waiting(nameOf),
        _ => $"the labels of episode {_terms.Episode} from cohorts {nameOf(_labeling.Missing)}",
    };

    /// <summary>Asks for all that is missing, for the first time or again: messages may have been lost.</summary>
    public ServerEffect[] Ask() => this switch
    {
        { _payment: { } payment } => Settle(payment),
        { _rounds: { } rounds } => rounds.Ask(),
        _ => _labeling.Ask(),
    };

    /// <summary>A cohort moved, and begins the episode anew: first of all it is assigned again.</summary>
    public ServerEffect[]? Accept(CohortUnassigned message)
    {
        if (message.Cohort < 0 || message.Cohort >= _game.Rules.Layout.Cohorts)
        {
            return null;
        }

        _moved.Add(message.Cohort);
        return [_parts.Requests.Assign(message.Cohort)];
    }

    /// <summary>A cohort that moved is ready after the others: it goes on where they are.</summary>
    public ServerEffect[]? Rejoin(CohortReady message)
    {
        if (_rounds is null || message.Episode != _terms.Episode || !_moved.Remove(message.Cohort))
        {
            return null;
        }

        return _payment is { } payment ? [_parts.Requests.Pay(message.Cohort, payment)] : _rounds.Rejoin(message.Cohort);
    }

    public ServerEffect[]? Accept(CohortReady message)
    {
        if (message.Episode != _terms.Episode || !_labeling.Accept(message))
        {
            return null;
        }

        if (!_labeling.IsComplete)
        {
            return [];
        }

        if (FailureOf(_labeling.Failures) is { } failure)
        {
            return [failure];
        }

        _rounds = new RoundsState(_game, _terms, _parts, _checkpoints);
        return PayIfOver(_rounds.Begin());
    }

    public ServerEffect[]? Accept(CohortUpdate message)
    {
        if (message.Episode != _terms.Episode || _rounds is null || !_rounds.Accept(message))
        {
            return null;
        }

        if (!_rounds.IsAnswered)
        {
            return [];
        }

        return FailureOf(_rounds.Failures) is { } failure ? [failure] : PayIfOver(_rounds.EndRound());
    }

    /// <param name="episode">The episode.</param>
    /// <param name="round">The round after which the model was tested.</param>
    /// <param name="evaluation">How it tested.</param>
    /// <param name="paidLoss">Its loss on a test sample, or with what training adds; null where that was not asked for.</param>
    /// <param name="classes">How well it knows each class; null where that was not asked for.</param>
    public ServerEffect[]? AcceptEvaluation(int episode, int round, Evaluation evaluation, double? paidLoss, TestedClass[]? classes)
    {
        if (episode != _terms.Episode || _rounds?.AcceptEvaluation(round, evaluation, classes) is not { } effects)
        {
            return null;
        }

        _parts.PaidLoss.Accept(paidLoss);
        return PayIfOver(effects);
    }

    /// <summary>The mechanism has seen a round.</summary>
    public ServerEffect[]? AcceptObservation(int episode, int round) =>
        episode == _terms.Episode && _rounds?.AcceptObservation(round) is { } effects ? PayIfOver(effects) : null;

    /// <summary>The episode is recorded: whether the game ends with it, since a client failed after it was paid.</summary>
    public ServerEffect.Fail? FailureOf(EpisodeRecorded message) => FailsWithClients && message.Failures is [var first, ..]
        ? new ServerEffect.Fail(_parts.Wording.Failure(first))
        : null;

    /// <summary>Whether clients that failed in a phase end the game.</summary>
    private ServerEffect.Fail? FailureOf(IReadOnlyList<ClientFailure> failures)
    {
        if (failures.Count == 0)
        {
            return null;
        }

        if (FailsWithClients)
        {
            return new ServerEffect.Fail(_parts.Wording.Failure(failures[0]));
        }

        return _parts.Excluded.Count == _game.Rules.Layout.Clients
            ? new ServerEffect.Fail($"no client is left; the last one: {_parts.Wording.Failure(failures[^1])}")
            : null;
    }

    /// <summary>Pays, once the rounds are over and all their models are tested.</summary>
    private ServerEffect[] PayIfOver(ServerEffect[] effects)
    {
        if (_payment is not null || _rounds is not { IsOver: true })
        {
            return effects;
        }

        (_payment, string? problem) = Settlement.Pay(_game, _terms, _parts);
        return [.. effects, .. _payment is null ? [new ServerEffect.Fail(problem!)] : Settle(_payment)];
    }

    private ServerEffect[] Settle(EpisodePayment payment) => [
        new ServerEffect.Record(payment.Result),
        .. Enumerable.Range(0, _game.Rules.Layout.Cohorts).Select(cohort => _parts.Requests.Pay(cohort, payment))];
}
