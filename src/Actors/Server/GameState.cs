using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>
/// What the server knows of a game, and what follows from each message; the actor around it only carries out the effects.
/// An episode goes: announce, wait until all cohorts are ready, T rounds, the replays that the mechanism asked for, wait for the tests
/// and for the mechanism's look at the rounds, pay, wait until it is recorded.
/// </summary>
internal sealed class GameState
{
    private readonly GameContext _game;
    private readonly Checkpoints _checkpoints;

    /// <summary>The episode that is being played; null before the first one, and once the game is over.</summary>
    private EpisodeState? _episode;

    /// <exception cref="SettingException">The model cannot tell the loss that pay is based on, or what is to be recorded.</exception>
    public GameState(GameRules rules, ILearningModel model, IIncentiveMechanism mechanism, IAggregator aggregator)
    {
        _game = GameContext.Of(rules, model, mechanism, aggregator);
        _checkpoints = new Checkpoints(rules, _game.Mechanism);
    }

    /// <summary>The number of the current episode within the game.</summary>
    public int Episode { get; private set; } = -1;

    /// <summary>Messages that had an effect so far.</summary>
    public long Accepted { get; private set; }

    /// <summary>Messages without effect so far: late, duplicated or foreign.</summary>
    public long Dropped { get; private set; }

    /// <summary>How a cohort is named in the log.</summary>
    public Func<int, string> NameOf { get; init; } = cohort => $"{cohort}";

    /// <summary>What the server waits for, for the log.</summary>
    public string Waiting =>
        _episode?.Waiting(cohorts => string.Join(", ", cohorts.Take(10).Select(NameOf))) ?? "the end of the game";

    /// <summary>Begins a game.</summary>
    /// <param name="firstEpisode">The episode that it begins with: those before are recorded already.</param>
    /// <param name="checkpoint">What an earlier process left of an episode; null: nothing.</param>
    public ServerEffect[] Begin(int firstEpisode, GameCheckpoint? checkpoint = null)
    {
        Episode = firstEpisode - 1;
        _checkpoints.Begin(checkpoint, firstEpisode);
        return Begin();
    }

    /// <summary>Begins the next episode.</summary>
    public ServerEffect[] Begin()
    {
        Episode++;
        var (terms, problem) = _game.Mechanism.Announce(Episode);
        if (terms is null || (problem = PaidLoss.Problem(_game.Rules, terms)) is not null)
        {
            return Done([new ServerEffect.Fail(problem!)]);
        }

        _episode = new EpisodeState(_game, terms, _checkpoints);
        return _episode.Ask();
    }

    /// <summary>A cohort moved, and begins the episode anew.</summary>
    public ServerEffect[] Accept(CohortUnassigned message) => _episode?.Accept(message) ?? Drop();

    /// <summary>A cohort is ready: before the first round, or after it moved.</summary>
    public ServerEffect[] Accept(CohortReady message) => _episode?.Rejoin(message) ?? Progress(_episode?.Accept(message));

    public ServerEffect[] Accept(CohortUpdate message) => Progress(_episode?.Accept(message));

    /// <inheritdoc cref="EpisodeState.AcceptEvaluation"/>
    public ServerEffect[] AcceptEvaluation(
        int episode, int round, Evaluation evaluation, double? paidLoss = null, TestedClass[]? classes = null) =>
        Progress(_episode?.AcceptEvaluation(episode, round, evaluation, paidLoss, classes));

    /// <summary>The mechanism has seen a round.</summary>
    public ServerEffect[] AcceptObservation(int episode, int round) => Progress(_episode?.AcceptObservation(episode, round));

    /// <summary>
    /// The episode is recorded. Where a client failed after it was paid, the game ends then, so that the record is whole.
    /// </summary>
    public ServerEffect[] Accept(EpisodeRecorded message)
    {
        if (message.Episode != Episode || _episode is not { IsPaid: true } episode)
        {
            return Drop();
        }

        Accepted++;
        if (episode.FailureOf(message) is { } failure)
        {
            return Done([failure]);
        }

        return Episode + 1 < _game.Rules.Episodes ? Begin() : Done([new ServerEffect.Finish()]);
    }

    /// <summary>Time to keep how far the episode is.</summary>
    public void CheckpointIsDue() => _checkpoints.Demand();

    /// <summary>The journal holds an episode.</summary>
    public void Journaled(int episode) => _checkpoints.Journaled(episode);

    /// <summary>Asks again for all that is missing: messages may have been lost.</summary>
    public ServerEffect[] AskAgain() => _episode?.Ask() ?? [];

    /// <summary>Counts a message by whether anything follows from it.</summary>
    private ServerEffect[] Progress(ServerEffect[]? effects)
    {
        if (effects is null)
        {
            return Drop();
        }

        Accepted++;
        return effects is [.., ServerEffect.Fail] ? Done(effects) : effects;
    }

    private ServerEffect[] Done(ServerEffect[] effects)
    {
        _episode = null;
        return effects;
    }

    private ServerEffect[] Drop()
    {
        Dropped++;
        return [];
    }
}
