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
    /// <summary>What a worker is told when it is not needed any more.</summary>
    public const string Leave = "leave";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly List<Process> _processes;

    private LocalWorkers(List<Process> processes)
    {
        _processes = processes;
        FirstFailure = FailAsync(processes);
    }

    /// <summary>Throws when a worker ends before it was told to.</summary>
    public Task FirstFailure { get; }

    /// <param name="count">How many.</param>
    /// <param name="seed">The node that they join, as host:port.</param>
    /// <param name="threads">Training threads of each.</param>
    public static LocalWorkers Start(int count, string seed, int threads) =>
        new([.. Enumerable.Range(1, count).Select(number => StartOne(number, seed, threads))]);

    public async ValueTask DisposeAsync()
    {
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
            process.StandardInput.WriteLine(Leave);
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

    private static Process StartOne(int number, string seed, int threads)
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

        foreach (var argument in (string[])["node", "--seed", seed, "--threads", threads.ToString(CultureInfo.InvariantCulture), Commands.NodeCommand.UntilInputCloses])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => Forward(number, line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private static void Forward(int number, string? line)
    {
        if (line is not null)
        {
            Console.Error.WriteLine($"worker {number.ToString(CultureInfo.InvariantCulture)}: {line}");
        }
    }
}
