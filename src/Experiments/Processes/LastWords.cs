namespace FLCrowd.Experiments.Processes;

/// <summary>What a process says on standard error: handed on, and the end of it kept.</summary>
internal sealed class LastWords
{
    private const int Lines = 3;
    private const int Letters = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Queue<string> _last = new();
    private readonly Thread _reader;

    public LastWords(StreamReader error, Action<string> said)
    {
        _reader = new Thread(() => Read(error, said)) { IsBackground = true, Name = "flcrowd standard error of a process" };
        _reader.Start();
    }

    /// <summary>For the end of a message; empty where it said nothing.</summary>
    public string Phrase
    {
        get
        {
            lock (_last)
            {
                return _last.Count == 0 ? "" : $"; its last words: {string.Join(" | ", _last)}";
            }
        }
    }

    /// <summary>Waits until all is read that a process said which has ended.</summary>
    public void Wait() => _reader.Join(Patience);

    private void Read(StreamReader error, Action<string> said)
    {
        try
        {
            while (error.ReadLine() is { } line)
            {
                said(line);
                if (!string.IsNullOrWhiteSpace(line))
                {
                    Keep(line.Trim());
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone.
        }
    }

    private void Keep(string line)
    {
        lock (_last)
        {
            _last.Enqueue(line.Length <= Letters ? line : $"{line[..Letters]}...");
            if (_last.Count > Lines)
            {
                _last.Dequeue();
            }
        }
    }
}
