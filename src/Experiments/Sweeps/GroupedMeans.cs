using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>
/// Means of means: first over the rows of a game (its episodes, its clients), then over the games of a group (its seeds).
/// Rows are added as they are read and not kept.
/// </summary>
internal sealed class GroupedMeans<TGroup>(int width)
    where TGroup : notnull
{
    private readonly Dictionary<TGroup, SortedDictionary<int, Sum>> _groups = [];

    /// <summary>The groups in the order of their first rows.</summary>
    public IEnumerable<TGroup> Groups => _groups.Keys;

    public void Add(TGroup group, int game, params ReadOnlySpan<double> values)
    {
        if (!_groups.TryGetValue(group, out var games))
        {
            _groups[group] = games = [];
        }

        if (!games.TryGetValue(game, out var sum))
        {
            games[game] = sum = new Sum(width);
        }

        sum.Add(values);
    }

    /// <summary>How many games a group has.</summary>
    public int Games(TGroup group) => _groups[group].Count;

    /// <summary>One value per column.</summary>
    public Moments[] Result(TGroup group) =>
        [.. Enumerable.Range(0, width).Select(column => Moments.Of([.. _groups[group].Values.Select(sum => sum.Mean(column))]))];

    private sealed class Sum(int width)
    {
        private readonly double[] _values = new double[width];
        private int _rows;

        public void Add(ReadOnlySpan<double> values)
        {
            for (int column = 0; column < _values.Length; column++)
            {
                _values[column] += values[column];
            }

            _rows++;
        }

        public double Mean(int column) => _values[column] / _rows;
    }
}
