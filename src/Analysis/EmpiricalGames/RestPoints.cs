using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.RootFinding;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>
/// Finds rest points: mixtures in which all strategies that are played are paid the same. Pure ones; of two strategies, all roots of their
/// difference in payoff on a fine grid; of more, what Newton's method finds from a grid of starts. Points that are not isolated, as where
/// two
/// strategies are always paid the same, are left out.
/// </summary>
public static class RestPoints
{
    private const int Grid = 200;
    private const int Parts = 12;
    private const int MostIterations = 50;

    /// <summary>Points closer than this are the same.</summary>
    private const double Distance = 1e-3;

    /// <summary>A rate, as a share of the payoffs' range over which time runs, that is none.</summary>
    private const double Rate = 1e-6;

    /// <summary>The rest points of a game: pure ones first, then those of two strategies, and so on.</summary>
    /// <param name="game">The game.</param>
    public static IReadOnlyList<RestPoint> Of(SymmetricGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        var replicator = new Replicator(game);
        var points = new List<double[]>();
        for (int subset = 1; subset < 1 << game.Strategies; subset++)
        {
            int[] support = [.. Enumerable.Range(0, game.Strategies).Where(strategy => (subset >> strategy & 1) == 1)];
            var found = support.Length switch
            {
                1 => [Embed([1], support, game.Strategies)],
                2 => OfPair(game, support),
                _ => OfSupport(game, support),
            };
            foreach (var point in found)
            {
                if (points.All(other => Apart(other, point) > Distance))
                {
                    points.Add(point);
                }
            }
        }

        return [.. points
            .OrderBy(point => point.Count(share => share > 0))
            .ThenByDescending(point => point[0]).ThenByDescending(point => point[1])
            .Select(point => new RestPoint([.. point], MeanPayoff(game, point), replicator.Growth(point) switch
            {
                < -Rate => Stability.Stable,
                > Rate => Stability.Unstable,
                _ => Stability.Neutral,
            }))];
    }

    /// <summary>How far two mixtures are apart: the largest difference of a share.</summary>
    /// <param name="one">Shares of the strategies.</param>
    /// <param name="other">Shares of the same strategies.</param>
    public static double Apart(IReadOnlyList<double> one, IReadOnlyList<double> other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Max();

    private static double MeanPayoff(SymmetricGame game, double[] mixture) =>
        game.Payoffs(mixture).Zip(mixture, (payoff, share) => payoff * share).Sum();

    /// <summary>Every change of sign of the difference on a grid, then Brent's method.</summary>
    private static IEnumerable<double[]> OfPair(SymmetricGame game, int[] support)
    {
        double rounding = 1e-12 * Math.Max(game.Range, double.Epsilon);

        // Brent's method takes what is below its accuracy for 0, whatever the unit of money is.
        double unit = game.Range is > 0 and < 1 ? Math.ScaleB(1, Math.ILogB(game.Range)) : 1;
        double last = double.NaN, lastShare = 0;
        for (int step = 1; step < Grid; step++)
        {
            double share = (double)step / Grid, now = Difference(share);
            if (Math.Abs(now) <= rounding)
            {
                // A root; where everything is one, none is isolated.
                if (Math.Abs(Difference(share + 0.1 / Grid)) > rounding)
                {
                    yield return At(share);
                }

                last = double.NaN;
                continue;
            }

            // Not by the sign of the product, which may underflow.
            if ((last < 0 ? now > 0 : last > 0 && now < 0)
                && Brent.TryFindRoot(at => Difference(at) / unit, lastShare, share, 1e-12, 200, out double root))
            {
                yield return At(root);
            }

            (last, lastShare) = (now, share);
        }

        double Difference(double share)
        {
            var payoffs = game.Payoffs(At(share));
            return payoffs[support[0]] - payoffs[support[1]];
        }

        double[] At(double share) => Embed([share, 1 - share], support, game.Strategies);
    }

    private static IEnumerable<double[]> OfSupport(SymmetricGame game, int[] support) =>
        Compositions.Mixtures(Math.Max(Parts, support.Length + 2), support.Length)
            .Select(start => Newton(game, support, start)).OfType<double[]>();

    private static double[]? Newton(SymmetricGame game, int[] support, double[] start)
    {
        int free = support.Length - 1;
        double[] at = [.. start.Take(free)];
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            var value = Differences(at);
            var slope = Matrix<double>.Build.Dense(free, free);
            for (int column = 0; column < free; column++)
            {
                double[] moved = [.. at];
                moved[column] += 1e-7;
                slope.SetColumn(column, (Differences(moved) - value) / 1e-7);
            }

            // Nearly singular: the point would not be isolated.
            if (Math.Abs(slope.Determinant()) < 1e-9)
            {
                return null;
            }

            var step = slope.Solve(value);
            double[] next = [.. at.Zip(step, (share, by) => share - by)];
            if (next.Any(share => share < -1 || share > 2))
            {
                return null;
            }

            at = next;
            if (step.AbsoluteMaximum() < 1e-12)
            {
                double[] mixture = [.. at, 1 - at.Sum()];
                return mixture.All(share => share > Distance) ? Embed(mixture, support, game.Strategies) : null;
            }
        }

        return null;

        // As shares of the range: their slopes have no unit.
        Vector<double> Differences(double[] shares)
        {
            var payoffs = game.Payoffs(Embed([.. shares, 1 - shares.Sum()], support, game.Strategies));
            double range = Math.Max(game.Range, double.Epsilon);
            return Vector<double>.Build.Dense(free, row => (payoffs[support[row]] - payoffs[support[free]]) / range);
        }
    }

    private static double[] Embed(double[] shares, int[] support, int strategies)
    {
        var all = new double[strategies];
        for (int index = 0; index < support.Length; index++)
        {
            all[support[index]] = shares[index];
        }

        return all;
    }
}
