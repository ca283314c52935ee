using System.Globalization;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace FLCrowd.Experiments.Preparation;

/// <summary>
/// Finds the step size of the least mean loss: a coarse logarithmic grid on a few of the seeds, then windows of five step sizes around
/// the minimum on all of them, each a third as wide, until a narrower one would show noise rather than the shape of the loss
/// (<see cref="LossValley"/>).
/// </summary>
/// <param name="tuning">Range, grid and seeds.</param>
/// <param name="play">Plays episodes.</param>
internal sealed class StepSizeSearch(StepSizeTuning tuning, StepSizeSearch.Play play)
{
    private const int CoarseSeeds = 4;
    private const int MostWindows = 12;

    /// <summary>Half a window on the scale of log eta that is narrow enough for a cubic, and too narrow to show anything.</summary>
    private const double Narrow = 0.1, TooNarrow = 0.01;

    private readonly List<FailedStepSize> _failed = [];
    private int _episodes;

    /// <summary>Plays cooperative episodes.</summary>
    /// <param name="stepSize">eta.</param>
    /// <param name="seeds">How many, from the first seed on: two step sizes share the draws of each seed.</param>
    /// <returns>The final losses in the order of seeds, or why an episode failed.</returns>
    public delegate Task<(double[]? Losses, string? Failure)> Play(double stepSize, int seeds);

    /// <exception cref="SettingException">The loss has no minimum within the range, or noise hides it.</exception>
    public async Task<StepSizeOptimum> RunAsync()
    {
        double[] grid = Generate.LinearSpaced(tuning.Points, Math.Log(tuning.From), Math.Log(tuning.To));
        var means = (await PlayAsync(grid, Math.Min(CoarseSeeds, tuning.Seeds))).RowSums();
        int best = means.MinimumIndex();
        if (double.IsInfinity(means[best]))
        {
            throw new SettingException(
                $"{StepSizeTuning.Path}.from", $"is {Text(tuning.From)}, and no step size from there on trains: {_failed[0].Reason}");
        }

        return await RefineAsync(Within(grid[best], atBorder: best == 0 || best == grid.Length - 1), grid[1] - grid[0]);
    }

    private async Task<StepSizeOptimum> RefineAsync(double centre, double half)
    {
        for (int window = 0; window < MostWindows && half > TooNarrow; window++)
        {
            double[] points = Generate.LinearSpaced(5, centre - half, centre + half);
            var losses = await PlayAsync(points, tuning.Seeds);
            int best = losses.RowSums().MinimumIndex();

            // A minimum far from the best point is one of a cubic that does not fit: the window holds more than the valley.
            if (LossValley.Of(points, losses.ToRowArrays()) is { } valley && Math.Abs(valley.At - points[best]) <= half / 2)
            {
                centre = Within(valley.At);
                if (half <= Narrow || valley.Error > half / 6)
                {
                    return Found(valley);
                }

                half /= 3;
            }
            else
            {
                centre = Within(points[best]);
                half = best is 0 or 4 ? half : half / 2;
            }
        }

        throw new SettingException(
            $"{StepSizeTuning.Path}.seeds",
            $"is {tuning.Seeds}, too few to see a minimum of the {Name} loss near the step size {Text(Math.Exp(centre))}; raise seeds");
    }

    private async Task<Matrix<double>> PlayAsync(double[] logarithms, int seeds)
    {
        var losses = Matrix<double>.Build.Dense(logarithms.Length, seeds, double.PositiveInfinity);
        for (int point = 0; point < logarithms.Length; point++)
        {
            double stepSize = Math.Exp(logarithms[point]);
            var (played, failure) = await play(stepSize, seeds);
            _episodes += seeds;
            if (played is null)
            {
                _failed.Add(new FailedStepSize(Rounded(stepSize), failure!));
                continue;
            }

            losses.SetRow(point, [.. played.Select(loss => double.IsNaN(loss) ? double.PositiveInfinity : loss)]);
        }

        return losses;
    }

    /// <summary>The logarithm, if it is inside of the range.</summary>
    private double Within(double logarithm, bool atBorder = false)
    {
        double from = Math.Log(tuning.From), to = Math.Log(tuning.To);
        return !atBorder && logarithm > from && logarithm < to
            ? logarithm
            : throw (logarithm < (from + to) / 2
                ? new SettingException(
                    $"{StepSizeTuning.Path}.from",
                    $"is {Text(tuning.From)}, where the {Name} loss is least: it may be less below; use a smaller one")
                : new SettingException(
                    $"{StepSizeTuning.Path}.to",
                    $"is {Text(tuning.To)}, where the {Name} loss is least: it may be less above; use a larger one"));
    }

    private StepSizeOptimum Found(LossValley valley)
    {
        double stepSize = Rounded(Math.Exp(valley.At));
        return new StepSizeOptimum(
            stepSize, stepSize * valley.Error, tuning.Loss, valley.Loss, valley.Curvature, _episodes, _failed);
    }

    private string Name => tuning.Loss == TuningLoss.Test ? "test" : "training";

    /// <summary>To four digits, far below the standard error: a value that one can read and set.</summary>
    private static double Rounded(double stepSize) => double.Parse(Text(stepSize), CultureInfo.InvariantCulture);

    private static string Text(double stepSize) => stepSize.ToString("G4", CultureInfo.InvariantCulture);
}
