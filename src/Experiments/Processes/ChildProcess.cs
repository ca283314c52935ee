using System.ComponentModel;
using System.Diagnostics;

namespace FLCrowd.Experiments.Processes;

/// <summary>
/// A process that is written lines and writes lines. It ends when its standard input does, however this process ends; it is used by one
/// thread at a time. One that is silent for too long is killed.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int MostBytes = 1 << 28;
    private const double SecondsToStart = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly PluginCommand _command;
    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly LastWords _words;
    private readonly ITimer _silence;
    private readonly Lock _gate = new();

    private byte[] _read = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isExpected;
    private bool _wasSilent;

    /// <param name="command">What to start.</param>
    /// <param name="said">Told every line of its standard error.</param>
    /// <exception cref="ProcessFault">It cannot be started.</exception>
    public ChildProcess(PluginCommand command, Action<string> said)
    {
        _command = command;
        _process = Start(command);
        _input = _process.StandardInput.BaseStream;
        _output = _process.StandardOutput.BaseStream;
        _words = new LastWords(_process.StandardError, said);
        _silence = TimeProvider.System.CreateTimer(_ => KillIfSilent(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A command for messages.</summary>
    public static string Text(PluginCommand command) => $"'{string.Join(' ', command.Words)}'";

    /// <summary>Whether it has just been started: it may be silent for longer then.</summary>
    public bool IsNew { get; set; } = true;

    private double Seconds => IsNew ? Math.Max(_command.Timeout, SecondsToStart) : _command.Timeout;

    /// <summary>From now on a line is expected within the timeout, or not at all.</summary>
    public void Expect(bool line)
    {
        lock (_gate)
        {
            _isExpected = line;
            _silence.Change(line ? TimeSpan.FromSeconds(Seconds) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <exception cref="ProcessFault">The process has ended.</exception>
    public void Write(ReadOnlySpan<byte> line)
    {
        try
        {
            _input.Write(line);
            _input.Write("\n"u8);
            _input.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw Ended();
        }
    }

    /// <summary>The next line; valid until the next call.</summary>
    /// <exception cref="ProcessFault">The process has ended, or writes and writes.</exception>
    public ReadOnlyMemory<byte> ReadLine()
    {
        int searched = _start;
        while (true)
        {
            int length = _read.AsSpan(searched.._end).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _read.AsMemory(_start..(searched + length));
                _start = searched + length + 1;
                return line;
            }

            searched = MakeRoom();
            int count = ReadSome();
            if (count == 0)
            {
                throw Ended();
            }

            _end += count;
        }
    }

    /// <summary>What to say of a process whose answer nobody can read.</summary>
    public ProcessFault Nonsense(string problem) => new($"the process {Text(_command)} {problem}{_words.Phrase}");

    /// <summary>Lets it end by itself, and kills it where it does not.</summary>
    public void Dispose()
    {
        try
        {
            _input.Close();
        }
        catch (IOException)
        {
            // It ended by itself.
        }

        if (!_process.WaitForExit(Patience))
        {
            Kill();
        }

        _words.Wait();
        _silence.Dispose();
        _process.Dispose();
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // It ended by itself.
        }
    }

    private static Process Start(PluginCommand command)
    {
        var start = new ProcessStartInfo(command.Words[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        command.Words.Skip(1).ToList().ForEach(start.ArgumentList.Add);

        // Of Python: sets of texts in one order, and what is printed in one encoding.
        start.Environment["PYTHONHASHSEED"] = "0";
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            throw new ProcessFault($"the process {Text(command)} cannot be started: {e.Message}");
        }
    }

    private int ReadSome()
    {
        try
        {
            return _output.Read(_read, _end, _read.Length - _end);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    /// <summary>Makes room for more of a line; where to look on for its end.</summary>
    private int MakeRoom()
    {
        int length = _end - _start;
        if (length >= MostBytes)
        {
            throw Nonsense($"wrote a line of more than {MostBytes >> 20} MB");
        }

        if (_start > 0)
        {
            Buffer.BlockCopy(_read, _start, _read, 0, length);
            (_start, _end) = (0, length);
        }

        if (_end == _read.Length)
        {
            Array.Resize(ref _read, 2 * _read.Length);
        }

        return _end;
    }

    private void KillIfSilent()
    {
        lock (_gate)
        {
            if (!_isExpected)
            {
                return;
            }

            _wasSilent = true;
        }

        Kill();
    }

    private ProcessFault Ended()
    {
        bool wasSilent;
        lock (_gate)
        {
            wasSilent = _wasSilent;
        }

        if (!wasSilent && !_process.WaitForExit(Patience))
        {
            return Nonsense("closed its standard output");
        }

        _words.Wait();
        string how = wasSilent
            ? FormattableString.Invariant($"was silent for {Seconds} seconds (timeout) and was ended")
            : FormattableString.Invariant($"ended with exit code {_process.ExitCode}");
        how += !wasSilent && IsNew && _process.ExitCode == 0
            ? " before it answered anything: it must answer until its input ends (in Python: flcrowd.serve({...}) at the script's end)"
            : "";
        return new ProcessFault($"the process {Text(_command)} {how}{_words.Phrase}");
    }
}
