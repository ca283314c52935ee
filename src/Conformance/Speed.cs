using System.Diagnostics;

namespace FLCrowd.Conformance;

/// <summary>Measures against a budget on a machine that may be busy: the best of a few tries counts, and one that is good enough ends
/// it.</summary>
internal static class Speed
{
    private const int Tries = 5;

    /// <param name="rule">The rule's name.</param>
    /// <param name="budget">The time for one act.</param>
    /// <param name="act">What is done, in words.</param>
    /// <param name="play">Does it some times, and returns how often; the first time does not count.</param>
    public static void Check(string rule, TimeSpan budget, string act, Func<int> play)
    {
        play();
        var best = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < Tries && best > budget; attempt++)
        {
            long start = Stopwatch.GetTimestamp();
            int count = play();
            var each = Stopwatch.GetElapsedTime(start) / Math.Max(1, count);
            best = each < best ? each : best;
        }

        if (best > budget)
        {
            throw new ConformanceException(
                rule, FormattableString.Invariant(
                    $"{act} takes {best.TotalMilliseconds:G3} ms; the budget is {budget.TotalMilliseconds:G3} ms (Budget)"));
        }
    }
}
