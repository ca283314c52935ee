using FLCrowd.Actors.Definitions;

namespace FLCrowd.Actors.Server;

/// <summary>The rounds that the mechanism is looking at, beside the training of later ones.</summary>
internal sealed class RoundObservations(GameRules rules, MechanismDesk desk, IAggregator aggregator, ILearningModel model)
{
    /// <summary>How many rounds the mechanism may be behind before training waits for it: each keeps all reports of a round.</summary>
    private const int MaxOpen = 4;

    private readonly IValidation _validation = new Learning.ModelValidation(model);
    private readonly SortedSet<int> _open = [];

    /// <summary>The rounds, in order.</summary>
    public IReadOnlyCollection<int> Open => _open;

    /// <summary>Whether training waits for the mechanism.</summary>
    public bool IsFull => _open.Count >= MaxOpen;

    /// <summary>Shows a round to the mechanism, where it wants to see it.</summary>
    public ServerEffect[] OpenIfDue(
        int episode, int round, ReadOnlyMemory<float> global, ReadOnlyMemory<float> next, RoundAggregation aggregation)
    {
        if (!desk.Observes(round))
        {
            return [];
        }

        _open.Add(round);
        var view = new RoundView
        {
            Episode = episode,
            Round = round,
            Protocol = rules.Protocol,
            Global = global,
            Next = next,
            Reports = aggregation.Reports,
            Aggregator = aggregator,
            Validation = _validation,
            Seed = rules.Seed.For("round", episode, round),
        };
        return [new ServerEffect.Observe(desk.Observer!, view, aggregation.Vectors)];
    }

    /// <summary>The mechanism has seen a round.</summary>
    /// <returns>False where it was not shown.</returns>
    public bool Accept(int round) => _open.Remove(round);
}
