using System.Numerics;

namespace FLCrowd.Strategies.Aggregators;

/// <summary>
/// Order statistics of the reports, coordinate by coordinate. A vector register holds one report's values of several
/// neighbouring coordinates, and a sorting network sorts all of them at once: no branches, no transposition, and the scratch
/// (one register per report) stays in the first-level cache.
/// </summary>
internal static class Coordinatewise
{
    /// <summary>Writes the mean of the reports without the <paramref name="cut"/> smallest and largest in each coordinate.</summary>
    /// <param name="reports">At least one; finite.</param>
    /// <param name="cut">Less than half the number of reports.</param>
    /// <param name="next">Takes the result.</param>
    public static void TrimmedMean(IReadOnlyList<ReportedModel> reports, int cut, Span<float> next)
    {
        var lanes = new Vector<float>[reports.Count];
        for (int start = 0; start < next.Length; start += Vector<float>.Count)
        {
            int width = Math.Min(Vector<float>.Count, next.Length - start);
            Gather(reports, start, width, lanes);
            Sort(lanes);
            var mean = Mean(lanes.AsSpan(cut, lanes.Length - 2 * cut));
            if (width == Vector<float>.Count)
            {
                mean.CopyTo(next[start..]);
            }
            else
            {
                for (int i = 0; i < width; i++)
                {
                    next[start + i] = mean[i];
                }
            }
        }
    }

    private static void Gather(IReadOnlyList<ReportedModel> reports, int start, int width, Span<Vector<float>> lanes)
    {
        Span<float> padded = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < lanes.Length; i++)
        {
            var values = reports[i].Model.Span.Slice(start, width);
            if (width == Vector<float>.Count)
            {
                lanes[i] = new Vector<float>(values);
            }
            else
            {
                values.CopyTo(padded);
                lanes[i] = new Vector<float>(padded);
            }
        }
    }

    /// <summary>Batcher's merge exchange sort (Knuth, The Art of Computer Programming, 5.2.2, algorithm M).</summary>
    private static void Sort(Span<Vector<float>> lanes)
    {
        int largest = (int)BitOperations.RoundUpToPowerOf2((uint)lanes.Length) / 2;
        for (int p = largest; p > 0; p /= 2)
        {
            CompareExchange(lanes, first: 0, distance: p, p);
            for (int q = largest; q > p; q /= 2)
            {
                CompareExchange(lanes, first: p, distance: q - p, p);
            }
        }
    }

    /// <summary>Orders lanes i and i + distance for every i whose bit p is that of <paramref name="first"/>.</summary>
    private static void CompareExchange(Span<Vector<float>> lanes, int first, int distance, int p)
    {
        for (int start = first; start < lanes.Length - distance; start += 2 * p)
        {
            var low = lanes[start..Math.Min(start + p, lanes.Length - distance)];
            var high = lanes.Slice(start + distance, low.Length);
            for (int i = 0; i < low.Length; i++)
            {
                var a = low[i];
                var b = high[i];
                var swap = Vector.GreaterThan(a, b);
                low[i] = Vector.ConditionalSelect(swap, b, a);
                high[i] = Vector.ConditionalSelect(swap, a, b);
            }
        }
    }

    /// <summary>In double precision: a thousand floats lose three digits of seven otherwise.</summary>
    private static Vector<float> Mean(ReadOnlySpan<Vector<float>> lanes)
    {
        var (lower, upper) = (Vector<double>.Zero, Vector<double>.Zero);
        foreach (var lane in lanes)
        {
            Vector.Widen(lane, out var left, out var right);
            lower += left;
            upper += right;
        }

        return Vector.Narrow(lower / new Vector<double>(lanes.Length), upper / new Vector<double>(lanes.Length));
    }
}
