using System.Diagnostics.Metrics;
using FLCrowd.Actors.Metrics;

namespace FLCrowd.Host.Watching;

/// <summary>Messages that this process's nodes sent again or dropped, and what they sent of models to other nodes, from when this was
/// made.</summary>
internal sealed class Traffic : IDisposable
{
    private const string Resends = "flcrowd.messages.resent";
    private const string Drops = "flcrowd.messages.dropped";
    private const string Models = "flcrowd.model.sent";

    private readonly MeterListener _listener = new();
    private long _resent;
    private long _dropped;
    private long _bytes;

    public Traffic()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == CrowdMeter.Name && instrument.Name is Resends or Drops or Models)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, _, _) => Interlocked.Add(ref Of(instrument.Name), count));
        _listener.Start();
    }

    /// <summary>Messages that were sent again.</summary>
    public long Resent => Interlocked.Read(ref _resent);

    /// <summary>Messages that had no effect.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Bytes of models that went to other nodes.</summary>
    public long ModelBytes => Interlocked.Read(ref _bytes);

    public void Dispose() => _listener.Dispose();

    private ref long Of(string instrument)
    {
        switch (instrument)
        {
            case Resends:
                return ref _resent;
            case Drops:
                return ref _dropped;
            default:
                return ref _bytes;
        }
    }
}
