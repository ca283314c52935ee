using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.OdeSolvers;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>
/// The replicator equation of a symmetric game (Taylor and Jonker 1978): dx_s/dt = x_s (u_s(x) - mean u(x)) / R. R, the range of the game's
/// payoffs, makes time free of a unit: rates are at most 1.
/// </summary>
/// <param name="game">The game.</param>
public sealed class Replicator(SymmetricGame game)
{
    /// <summary>Speeds below it are rest.</summary>
    private const double Still = 1e-9;

    /// <summary>What moves for so long is said not to come to rest.</summary>
    private const double Horizon = 2000;

    private const double Chunk = 10;
    private const int StepsPerChunk = 40;

    /// <summary>A trajectory keeps a point wherever some share moved by this much.</summary>
    private const double Resolution = 0.01;

    private readonly double _scale = game.Range > 0 ? game.Range : 1;

    /// <summary>dx/dt at a mixture.</summary>
    /// <param name="mixture">Shares of the strategies.</param>
    /// <returns>By strategy, per unit of time; a new array.</returns>
    /// <exception cref="ArgumentException">There are more or fewer shares than strategies.</exception>
    public double[] Velocity(IReadOnlyList<double> mixture)
    {
        var payoffs = game.Payoffs(mixture);
        double mean = payoffs.Zip(mixture, (payoff, share) => payoff * share).Sum();
        return [.. payoffs.Zip(mixture, (payoff, share) => share * (payoff - mean) / _scale)];
    }

    /// <summary>Follows the equation by Runge and Kutta's method of order four until nothing moves, or up to a horizon of 2,000.</summary>
    /// <param name="start">Shares, at least 0, with sum 1.</param>
    /// <exception cref="ArgumentException">The start is no mixture of the game's strategies.</exception>
    public Trajectory From(IReadOnlyList<double> start)
    {
        game.CheckShares(start);
        if (start.Any(share => !(share >= 0)) || !(Math.Abs(start.Sum() - 1) <= 1e-6))
        {
            throw new ArgumentException("Shares are at least 0 and add up to 1.", nameof(start));
        }

        double[] at = [.. start];
        var points = new List<(double Time, ImmutableArray<double> Mixture)> { (0, [.. at]) };
        double time = 0, last = 0;
        while (time < Horizon && Speed(at) > Still)
        {
            // As many points as steps, the first of them the start.
            var chunk = RungeKutta.FourthOrder(
                Vector<double>.Build.DenseOfArray(at), 0, Chunk, StepsPerChunk + 1,
                (double _, Vector<double> y) => Vector<double>.Build.DenseOfArray(Velocity(y.ToArray())));
            for (int step = 1; step <= StepsPerChunk; step++)
            {
                at = OnSimplex(chunk[step]);
                last = time + step * Chunk / StepsPerChunk;
                if (at.Zip(points[^1].Mixture, (now, before) => Math.Abs(now - before)).Max() > Resolution)
                {
                    points.Add((last, [.. at]));
                }
            }

            time += Chunk;
        }

        if (points[^1].Time < last)
        {
            points.Add((last, [.. at]));
        }

        return new Trajectory(points, Speed(at) <= 1e-6);
    }

    /// <summary>
    /// How perturbations of a rest point grow: the largest real part of the eigenvalues of the equation's derivative within the simplex.
    /// </summary>
    /// <param name="rest">Shares of a rest point.</param>
    /// <returns>A rate, per unit of time: below 0 where perturbations die out.</returns>
    /// <exception cref="ArgumentException">There are more or fewer shares than strategies.</exception>
    public double Growth(IReadOnlyList<double> rest)
    {
        game.CheckShares(rest);
        const double Step = 1e-6;
        int free = game.Strategies - 1;

        // Coordinates are all shares but the largest, whose share is what is left.
        int dependent = Enumerable.Range(0, game.Strategies).MaxBy(strategy => rest[strategy]);
        int[] independent = [.. Enumerable.Range(0, game.Strategies).Where(strategy => strategy != dependent)];
        var derivative = Matrix<double>.Build.Dense(free, free);
        for (int column = 0; column < free; column++)
        {
            double[] ahead = Velocity(Moved(Step)), behind = Velocity(Moved(-Step));
            for (int row = 0; row < free; row++)
            {
                derivative[row, column] = (ahead[independent[row]] - behind[independent[row]]) / (2 * Step);
            }

            double[] Moved(double by)
            {
                double[] moved = [.. rest];
                moved[independent[column]] += by;
                moved[dependent] -= by;
                return moved;
            }
        }

        return derivative.Evd().EigenValues.Max(value => value.Real);
    }

    private double Speed(double[] mixture) => Velocity(mixture).Max(Math.Abs);

    private static double[] OnSimplex(Vector<double> mixture)
    {
        double[] positive = [.. mixture.Select(share => Math.Max(0, share))];
        double sum = positive.Sum();
        return [.. positive.Select(share => share / sum)];
    }
}
