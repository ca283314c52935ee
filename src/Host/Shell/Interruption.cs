using System.Runtime.InteropServices;

namespace FLCrowd.Host.Shell;

/// <summary>The first Ctrl-C or SIGTERM asks the run to end; the second one ends the process as it always does.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="ignoresCtrlC">Ctrl-C goes to all processes of a terminal: one whose parent tells it when to end does not
    /// listen.</param>
    public Interruption(bool ignoresCtrlC = false) => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, ignoresCtrlC ? context => context.Cancel = true : Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>Waits for it.</summary>
    public async Task UntilAsync()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Token.Register(() => asked.TrySetResult());
        await asked.Task;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
