using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace FLCrowd.Host.Tests;

/// <summary>A process whose lines are read as they come, so that it never waits for its reader; it is killed at the end.</summary>
internal sealed class RunningProcess : IDisposable
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Lock _reading = new();
    private readonly Channel<string> _errors = Channel.CreateUnbounded<string>();

    /// <param name="process">One that was started with its output redirected.</param>
    public RunningProcess(Process process)
    {
        Process = process;
        process.OutputDataReceived += (_, line) =>
        {
            lock (_reading)
            {
                _output.AppendLine(line.Data);
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _errors.Writer.Complete();
                return;
            }

            lock (_reading)
            {
                _error.AppendLine(line.Data);
            }

            _errors.Writer.TryWrite(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Ended = EndAsync();
    }

    public Process Process { get; }

    /// <summary>What it said on standard output by now.</summary>
    public string Output
    {
        get
        {
            lock (_reading)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>What it said on standard error by now.</summary>
    public string Error
    {
        get
        {
            lock (_reading)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>How it ended, and all that it said.</summary>
    public Task<FlcrowdProcess> Ended { get; }

    /// <summary>Waits for a line on standard error that holds a text, after the last one that was waited for.</summary>
    public async Task SaysAsync(string text)
    {
        await foreach (var line in _errors.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"'{text}' was not said; instead: {(await Ended).Error}");
    }

    public void Dispose()
    {
        Process.Kill();
        Process.Dispose();
    }

    private async Task<FlcrowdProcess> EndAsync()
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new FlcrowdProcess(Process.ExitCode, Output, Error);
    }
}
