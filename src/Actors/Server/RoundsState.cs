using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Server;

/// <summary>
/// The rounds of an episode and of its replays, one after the other, with the tests and the mechanism's look at reports beside them.
/// </summary>
internal sealed class RoundsState
{
    private readonly GameContext _game;
    private readonly EpisodeTerms _terms;
    private readonly EpisodeParts _parts;
    private readonly Checkpoints _checkpoints;
    private readonly RoundAggregation _aggregation;
    private readonly RoundObservations _observations;
    private readonly CohortAnswers<CohortUpdate> _cohorts;

    private RoundPhase _phase;

    public RoundsState(GameContext game, EpisodeTerms terms, EpisodeParts parts, Checkpoints checkpoints)
    {
        (_game, _terms, _parts, _checkpoints) = (game, terms, parts, checkpoints);
        _aggregation = new RoundAggregation(game);
        _observations = new RoundObservations(game, terms);
        _cohorts = new CohortAnswers<CohortUpdate>(
            game.Rules.Layout.Cohorts, parts.Excluded, update => update.Failures, Take);
        _phase = new RoundPhase.Waiting(0, game.InitialModel, null);
    }

    /// <summary>Whether all rounds are over, and all that was to be found out about them is known.</summary>
    public bool IsOver => _phase is RoundPhase.Over && _parts.Tests.Open.Count == 0 && _observations.Open.Count == 0;

    /// <summary>Whether all cohorts answered in the round that is being trained.</summary>
    public bool IsAnswered => _phase is RoundPhase.Training && _cohorts.IsComplete;

    /// <summary>The clients that failed in the last round, in client order once it is answered.</summary>
    public IReadOnlyList<ClientFailure> Failures => _cohorts.Failures;

    /// <summary>What is waited for, for the log.</summary>
    /// <param name="nameOf">How cohorts are named.</param>
    public string Waiting(Func<IEnumerable<int>, string> nameOf) => _phase switch
    {
        RoundPhase.Training training =>
            $"{_parts.Wording.Round(training.Round)} of episode {_terms.Episode} from cohorts {nameOf(_cohorts.Missing)}",
        _ when _parts.Tests.Open.Count > 0 =>
            $"tests of episode {_terms.Episode} after rounds {string.Join(", ", _parts.Tests.Open)}",
        _ => $"{_game.Rules.Names.Mechanism}, which looks at rounds {string.Join(", ", _observations.Open)} of episode {_terms.Episode}",
    };

    /// <summary>Begins with the first round, or after what an earlier process left.</summary>
    public ServerEffect[] Begin()
    {
        if (_checkpoints.Take() is not { } left)
        {
            return [.. TestIfDue(0, _game.InitialModel), .. Next(0, _game.InitialModel, null)];
        }

        _parts.Tests.Restore(left.Rounds);
        _parts.Excluded.Add(left.Excluded);
        _parts.Absences.Add(left.Absences);
        return [new ServerEffect.Recovered(left.Round), .. Next(left.Round, left.Model, left.Previous)];
    }

    /// <summary>Takes a cohort's answer.</summary>
    /// <returns>False where none is awaited from it in that round.</returns>
    public bool Accept(CohortUpdate message) =>
        _phase is RoundPhase.Training training && training.Round == message.Round && _cohorts.Offer(message.Cohort, message);

    /// <summary>Ends the round, which is answered, and goes on.</summary>
    public ServerEffect[] EndRound()
    {
        var (round, global, previous) = (RoundPhase.Training)_phase;
        var next = new float[global.Length];
        if (_aggregation.Finish(_terms.Episode, round, global, previous, next) is { } problem)
        {
            return [new ServerEffect.Fail(problem)];
        }

        var model = ModelVector.Of(next);
        return [
            new ServerEffect.RoundDone(_aggregation.Reported, IsReplay: _parts.Replays.Without(round) is not null),
            .. _observations.OpenIfDue(round, global.Memory, model.Memory, _aggregation),
            .. TestIfDue(round, model),
            .. Next(round, model, global)];
    }

    /// <summary>Takes a test's result.</summary>
    /// <returns>What follows; null where none is awaited for that round.</returns>
    public ServerEffect[]? AcceptEvaluation(int round, Evaluation evaluation, TestedClass[]? classes) =>
        _parts.Tests.Accept(round, evaluation, classes) ? GoOn() : null;

    /// <summary>The mechanism has seen a round.</summary>
    /// <returns>What follows; null where it was not shown.</returns>
    public ServerEffect[]? AcceptObservation(int round) => _observations.Accept(round) ? GoOn() : null;

    /// <summary>Asks again for the answers that are missing.</summary>
    public ServerEffect[] Ask() => _phase is RoundPhase.Training training
        ? [.. _cohorts.Missing.Select(cohort => _parts.Requests.Train(cohort, training))]
        : [];

    /// <summary>A cohort that moved is ready: it goes on where the others are.</summary>
    public ServerEffect[] Rejoin(int cohort) => _phase is RoundPhase.Training training && _cohorts.IsMissing(cohort)
        ? [_parts.Requests.Train(cohort, training)]
        : [];

    /// <summary>Takes a cohort's answer in its turn. Replays repeat the absences of their episode.</summary>
    private void Take(CohortUpdate update)
    {
        _aggregation.Add(update);
        if (update.Round <= _game.Rules.Protocol.Rounds)
        {
            _parts.Absences.Add(update.Absent);
        }
    }

    /// <summary>Goes on with a round that something may have waited for.</summary>
    private ServerEffect[] GoOn() => _phase is RoundPhase.Waiting waiting ? Next(waiting.Round, waiting.Model, waiting.Previous) : [];

    private ServerEffect[] TestIfDue(int round, ModelVector model) => _parts.Tests.OpenIfDue(round)
        ? [new ServerEffect.Test(
            _terms.Episode, round, model, _parts.PaidLoss.SampleOf(round), _game.CountsClasses && round == _game.Rules.Protocol.Rounds)
        {
            AddsPenalty = _parts.PaidLoss.AddsPenalty(round),
        }]
        : [];

    /// <summary>Begins the round after one that is over, where there is one, and nothing has to be waited for.</summary>
    private ServerEffect[] Next(int round, ModelVector model, ModelVector? previous)
    {
        if (round == _game.Rules.Protocol.Rounds)
        {
            _parts.Replays.Begin(_terms.LeftOut.Where(client => !_parts.Excluded.Contains(client)));
        }

        if (round == _parts.Replays.LastRound)
        {
            _phase = new RoundPhase.Over();
            return [];
        }

        if (_parts.Tests.IsFull || _observations.IsFull || _checkpoints.WaitsForTests(_terms.Episode, round, _parts.Tests))
        {
            _phase = new RoundPhase.Waiting(round, model, previous);
            return [];
        }

        var kept = _checkpoints.KeepIfDue(_terms.Episode, round, model, previous, _parts);
        bool isFirst = Replays.StepOf(round + 1, _game.Rules.Protocol) == 1;
        _phase = isFirst
            ? new RoundPhase.Training(round + 1, _game.InitialModel, null)
            : new RoundPhase.Training(round + 1, model, previous);
        _aggregation.Begin(_parts.Excluded, _parts.Replays.Without(round + 1));
        _cohorts.Begin();
        return [.. kept, .. Ask()];
    }
}
