using System.Globalization;
using Akka.Event;

namespace FLCrowd.Actors.Network;

/// <summary>Says what may happen very often in a line every few seconds, with how often it did.</summary>
/// <param name="log">Where to.</param>
/// <param name="what">What happened, such as "connections refused".</param>
/// <param name="clock">When.</param>
internal sealed class Tally(ILoggingAdapter log, string what, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long? _said;
    private long _count;
    private string _last = "";

    /// <summary>It happened again: the first time is said at once.</summary>
    public void Count(string how)
    {
        lock (_lock)
        {
            (_count, _last) = (_count + 1, how);
            if (_said is not { } said || clock.GetElapsedTime(said) >= Pause)
            {
                Say();
            }
        }
    }

    /// <summary>Says what was counted since.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_count > 0)
            {
                Say();
            }
        }
    }

    private void Say()
    {
        log.Warning(_count == 1
            ? $"{what}: {_last}"
            : string.Create(CultureInfo.InvariantCulture, $"{what}: {_count:N0}, the last: {_last}"));
        (_said, _count) = (clock.GetTimestamp(), 0);
    }
}
