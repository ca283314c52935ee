namespace FLCrowd.Bench;

/// <summary>Repeated measurements.</summary>
internal static class Measurements
{
    private const int Most = 8;
    private const double Steady = 0.05;

    /// <summary>
    /// Measures without counting until processor times are steady: the just-in-time compiler works on for seconds, and would be most of
    /// what small games show.
    /// </summary>
    /// <param name="measure">Measures once: microseconds of processor time of each thing that is measured.</param>
    public static async Task WarmUpAsync(Func<Task<double[]>> measure)
    {
        var before = await measure();
        for (int time = 1; time < Most; time++)
        {
            var now = await measure();
            if (now.Zip(before, (one, other) => Math.Abs(one / other - 1)).All(change => change < Steady))
            {
                return;
            }

            before = now;
        }
    }

    public static double Median(IEnumerable<double> values) => values.Order().ToList() is var ordered ? ordered[ordered.Count / 2] : 0;
}
