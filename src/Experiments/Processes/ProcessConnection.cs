using System.Text.Json;

namespace FLCrowd.Experiments.Processes;

/// <summary>
/// A process, started when it is needed, and what it is asked: whatever waits when an exchange is over goes there as one batch. Where one
/// goes wrong, the process is started anew and asked again one by one, so that only who is to blame fails, whoever was asked beside it.
/// After a while without questions the process is let go.
/// </summary>
/// <param name="command">What to start.</param>
/// <param name="greeting">What every new process is asked first.</param>
/// <param name="said">Told every line of its standard error.</param>
internal sealed class ProcessConnection(PluginCommand command, Func<ProcessRequest>? greeting, Action<string> said) : IDisposable
{
    private const int MostRequests = 1000;
    private const int MostBytes = 1 << 24;

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly LinkedList<ProcessRequest> _waiting = new();
    private readonly ProcessExchange _exchange = new();
    private Thread? _pump;
    private bool _isExchanging;
    private bool _isDisposed;
    private ChildProcess? _child;

    /// <summary>How often lines went there and back.</summary>
    public long Exchanges => _exchange.Count;

    /// <summary>Asks; completes with the answer, or fails with what went wrong. Does not wait.</summary>
    public Task<JsonElement> AskAsync(ProcessRequest request)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _waiting.AddLast(request);
            if (_pump is not null)
            {
                Monitor.Pulse(_gate);
            }
            else
            {
                _pump = new Thread(Pump) { IsBackground = true, Name = $"flcrowd {ChildProcess.Text(command)}" };
                _pump.Start();
            }
        }

        return request.Answer;
    }

    /// <summary>Ends the process, and whatever it is asked.</summary>
    public void Dispose()
    {
        Thread? pump;
        ChildProcess? busy;
        lock (_gate)
        {
            (_isDisposed, pump, busy) = (true, _pump, _isExchanging ? _child : null);
            Monitor.PulseAll(_gate);
        }

        busy?.Kill();
        pump?.Join(Patience);
    }

    private void Pump()
    {
        while (Next() is { } batch)
        {
            try
            {
                _exchange.Carry(Child(), batch);
            }
            catch (Exception e)
            {
                Drop();
                Settle(batch, e);
            }
        }
    }

    /// <summary>What goes there next; null once nothing does for a while, or for good.</summary>
    private List<ProcessRequest>? Next()
    {
        ChildProcess? over;
        lock (_gate)
        {
            _isExchanging = false;
            while (_waiting.Count == 0 && !_isDisposed && Monitor.Wait(_gate, Idle))
            {
            }

            if (_waiting.Count > 0 && !_isDisposed)
            {
                _isExchanging = true;
                return Take();
            }

            foreach (var request in _waiting)
            {
                request.Fail(new ObjectDisposedException(null, $"the process {ChildProcess.Text(command)} is not needed any more"));
            }

            _waiting.Clear();
            (over, _child, _pump) = (_child, null, null);
        }

        over?.Dispose();
        return null;
    }

    private List<ProcessRequest> Take()
    {
        var batch = new List<ProcessRequest>();
        int bytes = 0;
        while (_waiting.First is { Value: var next } && batch.Count < MostRequests && bytes < MostBytes
            && (batch.Count == 0 || !(next.IsAlone || batch[0].IsAlone)))
        {
            batch.Add(next);
            bytes += next.Size;
            _waiting.RemoveFirst();
        }

        return batch;
    }

    private ChildProcess Child()
    {
        if (_child is { } running)
        {
            return running;
        }

        var child = new ChildProcess(command, said);
        lock (_gate)
        {
            _child = child;
        }

        if (greeting is not null)
        {
            var first = greeting();
            try
            {
                _exchange.Carry(child, [first]);
            }
            catch (ProcessFault e)
            {
                throw new StartFault(e);
            }

            if (first.Answer.Exception?.InnerException is { } refusal)
            {
                throw new StartFault(refusal);
            }
        }

        return child;
    }

    /// <summary>Ends a process of which nothing is to be expected any more.</summary>
    private void Drop()
    {
        ChildProcess? child;
        lock (_gate)
        {
            (child, _child) = (_child, null);
        }

        child?.Kill();
        child?.Dispose();
    }

    /// <summary>Fails who is to blame, or has all asked again one by one.</summary>
    private void Settle(List<ProcessRequest> batch, Exception fault)
    {
        batch.RemoveAll(request => request.IsAnswered);
        if (fault is StartFault start || batch.Count <= 1 || fault is not ProcessFault)
        {
            batch.ForEach(request => request.Fail((fault as StartFault)?.InnerException ?? fault));
            return;
        }

        lock (_gate)
        {
            foreach (var request in Enumerable.Reverse(batch))
            {
                request.IsAlone = true;
                _waiting.AddFirst(request);
            }
        }
    }

    /// <summary>A process did not come so far as to be asked: nobody's question is to blame.</summary>
    private sealed class StartFault(Exception reason) : Exception(reason.Message, reason);
}
