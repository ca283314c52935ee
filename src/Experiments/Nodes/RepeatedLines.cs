using System.Globalization;

namespace FLCrowd.Experiments.Nodes;

/// <summary>
/// Lets one line of each kind pass every few seconds, and says how many were left out since: what a stranger can cause as often as it likes
/// stays short.
/// </summary>
internal sealed class RepeatedLines(TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Dictionary<object, (long Said, int LeftOut, string Last)> _kinds = [];

    /// <returns>What to say; null: nothing for now.</returns>
    public string? Pass(object kind, string line)
    {
        if (_kinds.TryGetValue(kind, out var seen) && clock.GetElapsedTime(seen.Said) < Pause)
        {
            _kinds[kind] = seen with { LeftOut = seen.LeftOut + 1, Last = line };
            return null;
        }

        _kinds[kind] = (clock.GetTimestamp(), 0, line);
        return With(line, seen.LeftOut);
    }

    /// <summary>What was left out and not told yet.</summary>
    public IEnumerable<string> Rest() => _kinds.Values.Where(kind => kind.LeftOut > 0).Select(kind => With(kind.Last, kind.LeftOut - 1));

    private static string With(string line, int leftOut) =>
        leftOut == 0 ? line : string.Create(CultureInfo.InvariantCulture, $"{line} ({leftOut:N0} more of this kind before)");
}
