using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace FLCrowd.Host.Running;

/// <summary>
/// Worker processes of this machine: the same program, as nodes on loopback. Each reads its standard input and ends when that closes, which
/// it does however this process ends.
/// </summary>
internal sealed class LocalWorkers : IAsyncDisposable
{
    /// <summary>What a worker is told when the run is over. Nobody is left to take over cohorts, so it just ends.</summary>
    public const string End = "end";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly List<Process> _processes;
    private volatile bool _ending;

    private LocalWorkers(List<Process> processes)
    {
        _processes = processes;
        for (int index = 0; index < processes.Count; index++)
        {
            int number = index + 1;
            processes[index].ErrorDataReceived += (_, line) => Forward(number, line.Data);
            processes[index].BeginErrorReadLine();
        }

        FirstFailure = FailAsync(processes);
    }

    /// <summary>Throws when a worker ends before it was told to.</summary>
    public Task FirstFailure { get; }

    /// <param name="count">How many.</param>
    /// <param name="seed">The node that they join, as host:port.</param>
    /// <param name="threads">Training threads of each.</param>
    /// <param name="plugins">The plug-ins that this process has loaded.</param>
    public static LocalWorkers Start(int count, string seed, int threads, IReadOnlyList<PluginSource> plugins) =>
        new([.. Enumerable.Range(0, count).Select(_ => StartOne(seed, threads, plugins))]);

    /// <summary>From now on what the workers say interests nobody: that they lost the server, for one.</summary>
    public void Hush() => _ending = true;

    public async ValueTask DisposeAsync()
    {
        Hush();
        foreach (var process in _processes)
        {
            TryTell(process);
        }

        using var patience = new CancellationTokenSource(Patience);
        foreach (var process in _processes)
        {
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }

            process.Dispose();
        }
    }

    private static void TryTell(Process process)
    {
        try
        {
            process.StandardInput.WriteLine(End);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended by itself.
        }
    }

    private static async Task FailAsync(List<Process> processes)
    {
        var first = await Task.WhenAny(processes.Select(async process =>
        {
            await process.WaitForExitAsync();
            return process;
        }));
        var ended = await first;
        throw new IOException($"worker {processes.IndexOf(ended) + 1} ended with exit code {ended.ExitCode.ToString(CultureInfo.InvariantCulture)}");
    }

    private static Process StartOne(string seed, int threads, IReadOnlyList<PluginSource> plugins)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        string[] arguments =
        [
            "node", "--seed", seed, "--threads", threads.ToString(CultureInfo.InvariantCulture), Commands.NodeCommand.UntilInputCloses,
            .. plugins.SelectMany(plugin => (string[])[Loading.PluginFile.Argument, plugin.File]),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>What workers say is shown while the run needs them.</summary>
    private void Forward(int number, string? line)
    {
        if (line is not null && !_ending)
        {
            Console.Error.WriteLine($"worker {number.ToString(CultureInfo.InvariantCulture)}: {line}");
        }
    }
}
