namespace FLCrowd.Analysis.Statistics;

/// <summary>
/// Means of means: first over the rows of a game (its episodes, its clients), then over the games of a group (its seeds).
/// Rows are added as they are read and not kept. Games count in the order of their numbers, whatever order their rows come in.
/// </summary>
/// <typeparam name="TGroup">What tells groups apart.</typeparam>
public sealed class GroupedMeans<TGroup>
    where TGroup : notnull
{
    private readonly int _width;
    private readonly Dictionary<TGroup, SortedDictionary<int, Sum>> _groups = [];

    /// <summary>Without rows yet.</summary>
    /// <param name="width">How many columns a row has, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 1.</exception>
    public GroupedMeans(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _width = width;
    }

    /// <summary>The groups in the order of their first rows.</summary>
    public IEnumerable<TGroup> Groups => _groups.Keys;

    /// <summary>Adds a row.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="game">The number of its game.</param>
    /// <param name="values">One per column.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than columns.</exception>
    public void Add(TGroup group, int game, params ReadOnlySpan<double> values)
    {
        if (values.Length != _width)
        {
            throw new ArgumentException($"A row has {_width} values, not {values.Length}.", nameof(values));
        }

        if (!_groups.TryGetValue(group, out var games))
        {
            _groups[group] = games = [];
        }

        if (!games.TryGetValue(game, out var sum))
        {
            games[game] = sum = new Sum(_width);
        }

        sum.Add(values);
    }

    /// <summary>How many games a group has.</summary>
    /// <param name="group">One of <see cref="Groups"/>.</param>
    /// <exception cref="KeyNotFoundException">It has no rows.</exception>
    public int Games(TGroup group) => _groups[group].Count;

    /// <summary>One mean per column, over the games of a group.</summary>
    /// <param name="group">One of <see cref="Groups"/>.</param>
    /// <exception cref="KeyNotFoundException">It has no rows.</exception>
    public Moments[] Result(TGroup group) =>
        [.. Enumerable.Range(0, _width).Select(column => Moments.Of([.. _groups[group].Values.Select(sum => sum.Mean(column))]))];

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
