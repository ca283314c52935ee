using System.Buffers;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients.Learning;

internal sealed class ImitationOptions : ActionGridOptions
{
    [Range(0.0, 1.0)]
    [Description("The probability to begin with a random action of the grid instead of the assigned one.")]
    public double Variety { get; set; } = 1;

    [Range(0.0, 1.0)]
    [Description("The probability to play a random action of the grid in an episode, which brings back what nobody plays any more.")]
    public double Mutation { get; set; } = 0.01;

    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    [Description("The probability to adopt a behavior that pays more than one's own by the largest difference that was ever published.")]
    public double Rate { get; set; } = 1;
}

/// <summary>
/// Pairwise proportional imitation (Schlag 1998, "Why imitate, and if so, how?"): a client looks at another one, drawn by lot, and does as
/// that does with a probability in proportion to what it is paid more. In large crowds the shares of behaviors follow the replicator
/// equation. It needs <c>experiment.publish-payoffs</c>.
/// </summary>
internal sealed class Imitation(ImitationOptions options) : IClientStrategy, IStrategyMemory
{
    private Behavior _current;
    private double _payoff;
    private double _range;

    /// <exception cref="InvalidActionException">Payoffs are not published.</exception>
    public ClientAction Choose(ClientView view)
    {
        var grid = options.Behaviors(view.Assignment);
        double random = view.Seed.For("mutation").Uniform(0);
        if (view.Episode == 0)
        {
            _current = random < options.Variety ? Random(grid, view.Seed) : grid[0];
        }
        else
        {
            var published = view.Published
                ?? throw new InvalidActionException("imitation needs to know what others are paid; set experiment.publish-payoffs = on");
            _current = random < options.Mutation ? Random(grid, view.Seed) : Imitate(published, view.Seed);
        }

        return _current.In(view);
    }

    public void Observe(EpisodeOutcome outcome) => _payoff = outcome.Payoff;

    public void Save(IBufferWriter<byte> writer) => LearnerMemory.Save(writer, binary =>
    {
        binary.Write(_current);
        binary.Write(_payoff);
        binary.Write(_range);
    });

    public void Load(ReadOnlySpan<byte> memory) => LearnerMemory.Load(
        memory, binary => (_current, _payoff, _range) = (binary.ReadBehavior(), binary.ReadDouble(), binary.ReadDouble()));

    private Behavior Imitate(IReadOnlyList<PublishedPayoff> published, Seed seed)
    {
        if (published.Count == 0)
        {
            return _current; // all failed
        }

        _range = Math.Max(_range, published.Max(payoff => payoff.MeanPayoff) - published.Min(payoff => payoff.MeanPayoff));
        int met = seed.For("meets").Index(published.Sum(payoff => payoff.Clients), 0), index = 0;
        while (met >= published[index].Clients)
        {
            met -= published[index++].Clients;
        }

        double gain = published[index].MeanPayoff - _payoff;
        return gain > 0 && _range > 0 && seed.For("adopts").Uniform(0) < options.Rate * gain / _range
            ? published[index].Behavior
            : _current;
    }

    private static Behavior Random(IReadOnlyList<Behavior> grid, Seed seed) => grid[seed.For("random action").Index(grid.Count, 0)];
}
