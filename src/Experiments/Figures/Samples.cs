using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Experiments.Figures;

/// <summary>
/// A measured quantity at the points of a sweep, once per seed. A point is the texts that its axes have in the tables; plays of the same
/// seed are paired.
/// </summary>
internal sealed class Samples
{
    private const string Separator = "\u001f";

    private readonly Dictionary<string, SortedDictionary<(ulong Seed, int Repetition), double>> _points = [];

    /// <summary>Adds what one play measured.</summary>
    public void Add(ulong seed, double value, params IEnumerable<string> point)
    {
        var key = string.Join(Separator, point);
        var values = _points.TryGetValue(key, out var known) ? known : _points[key] = [];

        // Several episodes of a game are its repetitions; they come in order.
        int repetition = 0;
        while (!values.TryAdd((seed, repetition), value))
        {
            repetition++;
        }
    }

    /// <summary>Whether anything was measured there.</summary>
    public bool Has(params IEnumerable<string> point) => _points.ContainsKey(string.Join(Separator, point));

    /// <summary>The values at a point by seed; empty where nothing was measured.</summary>
    public double[] At(params IEnumerable<string> point) =>
        _points.TryGetValue(string.Join(Separator, point), out var values) ? [.. values.Values] : [];

    /// <summary>Mean and error at a point; a mean of NaN where nothing was measured.</summary>
    public Moments MomentsAt(params IEnumerable<string> point) =>
        At(point) is { Length: > 0 } values ? Moments.Of(values) : new Moments(0, double.NaN, double.NaN);

    /// <summary>Values at the first point less those at the second, seed by seed.</summary>
    public double[] Difference(IEnumerable<string> first, IEnumerable<string> second)
    {
        var minuend = _points.GetValueOrDefault(string.Join(Separator, first));
        var subtrahend = _points.GetValueOrDefault(string.Join(Separator, second));
        return minuend is null || subtrahend is null
            ? []
            : [.. minuend.Where(entry => subtrahend.ContainsKey(entry.Key)).Select(entry => entry.Value - subtrahend[entry.Key])];
    }
}
