using System.Buffers.Text;

namespace FLCrowd.Host.Watching;

/// <summary>
/// Follows a table that a run appends to, whole rows at a time, and knows where the rows of each episode are. The first column of the
/// table is the episode.
/// </summary>
/// <param name="path">The file; it need not be there yet.</param>
/// <param name="take">Gets every row once, with its episode's place among the episodes; null: nobody.</param>
internal sealed class TableTail(string path, TableTail.RowTaker? take = null)
{
    /// <summary>Rows of an episode between two whose place is known.</summary>
    private const int Stride = 256;

    private readonly List<EpisodeRows> _episodes = [];
    private byte[] _buffer = new byte[1 << 16];
    private long _position;
    private bool _isStill;

    /// <param name="table">The table, whose header is known.</param>
    /// <param name="episode">The episode's place among those of the table.</param>
    /// <param name="row">The row, without its end.</param>
    public delegate void RowTaker(TableTail table, int episode, ReadOnlySpan<byte> row);

    /// <summary>The names of the columns; empty as long as there is no table.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Where the rows of each episode are, in the order of the file.</summary>
    public IReadOnlyList<EpisodeRows> Episodes => _episodes;

    /// <summary>How many episodes have all their rows: another one follows, or nothing came since the last look.</summary>
    public int Whole => _isStill ? _episodes.Count : Math.Max(0, _episodes.Count - 1);

    /// <summary>Takes what was appended since the last look.</summary>
    /// <returns>False where the file is shorter than it was: it is another one, and this tail is of no use any more.</returns>
    public bool Read()
    {
        if (!File.Exists(path))
        {
            return _position == 0;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        if (file.Length < _position)
        {
            return false;
        }

        _isStill = file.Length == _position;
        file.Position = _position;
        int held = 0;
        while (file.Read(_buffer.AsSpan(held)) is > 0 and var read)
        {
            held += read;
            int taken = TakeRows(_buffer.AsSpan(0, held));
            _position += taken;
            _buffer.AsSpan(taken, held - taken).CopyTo(_buffer);
            held -= taken;
            if (held == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            }
        }

        return true;
    }

    /// <summary>The bytes between two places of the file.</summary>
    public byte[] Bytes(long from, long to)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var bytes = new byte[to - from];
        file.Position = from;
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Gives every whole row of <paramref name="bytes"/>, and where it begins in there.</summary>
    public static int ForEachRow(ReadOnlySpan<byte> bytes, RowAt take)
    {
        int start = 0;
        bool isQuoted = false;
        for (int at = 0; at < bytes.Length;)
        {
            int next = bytes[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (next < 0)
            {
                break;
            }

            at += next;
            if (bytes[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted)
            {
                take(start, bytes[start..at].TrimEnd((byte)'\r'));
                start = at + 1;
            }

            at++;
        }

        return start;
    }

    /// <param name="start">Where the row begins.</param>
    /// <param name="row">The row, without its end.</param>
    public delegate void RowAt(int start, ReadOnlySpan<byte> row);

    private int TakeRows(ReadOnlySpan<byte> bytes)
    {
        long position = _position;
        return ForEachRow(bytes, (start, row) =>
        {
            if (Header.Count == 0)
            {
                Header = CsvLine.Fields(row);
            }
            else if (Utf8Parser.TryParse(row, out int episode, out _))
            {
                Take(episode, position + start, row);
            }
        });
    }

    private void Take(int episode, long start, ReadOnlySpan<byte> row)
    {
        if (_episodes.Count == 0 || _episodes[^1].Episode != episode)
        {
            _episodes.Add(new EpisodeRows(episode));
        }

        var rows = _episodes[^1];
        if (rows.Count++ % Stride == 0)
        {
            rows.Marks.Add(start);
        }

        rows.End = start + row.Length + 1;
        take?.Invoke(this, _episodes.Count - 1, row);
    }

    /// <summary>Where an episode's rows are.</summary>
    internal sealed class EpisodeRows(int episode)
    {
        /// <summary>The episode's number within the run.</summary>
        public int Episode => episode;

        /// <summary>How many there are.</summary>
        public int Count { get; set; }

        /// <summary>Where every 256th row begins.</summary>
        public List<long> Marks { get; } = [];

        /// <summary>Where the first row begins.</summary>
        public long Start => Marks[0];

        /// <summary>Behind the last row.</summary>
        public long End { get; set; }

        /// <summary>The part of the file that holds one of the rows, and which of the rows in there it is.</summary>
        public (long From, long To, int Row) Around(int index)
        {
            int mark = index / Stride;
            return (Marks[mark], mark + 1 < Marks.Count ? Marks[mark + 1] : End, index % Stride);
        }
    }
}
