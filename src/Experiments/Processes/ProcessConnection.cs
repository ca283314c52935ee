using System.Buffers;
using System.Text;
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
    private readonly ArrayBufferWriter<byte> _line = new();
    private Thread? _pump;
    private bool _isExchanging;
    private bool _isDisposed;
    private ChildProcess? _child;
    private long _lastId;

    /// <summary>How often lines went there and back.</summary>
    public long Exchanges { get; private set; }

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
                Exchange(Child(), batch);
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
                Exchange(child, [first]);
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

    private void Exchange(ChildProcess child, List<ProcessRequest> batch)
    {
        var open = new Dictionary<long, ProcessRequest>();
        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line, new JsonWriterOptions { SkipValidation = true }))
        {
            if (batch.Count > 1)
            {
                writer.WriteStartArray();
            }

            foreach (var request in batch)
            {
                open.Add(++_lastId, request);
                request.Write(writer, _lastId);
            }

            if (batch.Count > 1)
            {
                writer.WriteEndArray();
            }
        }

        Exchanges++;
        child.Expect(line: true);
        child.Write(_line.WrittenSpan);
        while (open.Count > 0)
        {
            var line = child.ReadLine();
            child.Expect(line: true);
            Accept(child, line, open, batch[0].Helper);
        }

        child.Expect(line: false);
        child.IsNew = false;
    }

    private static void Accept(
        ChildProcess child, ReadOnlyMemory<byte> line, Dictionary<long, ProcessRequest> open, Func<string, JsonElement, byte[]>? helper)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            throw child.Nonsense($"wrote '{Excerpt(line)}', which is no JSON; what is printed belongs on standard error");
        }

        using (document)
        {
            var root = document.RootElement;
            foreach (var message in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root])
            {
                if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("method", out var method)
                    && message.TryGetProperty("id", out var id) && helper is not null)
                {
                    child.Write(Help(helper, $"{method}", message, id));
                }
                else
                {
                    Answer(child, message, open);
                }
            }
        }
    }

    private static void Answer(ChildProcess child, JsonElement message, Dictionary<long, ProcessRequest> open)
    {
        if (message.ValueKind != JsonValueKind.Object
            || !message.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out long number)
            || !open.Remove(number, out var request))
        {
            throw child.Nonsense($"wrote '{Excerpt(message)}', which answers nothing that it was asked");
        }

        if (message.TryGetProperty("result", out var result))
        {
            request.Succeed(result.Clone());
        }
        else if (message.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            request.Fail(Refusal(error));
        }
        else
        {
            throw child.Nonsense($"answered '{Excerpt(message)}', which has neither a result nor an error");
        }
    }

    private static ProcessRefusal Refusal(JsonElement error) => new(
        Wire.Text(error, "message") ?? "it does not say why",
        Wire.Member(error, "code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out int number) ? number : 0,
        Wire.Text(Wire.Member(error, "data"), "option"));

    private static byte[] Help(Func<string, JsonElement, byte[]> helper, string method, JsonElement message, JsonElement id)
    {
        string? problem = null;
        byte[] result = [];
        try
        {
            result = helper(method, message.TryGetProperty("params", out var parameters) ? parameters : default);
        }
        catch (Exception e)
        {
            problem = e.Message;
        }

        return Wire.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            id.WriteTo(writer);
            if (problem is null)
            {
                writer.WritePropertyName("result");
                writer.WriteRawValue(result);
            }
            else
            {
                writer.WriteStartObject("error");
                writer.WriteNumber("code", -32000);
                writer.WriteString("message", problem);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
    }

    private static string Excerpt(JsonElement message) => Excerpt(Encoding.UTF8.GetBytes(message.GetRawText()));

    private static string Excerpt(ReadOnlyMemory<byte> line)
    {
        const int Most = 80;
        var text = Encoding.UTF8.GetString(line.Span[..Math.Min(line.Length, 4 * Most)]).Trim();
        return text.Length <= Most ? text : $"{text[..Most]}...";
    }

    /// <summary>A process did not come so far as to be asked: nobody's question is to blame.</summary>
    private sealed class StartFault(Exception reason) : Exception(reason.Message, reason);
}
