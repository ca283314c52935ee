using System.Buffers;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients.Learning;

internal sealed class RegretMatchingOptions : ArmOptions
{
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    [Description("delta: the share of play that is random in the first episode; in episode t it is delta / t^decay.")]
    public double Exploration { get; set; } = 0.2;

    [Range(0.0, 0.25)]
    [Description("How fast that falls; the theorem needs more than 0 and less than 1/4 for regret to vanish.")]
    public double Decay { get; set; } = 0.2;

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("mu, in money: the larger, the more slowly a client leaves what it plays; "
        + "not set: a twentieth of the range of all its payoffs so far.")]
    public double? Mu { get; set; }
}

/// <summary>
/// Regret matching from own payoffs alone (Hart and Mas-Colell 2001, "A reinforcement procedure leading to correlated equilibrium"): from
/// the action played last it switches to each other with a probability in proportion to the proxy regret for not having played that
/// instead. If all clients do, their joint play tends to correlated equilibria.
/// </summary>
/// <remarks>
/// With p_t the mixed action of episode t and s_t the action drawn, the proxy regret is
/// C(j, k) = 1/t [ sum over s = k of p(j) / p(k) u - sum over s = j of u ]. Payoffs count from the first one on, as a constant changes no
/// regret.
/// </remarks>
internal sealed class RegretMatching(RegretMatchingOptions options) : Bandit
{
    private int _plays;
    private int _playing;
    private double _first;
    private (double Least, double Most) _range;

    /// <summary>The mixed action of the episode.</summary>
    private double[] _mix = [];

    /// <summary>m by m, row j and column k: sum over s = k of p(j) / p(k) u; on the diagonal the sum over s = j of u.</summary>
    private double[] _sums = [];

    private int _next;

    public override ClientAction Choose(ClientView view)
    {
        var arms = options.Arms(view.Assignment);
        int count = arms.Count;
        if (_sums.Length != count * count)
        {
            (_sums, _plays) = (new double[count * count], 0);
        }

        _mix = Mix(count);
        _next = Draw(view.Seed.For("regret matching").Uniform(0));
        return Play(arms[_next], view);
    }

    public override void Observe(EpisodeOutcome outcome)
    {
        _first = _plays == 0 ? outcome.Payoff : _first;
        double payoff = outcome.Payoff - _first;
        _range = (Math.Min(_range.Least, payoff), Math.Max(_range.Most, payoff));
        _plays++;
        _playing = _next;
        for (int j = 0; j < _mix.Length; j++)
        {
            _sums[(j * _mix.Length) + _playing] += _mix[j] / _mix[_playing] * payoff;
        }
    }

    public override void Save(IBufferWriter<byte> writer) => LearnerMemory.Save(writer, binary =>
    {
        binary.Write(_plays);
        binary.Write(_playing);
        binary.Write(_first);
        binary.Write(_range.Least);
        binary.Write(_range.Most);
        binary.Write(_sums);
    });

    public override void Load(ReadOnlySpan<byte> memory) => LearnerMemory.Load(memory, binary =>
    {
        _plays = binary.ReadInt32();
        _playing = binary.ReadInt32();
        _first = binary.ReadDouble();
        _range = (binary.ReadDouble(), binary.ReadDouble());
        _sums = binary.ReadDoubles();
    });

    private double[] Mix(int count)
    {
        if (_plays == 0 || count == 1)
        {
            return [.. Enumerable.Repeat(1.0 / count, count)];
        }

        double mu = options.Mu ?? (_range.Most - _range.Least) / 20;
        double random = options.Exploration / Math.Pow(_plays, options.Decay);
        var mix = new double[count];
        double stays = 1;
        for (int k = 0; k < count; k++)
        {
            if (k != _playing)
            {
                double regret = Math.Max(0, _sums[(_playing * count) + k] - _sums[(_playing * count) + _playing]) / _plays;
                double switches = mu > 0 ? Math.Min(regret / mu, 1.0 / (count - 1)) : 0;
                mix[k] = (1 - random) * switches + random / count;
                stays -= mix[k];
            }
        }

        mix[_playing] = stays;
        return mix;
    }

    private int Draw(double uniform)
    {
        int drawn = 0;
        while (drawn < _mix.Length - 1 && uniform >= _mix[drawn])
        {
            uniform -= _mix[drawn++];
        }

        return drawn;
    }
}
