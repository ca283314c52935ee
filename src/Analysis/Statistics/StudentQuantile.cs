using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;

namespace FLCrowd.Analysis.Statistics;

/// <summary>Quantiles of Student's distribution, as far out as intervals that hold together for many means need them.</summary>
public static class StudentQuantile
{
    /// <summary>
    /// MathNet looks for quantiles between -800 and 800, until the probability differs by less than about 1e-12: those of rarer tails it
    /// does not find, or misses.
    /// </summary>
    private const double Farthest = 800, Rarest = 1e-6;

    /// <summary>The value that is exceeded with a probability.</summary>
    /// <param name="freedom">Degrees of freedom, above 0.</param>
    /// <param name="tail">The probability, in (0, 1/2].</param>
    /// <returns>At least 0; infinity where it is larger than any number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double Above(double freedom, double tail)
    {
        if (!(freedom > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(freedom), freedom, "must be above 0");
        }

        if (!(tail is > 0 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(tail), tail, "must be above 0 and at most 1/2");
        }

        return tail >= Rarest && tail > Tail(freedom, Farthest) ? StudentT.InvCDF(0, 1, freedom, 1 - tail) : Search(freedom, tail);
    }

    /// <summary>The probability of more than a value above 0.</summary>
    private static double Tail(double freedom, double value) =>
        SpecialFunctions.BetaRegularized(freedom / 2, 0.5, freedom / (freedom + value * value)) / 2;

    /// <summary>In logarithms of both, which are nearly a line: log P(T > t) against log t.</summary>
    private static double Search(double freedom, double tail)
    {
        double high = 1;
        while (Tail(freedom, high) > tail)
        {
            high *= 2;
            if (!double.IsFinite(high * high))
            {
                return double.PositiveInfinity;
            }
        }

        double wanted = Math.Log(tail), far = Math.Log(high);
        return Math.Exp(Brent.FindRoot(at => Math.Log(Tail(freedom, Math.Exp(at))) - wanted, far - Math.Log(2), far, 1e-13, 200));
    }
}
