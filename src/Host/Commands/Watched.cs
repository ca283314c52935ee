using FLCrowd.Experiments.Runs;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Terminal;
using FLCrowd.Host.Watching;

namespace FLCrowd.Host.Commands;

/// <summary>A run that is shown on the terminal and, where that is asked for, on a page.</summary>
internal static class Watched
{
    /// <param name="isWatched">Whether there is a page.</param>
    /// <param name="json">Whether standard output is for one JSON object.</param>
    /// <param name="run">Runs.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(
        bool isWatched, bool json, Func<IRunObserver, CancellationToken, Task<RunOutcome>> run)
    {
        var terminal = new RunTerminal(json);
        if (!isWatched)
        {
            return await Commanded.RunAsync(cancel => run(terminal, cancel));
        }

        await using var watching = new WatchingObserver(terminal, TimeProvider.System);
        int code = await Commanded.RunAsync(cancel => run(watching, cancel));
        if (watching.Address is not null && code != ExitCode.Interrupted && !Console.IsInputRedirected && !Console.IsOutputRedirected)
        {
            terminal.Say($"the page stays at {watching.Address} until Ctrl-C");
            using var interruption = new Interruption();
            await interruption.UntilAsync();
        }

        return code;
    }
}
