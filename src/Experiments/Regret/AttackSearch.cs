using System.Globalization;
using FLCrowd.Analysis.Regret;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Experiments.Regret;

/// <summary>
/// The search for one client's best response, generation by generation (<see cref="AttackDesign"/>). A deviation is a point: a scale for
/// each part of the rounds, how much of the crowd's last step is repeated, how much the last report is inflated, effort, and the logarithm
/// of the batch. It begins about the truthful one, with known attacks among the first generation.
/// </summary>
internal sealed class AttackSearch
{
    /// <summary>The best quarter decides where the next generation is.</summary>
    private const int EliteShare = 4;

    /// <summary>How much of the spread is that of the elite, the rest the one before.</summary>
    private const double Smoothing = 0.7;

    private const double MostScale = 10, MostStep = 10, MostShare = 1, LeastBatch = 0.01, MostBatch = 2;

    private readonly AttackDesign _design;
    private readonly int _client;
    private readonly Seed _seed;
    private readonly Dictionary<Deviation, double> _seen = [];
    private double[] _mean;
    private double[] _spread;
    private List<(Deviation Deviation, double[] Point)> _generation = [];
    private int _number;

    /// <param name="design">How it is searched.</param>
    /// <param name="client">Whose best response.</param>
    /// <param name="seed">Its draws.</param>
    public AttackSearch(AttackDesign design, int client, Seed seed)
    {
        (_design, _client, _seed) = (design, client, seed);
        _mean = [.. Enumerable.Repeat(1.0, design.Pieces), 0, 0, 0.5, Math.Log(0.3)];
        _spread = [.. Enumerable.Repeat(1.5, design.Pieces), 1, 0.15, 0.5, 1.5];
    }

    /// <summary>The next generation.</summary>
    public IReadOnlyList<Deviation> Next()
    {
        var points = _number == 0 ? Known() : [];
        for (int candidate = points.Count; candidate < _design.Population; candidate++)
        {
            var draws = _seed.For("attack", _client, _number, candidate);
            points.Add([.. _mean.Select((mean, k) => mean + _spread[k] * draws.Normal(k))]);
        }

        _number++;
        _generation = [.. points.Take(_design.Population).Select(point => (Of(point), point))];
        return [.. _generation.Select(candidate => candidate.Deviation).Distinct()];
    }

    /// <summary>What the generation gained.</summary>
    /// <param name="gain">The mean gain of one of its deviations, in money.</param>
    public void Learn(Func<Deviation, double> gain)
    {
        foreach (var (deviation, _) in _generation)
        {
            _seen[deviation] = gain(deviation);
        }

        double[][] elite = [.. _generation
            .OrderByDescending(candidate => _seen[candidate.Deviation])
            .Take(Math.Max(2, _design.Population / EliteShare))
            .Select(candidate => Clamped(candidate.Point))];
        _mean = [.. _mean.Select((_, k) => elite.Select(point => point[k]).Mean())];
        _spread = [.. _spread.Select((spread, k) =>
            Smoothing * elite.Select(point => point[k]).StandardDeviation() + (1 - Smoothing) * spread)];
    }

    /// <summary>The best so far, for a second look.</summary>
    public IReadOnlyList<Deviation> Finalists() =>
        [.. _seen.OrderByDescending(candidate => candidate.Value).Take(AttackDesign.Finalists).Select(candidate => candidate.Key)];

    /// <summary>linear 5 0, pieces that are early or late, replay 3, inflation with and without work, riding free; and as asked.</summary>
    private List<double[]> Known()
    {
        int parts = _design.Pieces;
        double idle = Math.Log(LeastBatch);
        return
        [
            Point(part => 5 * (1 - (part + 0.5) / parts), 0, 0, 1, 0),
            Point(part => 3 * (1 - (part + 0.5) / parts), 0, 0, 1, Math.Log(0.25)),
            Point(part => part == 0 ? 2 : 0, 0, 0, 1, 0),
            Point(_ => 0, 3, 0, 0, idle),
            Point(_ => 1, 0, 0.1, 1, 0),
            Point(_ => 0, 0, 0.3, 0, idle),
            Point(_ => 0, 0, 0, 0, idle),
            Point(_ => 1, 0, 0, 1, 0),
        ];

        double[] Point(Func<int, double> scale, double step, double share, double effort, double batch) =>
            [.. Enumerable.Range(0, parts).Select(scale), step, share, effort, batch];
    }

    private double[] Clamped(double[] point) =>
    [
        .. point.Take(_design.Pieces).Select(scale => Math.Clamp(scale, 0, MostScale)),
        Math.Clamp(point[^4], -MostStep, MostStep),
        Math.Clamp(point[^3], -MostShare, MostShare),
        Math.Clamp(point[^2], 0, 1),
        Math.Clamp(point[^1], Math.Log(LeastBatch), Math.Log(MostBatch)),
    ];

    /// <summary>With numbers of three digits: what is played is what is shown.</summary>
    private Deviation Of(double[] point)
    {
        double[] inside = Clamped(point);
        double[] values = [inside[^4], inside[^3], .. inside.Take(_design.Pieces)];
        var numbers = string.Join(' ', values.Select(value => Number(value).ToString(CultureInfo.InvariantCulture)));
        return new Deviation(_client, Number(inside[^2]), Number(Math.Exp(inside[^1])), 1) { Report = $"mix {numbers}" };
    }

    private static double Number(double value) =>
        double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
