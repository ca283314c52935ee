using System.Buffers;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients.Learning;

internal sealed class EpsilonGreedyOptions : ArmOptions
{
    [Range(0.0, 1.0)]
    [Description("The probability to play an action at random instead of the best one so far.")]
    public double Epsilon { get; set; } = 0.1;

    [Range(0.0, double.MaxValue)]
    [Description("How fast that falls: after t plays it is epsilon / (1 + decay t).")]
    public double Decay { get; set; } = 0.02;

    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    [Description(
        "The weight of the newest payoff in an action's value, which forgets where the others change; not set: the mean of all payoffs.")]
    public double? Step { get; set; }
}

/// <summary>
/// The epsilon-greedy bandit (Sutton and Barto, Reinforcement Learning, 2nd ed., 2.2 to 2.5): tries every action once, what is asked first
/// and the others in an order drawn by lot; then plays the one with the greatest value, or a random one.
/// </summary>
internal sealed class EpsilonGreedy(EpsilonGreedyOptions options) : Bandit
{
    private double[] _values = [];
    private double[] _plays = [];
    private int _playing;

    public override ClientAction Choose(ClientView view)
    {
        var arms = options.Arms(view.Assignment);
        if (_values.Length != arms.Count)
        {
            (_values, _plays) = (new double[arms.Count], new double[arms.Count]);
        }

        _playing = Pick(view.Seed);
        return Play(arms[_playing], view);
    }

    public override void Observe(EpisodeOutcome outcome)
    {
        double plays = ++_plays[_playing];
        double weight = plays == 1 ? 1 : options.Step ?? 1 / plays;
        _values[_playing] += weight * (outcome.Payoff - _values[_playing]);
    }

    public override void Save(IBufferWriter<byte> writer) => LearnerMemory.Save(writer, binary =>
    {
        binary.Write(_values);
        binary.Write(_plays);
    });

    public override void Load(ReadOnlySpan<byte> memory) => LearnerMemory.Load(
        memory, binary => (_values, _plays) = (binary.ReadDoubles(), binary.ReadDoubles()));

    private int Pick(Seed seed)
    {
        double total = _plays.Sum();
        if (total == 0)
        {
            return 0;
        }

        int[] untried = [.. Enumerable.Range(0, _plays.Length).Where(arm => _plays[arm] == 0)];
        return untried.Length > 0
            ? untried[seed.For("untried").Index(untried.Length, 0)]
            : seed.For("explore").Uniform(0) < options.Epsilon / (1 + options.Decay * total)
                ? seed.For("arm").Index(_values.Length, 0)
                : Array.IndexOf(_values, _values.Max());
    }
}
