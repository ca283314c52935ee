using System.Text;
using System.Threading.Channels;

namespace FLCrowd.Host.Terminal;

/// <summary>
/// Standard output and standard error of this process, as no run depends on them: what the program says goes into a queue, and a thread of
/// its own writes
/// it. So a terminal that is gone, a full disk under a log or a closed stream costs what could not be written, and nothing else; and no
/// game ever waits for a
/// reader that does not read: where too much waits for one, the oldest goes. Only the end of the process waits, as that of any program,
/// until what is left is
/// read or the reader is gone. A reader that goes away (<c>| head</c>) has read what it wanted.
/// </summary>
internal sealed class StandardStreams
{
    /// <summary>Writes that may wait: hours of progress, and then all tables.</summary>
    private const int Most = 10_000;

    private static StandardStreams? _current;

    private readonly Channel<Words> _waiting = Channel.CreateBounded<Words>(
        new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        dropped => dropped.Written?.TrySetException(new IOException("nobody reads it")));

    private readonly Stream? _output;
    private readonly Thread _thread;

    /// <param name="output">Standard output; null: it is closed.</param>
    /// <param name="error">Standard error; null: it is closed.</param>
    /// <param name="encoding">Of both.</param>
    public StandardStreams(Stream? output, Stream? error, Encoding encoding)
    {
        Output = new QueuedWriter(encoding, text => Add(new Words(output, text)));
        Error = new QueuedWriter(encoding, text => Add(new Words(error, text)));
        _output = output;
        _thread = new Thread(() => WriteAll(encoding)) { Name = "standard streams", IsBackground = true };
        _thread.Start();
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Runs the program with the standard streams of this process.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> program)
    {
        // First of all: a file that is opened while one of them is closed would take its place.
        var (output, error) = InheritedStreams.Open();
        var streams = new StandardStreams(output, error, Console.OutputEncoding);
        Console.SetOut(streams.Output);
        Console.SetError(streams.Error);
        _current = streams;
        try
        {
            return await program();
        }
        finally
        {
            streams.End();
        }
    }

    /// <summary>Writes what a command is called for, and nobody finds anywhere else, to standard output.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Deliver(string result)
    {
        if (_current is { } streams)
        {
            streams.Hand(result);
        }
        else
        {
            Console.Out.Write(result);
        }
    }

    /// <inheritdoc cref="Deliver"/>
    public static void DeliverLine(string result) => Deliver(result + Environment.NewLine);

    /// <summary>As <see cref="Deliver"/>.</summary>
    public void Hand(string result)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(new Words(_output, result) { Written = written });
        try
        {
            written.Task.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"standard output cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Waits until all is written.</summary>
    public void End()
    {
        _waiting.Writer.TryComplete();
        _thread.Join();
    }

    private void Add(Words words) => _waiting.Writer.TryWrite(words);

    private void WriteAll(Encoding encoding)
    {
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_waiting.Reader.TryRead(out var words))
            {
                Write(words, encoding);
            }
        }
    }

    private static void Write(Words words, Encoding encoding)
    {
        try
        {
            var stream = words.To ?? throw new IOException("it is closed");
            stream.Write(encoding.GetBytes(words.Text));
            stream.Flush();
            words.Written?.TrySetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next words may fare better: a disk may have room again.
            words.Written?.TrySetException(e);
        }
    }

    private sealed record Words(Stream? To, string Text)
    {
        public TaskCompletionSource? Written { get; init; }
    }
}
