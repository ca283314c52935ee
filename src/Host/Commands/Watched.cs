using FLCrowd.Experiments.Runs;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Terminal;
using FLCrowd.Host.Watching;

namespace FLCrowd.Host.Commands;

/// <summary>A run that is shown on the terminal and, where that is asked for, on a page.</summary>
internal static class Watched
{
    /// <param name="look">Where one may look on besides the terminal.</param>
    /// <param name="json">Whether standard output is for one JSON object.</param>
    /// <param name="run">Runs.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(Look look, bool json, Func<IRunObserver, CancellationToken, Task<RunOutcome>> run)
    {
        var terminal = new RunTerminal(json);
        if (look == Look.None)
        {
            return await Commanded.RunAsync(cancel => run(terminal, cancel));
        }

        await using var watching = new WatchingObserver(terminal, opens: look == Look.Page, TimeProvider.System);
        int code = await Commanded.RunAsync(cancel => run(watching, cancel));
        bool isInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        if (look == Look.Page && watching.Address is not null && code != ExitCode.Interrupted && isInteractive)
        {
            terminal.Say($"the page stays at {watching.Address} until Ctrl-C");
            using var interruption = new Interruption();
            await interruption.UntilAsync();
        }

        return code;
    }
}

/// <summary>Where one may look on while a run is played.</summary>
internal enum Look
{
    /// <summary>On the terminal only.</summary>
    None,

    /// <summary>On a page whose address is printed, for as long as the run is played.</summary>
    Meanwhile,

    /// <summary>On a page that is opened where there is a desktop, and stays until Ctrl-C where somebody sits at the terminal.</summary>
    Page,
}
