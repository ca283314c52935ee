namespace FLCrowd.Actors.Rounds;

/// <summary>
/// Collects one answer from each party and hands the answers on in the parties' order, whatever order they arrive in: this is
/// what makes sums independent of threads and nodes.
/// </summary>
/// <param name="parties">How many parties there are, numbered from 0.</param>
internal sealed class OrderedGather<T>(int parties)
    where T : class
{
    private readonly T?[] _answers = new T?[parties];
    private readonly bool[] _awaited = new bool[parties];
    private int _next;
    private int _open;

    /// <summary>Whether every awaited answer arrived.</summary>
    public bool IsComplete => _open == 0;

    /// <summary>The parties whose answers have not arrived, in order.</summary>
    public IEnumerable<int> Missing => Enumerable.Range(0, parties).Where(IsMissing);

    /// <summary>Whether a party's answer is awaited and has not arrived.</summary>
    public bool IsMissing(int party) => party >= 0 && party < parties && _awaited[party];

    /// <summary>Starts anew: awaits one answer of each party that <paramref name="isAwaited"/> names.</summary>
    public void Begin(Func<int, bool>? isAwaited = null)
    {
        Array.Clear(_answers);
        _next = 0;
        _open = 0;
        for (int party = 0; party < parties; party++)
        {
            _awaited[party] = isAwaited is null || isAwaited(party);
            _open += _awaited[party] ? 1 : 0;
        }
    }

    /// <summary>Takes an answer.</summary>
    /// <returns>False where none is awaited from this party: a duplicate, or a stranger.</returns>
    public bool Offer(int party, T answer)
    {
        if (!IsMissing(party))
        {
            return false;
        }

        _awaited[party] = false;
        _answers[party] = answer;
        _open--;
        return true;
    }

    /// <summary>Takes out the next answer in the parties' order, once all before it were taken.</summary>
    public T? TakeNext()
    {
        while (_next < parties && !_awaited[_next])
        {
            if (_answers[_next] is { } answer)
            {
                _answers[_next++] = null;
                return answer;
            }

            _next++;
        }

        return null;
    }
}
