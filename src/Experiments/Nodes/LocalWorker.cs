using System.Diagnostics;
using System.Globalization;
using FLCrowd.Actors.Network;
using FLCrowd.Experiments.Loading;
using FLCrowd.Experiments.Telemetry;

namespace FLCrowd.Experiments.Nodes;

/// <summary>
/// A worker process of this machine: the same program, as a node on loopback. It reads its standard input and ends when that closes, which
/// it does however this process ends. What it says on standard error is shown.
/// </summary>
internal sealed class LocalWorker : IAsyncDisposable
{
    /// <summary>What a worker is told when the run is over. Nobody is left to take over cohorts, so it just ends.</summary>
    public const string End = "end";

    /// <summary>The option of <c>flcrowd node</c> by which it ends with whoever started it.</summary>
    public const string UntilInputCloses = "--until-input-closes";

    /// <summary>The option of <c>flcrowd node</c> by which whoever started it says where its metrics go.</summary>
    public const string Telemetry = "--telemetry";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The program, whose <c>node</c> a worker is.</summary>
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "flcrowd.dll");

    private readonly string _name;
    private readonly Process _process;
    private volatile bool _isHushed;
    private volatile string? _address;
    private string? _lastWords;

    /// <param name="number">Its number for the user, from 1.</param>
    /// <param name="seed">The node that it joins, as host:port.</param>
    /// <param name="threads">Its training threads.</param>
    /// <param name="file">Its <c>cluster.conf</c>; null: the defaults.</param>
    /// <param name="tls">The certificate that the run made for it; null: the file has one.</param>
    /// <param name="plugins">The plug-ins that this process has loaded.</param>
    /// <param name="telemetry">Where its metrics go; null: nowhere.</param>
    public LocalWorker(
        int number, string seed, int threads, string? file, NodeTls? tls, IReadOnlyList<PluginSource> plugins, TelemetryTarget? telemetry)
    {
        _name = $"worker {number.ToString(CultureInfo.InvariantCulture)}";
        _process = Start(seed, threads, file, plugins, telemetry);
        Tell(tls?.Secret() ?? "");
        _process.ErrorDataReceived += (_, line) => Show(line.Data);
        _process.OutputDataReceived += (_, line) =>
            _address ??= line.Data?[..Math.Max(0, line.Data.IndexOf(": ", StringComparison.Ordinal))];
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        Ended = WaitAsync();
    }

    /// <summary>Where it can be reached, as host:port; null before it has joined.</summary>
    public string? Address => _address;

    /// <summary>Whether the run still needs it.</summary>
    public bool IsNeeded => !_isHushed;

    /// <summary>Completes when the process has ended and all that it said was shown: says how, and its last words.</summary>
    public Task<string> Ended { get; }

    /// <summary>From now on what it says interests nobody: that it lost the server, for one.</summary>
    public void Hush() => _isHushed = true;

    /// <summary>Tells it to end; all workers are told before any is waited for.</summary>
    public void TellToEnd()
    {
        Hush();
        Tell(End);
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended by itself.
        }
    }

    /// <summary>Waits for the end of a worker that was told to, and kills it where that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Ended.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static Process Start(
        string seed, int threads, string? file, IReadOnlyList<PluginSource> plugins, TelemetryTarget? telemetry)
    {
        if (!File.Exists(Program))
        {
            throw new SettingException(
                "--workers", "starts processes of the program flcrowd, which is not beside this one; join a cluster instead");
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Program);
        }

        string[] settings = file is null ? [] : ["--cluster", file];
        string[] arguments =
        [
            "node", "--seed", seed, "--port", "0", "--threads", threads.ToString(CultureInfo.InvariantCulture),
            UntilInputCloses, Telemetry, TelemetryTarget.Text(telemetry), .. settings,
            .. plugins.SelectMany(plugin => (string[])[PluginFile.Argument, PluginFile.ArgumentOf(plugin)]),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Says a line, which is short enough for the pipe to take it whether or not the worker reads.</summary>
    private void Tell(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It ended by itself.
        }
    }

    private async Task<string> WaitAsync()
    {
        await _process.WaitForExitAsync();
        var how = $"{_name} ended with exit code {_process.ExitCode.ToString(CultureInfo.InvariantCulture)}";
        return _lastWords is { } words ? $"{how}; its last words: {words}" : how;
    }

    private void Show(string? line)
    {
        if (line is not null && IsNeeded)
        {
            _lastWords = line;
            Console.Error.WriteLine($"{_name}: {line}");
        }
    }
}
