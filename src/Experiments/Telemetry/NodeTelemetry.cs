using System.Runtime.CompilerServices;
using Akka.Actor;

namespace FLCrowd.Experiments.Telemetry;

/// <summary>
/// Exports what a node counts, where that is asked for: otherwise nothing is done, and nothing of OpenTelemetry loaded. A collector that is
/// away, or never answers, costs a process at most the timeout of one export, when it ends, and fails nothing.
/// </summary>
/// <param name="target">Where to; null: nowhere.</param>
/// <param name="warn">Told when the last export did not arrive; null: nobody.</param>
internal sealed class NodeTelemetry(TelemetryTarget? target, Action<string>? warn = null) : IAsyncDisposable
{
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Lock _lock = new();
    private OtlpExport? _export;
    private Task<bool> _sent = Task.FromResult(true);
    private long _begun;

    /// <summary>Exports the metrics of a system from now on, and those of one before no more.</summary>
    public void Watch(ActorSystem system)
    {
        if (target is not null)
        {
            End();
            lock (_lock)
            {
                _export = Start(target, system);
            }
        }
    }

    /// <summary>Begins the last export: to be called once nothing more happens in the system.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_export is not null)
            {
                (_sent, _begun, _export) = (_export.EndAsync(), _clock.GetTimestamp(), null);
            }
        }
    }

    /// <summary>Waits for the last export, until its timeout is over.</summary>
    public async ValueTask DisposeAsync()
    {
        End();
        if (target is not null && !await ArrivedAsync(target.Timeout - _clock.GetElapsedTime(_begun)))
        {
            _sent = Task.FromResult(true);
            warn?.Invoke($"the collector of metrics at {target.Endpoint} did not take the last ones (telemetry.otlp-endpoint)");
        }
    }

    private async Task<bool> ArrivedAsync(TimeSpan patience)
    {
        try
        {
            return await _sent.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Apart, so that nothing is loaded before it is needed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpExport Start(TelemetryTarget target, ActorSystem system) => OtlpExport.Start(target, system);
}
