using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Runs;

namespace FLCrowd.Host.Shell;

/// <summary>A command's run, as the shell sees it.</summary>
internal static class Commanded
{
    /// <summary>Lets Ctrl-C and SIGTERM interrupt a run.</summary>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<RunOutcome>> run)
    {
        using var interruption = new Interruption();
        var outcome = await run(interruption.Token);
        return outcome.Record.Status switch
        {
            RunStatus.Completed => ExitCode.Done,
            RunStatus.Interrupted => ExitCode.Interrupted,
            _ => outcome.IsBadInput ? ExitCode.BadInput : ExitCode.RunFailed,
        };
    }
}
