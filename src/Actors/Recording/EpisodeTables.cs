namespace FLCrowd.Actors.Recording;

/// <summary>Writes episodes into a sink in the order of the run, whatever order they come in.</summary>
/// <param name="sink">Where they go.</param>
/// <param name="first">The number of the run's first episode.</param>
internal sealed class EpisodeTables(IEpisodeSink sink, int first)
{
    private readonly SortedDictionary<int, RecordedEpisode> _waiting = [];
    private readonly HashSet<int> _skipped = [];
    private int _next = first;
    private bool _isClosed;

    /// <summary>Told of every episode that is written.</summary>
    public required Action Written { get; init; }

    /// <summary>Told why no more is written, once.</summary>
    public required Action<string> Failed { get; init; }

    /// <summary>Episodes that were written.</summary>
    public int Count { get; private set; }

    /// <summary>Why not all was written, for the user; null where all was.</summary>
    public string? Failure { get; private set; }

    /// <summary>Writes an episode once it is its turn.</summary>
    public void Add(RecordedEpisode episode)
    {
        _waiting.Add(episode.Number, episode);
        WriteNext();
    }

    /// <summary>Waits no more for an episode, which will not come.</summary>
    public void Skip(int episode)
    {
        _skipped.Add(episode);
        WriteNext();
    }

    /// <summary>Writes no more.</summary>
    public void Fail(string reason)
    {
        if (Failure is null)
        {
            Failure = reason;
            Failed(reason);
        }
    }

    /// <summary>Writes what waits for episodes that will not come, and ends.</summary>
    public void Close()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        foreach (var episode in _waiting.Values)
        {
            Write(episode);
        }

        Guarded(sink.Dispose);
    }

    private void WriteNext()
    {
        for (; _skipped.Remove(_next) || _waiting.ContainsKey(_next); _next++)
        {
            if (_waiting.Remove(_next, out var next))
            {
                Write(next);
            }
        }
    }

    /// <summary>A full disk, say, ends the run: what cannot be written now is not written later either.</summary>
    private void Write(RecordedEpisode episode)
    {
        if (Failure is null && Guarded(() => sink.Write(episode)))
        {
            Count++;
            Written();
        }
    }

    private bool Guarded(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e)
        {
            Fail(e is DiskException ? e.Message : $"the results cannot be written: {e.Message}");
            return false;
        }
    }
}
