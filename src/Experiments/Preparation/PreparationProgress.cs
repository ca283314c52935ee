using System.Globalization;

namespace FLCrowd.Experiments.Preparation;

/// <summary>Says every ten seconds how much was played before the games: tunings and pilots take minutes, and nobody knows how many
/// episodes they will need.</summary>
/// <param name="say">Where it is said.</param>
/// <param name="clock">Measures.</param>
internal sealed class PreparationProgress(Action<string> say, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private string _what = "";
    private long _start;
    private TimeSpan _said;
    private int _episodes;

    /// <summary>Something else begins.</summary>
    /// <param name="what">What is played.</param>
    public void Begin(string what)
    {
        lock (_lock)
        {
            (_what, _start, _said, _episodes) = (what, clock.GetTimestamp(), TimeSpan.Zero, 0);
        }
    }

    /// <summary>Follows some more episodes of it: is told how many of them are played.</summary>
    public Action<int> Follow()
    {
        int before = 0;
        return played =>
        {
            lock (_lock)
            {
                (_episodes, before) = (_episodes + played - before, played);
                var passed = clock.GetElapsedTime(_start);
                if (passed - _said >= Interval)
                {
                    _said = passed;
                    say(string.Create(
                        CultureInfo.InvariantCulture, $"{_what}: {_episodes:n0} episodes in {passed.TotalSeconds:0} s so far"));
                }
            }
        };
    }
}
