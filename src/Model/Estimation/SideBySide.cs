using System.Runtime.ExceptionServices;

namespace FLCrowd.Model.Estimation;

/// <summary>Work on several threads whose results do not depend on how many there are.</summary>
internal static class SideBySide
{
    /// <summary>Computes something for each of 0 .. <paramref name="count"/> - 1.</summary>
    public static T[] OfEach<T>(int count, Func<int, T> compute)
    {
        var results = new T[count];
        Run(count, k => results[k] = compute(k));
        return results;
    }

    /// <summary>Does something for each of 0 .. <paramref name="count"/> - 1; what one of them throws is thrown as it is.</summary>
    public static void Run(int count, Action<int> action)
    {
        try
        {
            Parallel.For(0, count, action);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
