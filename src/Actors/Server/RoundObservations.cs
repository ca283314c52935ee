using FLCrowd.Actors.Learning;

namespace FLCrowd.Actors.Server;

/// <summary>The rounds that the mechanism is looking at, beside the training of later ones.</summary>
internal sealed class RoundObservations(GameContext game, EpisodeTerms terms)
{
    /// <summary>How many rounds the mechanism may be behind before training waits for it: each keeps all reports of a round.</summary>
    private const int MaxOpen = 4;

    private readonly IValidation _validation = new ModelValidation(game.Model);
    private readonly SortedSet<int> _open = [];

    /// <summary>The rounds, in order.</summary>
    public IReadOnlyCollection<int> Open => _open;

    /// <summary>Whether training waits for the mechanism.</summary>
    public bool IsFull => _open.Count >= MaxOpen;

    /// <summary>Shows a round to the mechanism, where it wants to see it.</summary>
    public ServerEffect[] OpenIfDue(
        int round, ReadOnlyMemory<float> global, ReadOnlyMemory<float> next, RoundAggregation aggregation)
    {
        if (!terms.Observes(round))
        {
            return [];
        }

        _open.Add(round);
        var view = new RoundView
        {
            Episode = terms.Episode,
            Round = round,
            Protocol = game.Rules.Protocol,
            Global = global,
            Next = next,
            Reports = aggregation.Reports,
            Aggregator = aggregation.Aggregator,
            Validation = _validation,
            Seed = game.Rules.Seed.For("round", terms.Episode, round),
        };
        return [new ServerEffect.Observe(game.Mechanism.Observer!, view, aggregation.Vectors)];
    }

    /// <summary>The mechanism has seen a round.</summary>
    /// <returns>False where it was not shown.</returns>
    public bool Accept(int round) => _open.Remove(round);
}
