using System.Diagnostics.Metrics;
using Akka.Actor;
using FLCrowd.Actors.Metrics;

namespace FLCrowd.Actors.Tests.Metrics;

/// <summary>What a node counts, summed up by instrument as a listener hears it.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _sums = [];
    private readonly Dictionary<string, long> _highest = [];
    private readonly List<Instrument> _instruments = [];
    private readonly Lock _lock = new();

    /// <param name="system">The node: there are others in this process.</param>
    public Counted(ActorSystem system)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == CrowdMeter.Name && ReferenceEquals(instrument.Meter.Scope, system))
            {
                lock (_lock)
                {
                    _instruments.Add(instrument);
                }

                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string name = tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Key}={tags[0].Value}";
            lock (_lock)
            {
                _sums[name] = this[name] + value;
                _highest[name] = Math.Max(_highest.GetValueOrDefault(name), _sums[name]);
            }
        });
        _listener.Start();
    }

    /// <summary>The sum of an instrument, with its tag where it has one; 0 where nothing was counted.</summary>
    public long this[string name]
    {
        get
        {
            lock (_lock)
            {
                return _sums.GetValueOrDefault(name);
            }
        }
    }

    /// <summary>What a sum was at most.</summary>
    public long Highest(string name)
    {
        lock (_lock)
        {
            return _highest.GetValueOrDefault(name);
        }
    }

    /// <summary>Everything that could be counted.</summary>
    public IReadOnlyList<Instrument> Instruments
    {
        get
        {
            lock (_lock)
            {
                return [.. _instruments];
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}
