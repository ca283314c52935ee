using System.Diagnostics;
using System.Globalization;

namespace FLCrowd.Host.Tests.Cluster;

/// <summary>What can be seen of a process from outside.</summary>
internal static class Observe
{
    /// <summary>Reads standard output up to the first line that holds a text, and gives that line.</summary>
    public static async Task<string> LineWithAsync(this Process process, string text)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException(
            $"'{text}' was not said; instead: {await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }

    /// <summary>Looks again and again until something is so.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!isSo())
        {
            await looks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Processes that any thread of another one started, the oldest first.</summary>
    public static List<Process> Children(this Process parent) => [.. Directory
        .EnumerateDirectories($"/proc/{parent.Id}/task")
        .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(id => int.Parse(id, CultureInfo.InvariantCulture))
        .Order()
        .Select(Process.GetProcessById)];

    /// <summary>The address that a node says once it has joined.</summary>
    public static async Task<string> AddressAsync(this Process node)
    {
        var line = await node.LineWithAsync(": ");
        return line[..line.IndexOf(": ", StringComparison.Ordinal)];
    }
}
