using System.Globalization;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Optimization;

namespace FLCrowd.Experiments.Preparation;

/// <summary>
/// Finds the schedule and momentum of the least mean loss together: J. Nelder and R. Mead's simplex (The Computer Journal 7, 1965) on a
/// few of the seeds, from the best constant step size; then quadratic surfaces around its minimum on all of them
/// (<see cref="LossBasin"/>), the last of which says how sure the minimum is; then fresh draws say what the loss is there and how flat.
/// </summary>
/// <param name="tuning">Range, grid, seeds, and what is free.</param>
/// <param name="protocol">What is not.</param>
/// <param name="play">Plays episodes.</param>
internal sealed class ProtocolSearch(StepSizeTuning tuning, TrainingProtocol protocol, ProtocolSearch.Play play)
{
    private const int FewSeeds = 8;
    private const int MostSteps = 60;
    private const int MostSurfaces = 8;

    /// <summary>How wide a surface is at first, and at least.</summary>
    private const double Radius = 0.5, LeastRadius = 0.2;

    /// <summary>From how many standard errors on a rise of the loss beside the minimum is one: it is asked of up to six.</summary>
    private const double Seen = 2.5;

    /// <summary>What is added to a loss that is none, so that the simplex turns back.</summary>
    private const double Bad = 1e3;

    private readonly FreeProtocol _space = new(protocol, tuning);
    private string? _failure;
    private int _episodes;

    /// <summary>Plays cooperative episodes.</summary>
    /// <param name="protocol">How the crowd trains.</param>
    /// <param name="seeds">From the first to below the second: two protocols share the draws of each seed.</param>
    /// <param name="reports">Who reports otherwise, and how; null: nobody.</param>
    /// <returns>The final losses in the order of seeds, or why an episode failed.</returns>
    public delegate Task<(double[]? Losses, string? Failure)> Play(
        TrainingProtocol protocol, (int From, int To) seeds, (int Client, string Report)? reports = null);

    /// <param name="clients">How many clients there are.</param>
    /// <exception cref="SettingException">The loss has no minimum within the range, or noise hides it.</exception>
    public async Task<(TrainingProtocol Protocol, ProtocolOptimum Optimum)> RunAsync(int clients)
    {
        double[] start = _space.Start(await ConstantAsync());

        // The simplex asks for one loss after the other, and this thread waits for the actors.
        double[] near = await Task.Run(() => Simplex(start));
        var (basin, radius) = await SurfaceAsync(near);
        var (found, fresh, parameters) = await ConfirmAsync(basin, radius);
        var slopes = await SlopesAsync(found, clients);
        return (found, new ProtocolOptimum(parameters, tuning.Loss, basin.Loss, fresh, _episodes, slopes));
    }

    /// <summary>The best of a coarse grid of constant step sizes, without momentum.</summary>
    private async Task<double> ConstantAsync()
    {
        var constant = protocol with { Schedule = null, Momentum = 0 };
        (double StepSize, double Loss) best = (0, double.PositiveInfinity);
        foreach (double log in Generate.LinearSpaced(tuning.Points, Math.Log(tuning.From), Math.Log(tuning.To)))
        {
            double loss = Mean(await PlayAsync(constant with { StepSize = Math.Exp(log) }, (0, Math.Min(FewSeeds, tuning.Seeds) / 2)));
            best = loss < best.Loss ? (Math.Exp(log), loss) : best;
        }

        return double.IsFinite(best.Loss)
            ? best.StepSize
            : throw new SettingException(
                $"{StepSizeTuning.Path}.from", $"is {tuning.From}, and no step size from there on trains: {_failure}");
    }

    private double[] Simplex(double[] start)
    {
        int seeds = Math.Min(FewSeeds, tuning.Seeds);
        var (best, least) = (start, double.PositiveInfinity);
        var loss = ObjectiveFunction.Value(point =>
        {
            double mean = Mean(PlayAsync(_space.At([.. point]), (0, seeds)).GetAwaiter().GetResult());
            if (mean < least)
            {
                (best, least) = ([.. point], mean);
            }

            return double.IsFinite(mean) ? mean : Bad + point.Subtract(DenseVector.OfArray(start)).L2Norm();
        });
        try
        {
            NelderMeadSimplex.Minimum(
                loss, DenseVector.OfArray(start), DenseVector.Create(start.Length, 0.5), convergenceTolerance: 1e-4, MostSteps);
        }
        catch (MaximumIterationsException)
        {
            // What was best so far is near enough for surfaces.
        }

        return best;
    }

    /// <summary>Surfaces, each about the minimum of the one before, ever narrower as long as noise allows it.</summary>
    private async Task<(LossBasin Basin, double Radius)> SurfaceAsync(double[] centre)
    {
        double radius = Radius;
        for (int surface = 0; surface < MostSurfaces; surface++)
        {
            // A design that goes beyond the range is one about a point that is inside.
            centre = Inside(centre, radius);
            var points = LossBasin.Design(centre, radius);
            var losses = new List<double[]>();
            foreach (var point in points)
            {
                losses.Add(await PlayAsync(_space.At(point), (0, tuning.Seeds)));
            }

            if (LossBasin.Of(points, radius, losses) is not { } basin)
            {
                // Some corner does not train.
                var means = losses.Select(Mean).ToList();
                (centre, radius) = (points[means.IndexOf(means.Min())], radius / 1.5);
                continue;
            }

            centre = [.. basin.At];
            bool isLast = surface == MostSurfaces - 1;
            if (isLast || (surface > 0 && basin.IsInside && (radius <= LeastRadius * 1.01 || basin.Errors.Max() > radius / 4)))
            {
                return (Within(basin, radius), radius);
            }

            radius = basin.IsInside ? Math.Max(LeastRadius, radius / 1.6) : radius;
        }

        throw new SettingException(
            $"{StepSizeTuning.Path}.to", $"is {tuning.To}: near the best protocol that was found others do not train: {_failure}");
    }

    /// <summary>A loss that is least at an end of the range, or beyond, may be less there.</summary>
    private LossBasin Within(LossBasin basin, double radius)
    {
        for (int k = 0; k < basin.At.Count; k++)
        {
            var (least, most) = _space.Limits(k);
            double near = radius / 10;
            if (basin.At[k] <= least + near || basin.At[k] >= most - near)
            {
                throw _space.AtBorder(k, isLow: basin.At[k] <= least + near);
            }
        }

        return basin;
    }

    /// <summary>The nearest point about which all of a design is in the range.</summary>
    private double[] Inside(double[] centre, double radius) => [.. centre.Select((value, k) => _space.Limits(k) is var (least, most)
        && most - least > 2 * radius ? Math.Clamp(value, least + radius, most - radius) : (least + most) / 2)];

    private async Task<(TrainingProtocol Found, Moments Loss, TunedParameter[] Parameters)> ConfirmAsync(LossBasin basin, double radius)
    {
        var seeds = (tuning.Seeds, 2 * tuning.Seeds);
        var found = _space.At(basin.At)!;
        double[] there = await PlayAsync(found, seeds);
        if (!double.IsFinite(Mean(there)))
        {
            throw new SettingException(
                $"{StepSizeTuning.Path}.seeds", $"is {tuning.Seeds}, and on other draws the best protocol fails: {_failure}");
        }

        var parameters = new List<TunedParameter>();
        for (int axis = 0; axis < basin.At.Count; axis++)
        {
            var sides = new List<Moments?>();
            foreach (double by in (double[])[-radius, radius])
            {
                int moved = axis;
                var at = _space.At([.. basin.At.Select((value, k) => k == moved ? value + by : value)]);
                double[] losses = await PlayAsync(at, seeds);
                sides.Add(double.IsFinite(Mean(losses)) ? Moments.Of([.. losses.Zip(there, (loss, least) => loss - least)]) : null);
            }

            parameters.Add(new TunedParameter(
                _space.Names[axis],
                _space.Value(axis, basin.At[axis]),
                _space.Difference(axis, basin.At[axis], basin.Errors[axis]),
                _space.StepOf(axis, radius),
                sides[0],
                sides[1]));
        }

        return parameters.SelectMany(parameter => (Moments?[])[parameter.Below, parameter.Above])
            .Any(rise => rise is { } seen && seen.Mean > Seen * seen.StandardError)
            ? (found, Moments.Of(there), [.. parameters])
            : throw new SettingException(
                $"{StepSizeTuning.Path}.seeds",
                $"is {tuning.Seeds}, too few to see a minimum of the loss near "
                + $"{string.Join(", ", parameters.Select(parameter => $"{parameter.Name} {parameter.Value}"))}; raise seeds");
    }

    /// <summary>Central differences on the fresh draws.</summary>
    private async Task<ScalingSlope[]> SlopesAsync(TrainingProtocol found, int clients)
    {
        const double Step = 0.25;
        var slopes = new List<ScalingSlope>();
        for (int client = 0; client < clients && tuning.Parts > 0; client++)
        {
            for (int part = 0; part < tuning.Parts; part++)
            {
                double[] more = await ScaledAsync(client, part, 1 + Step), less = await ScaledAsync(client, part, 1 - Step);
                slopes.Add(new ScalingSlope(client, part, Moments.Of([.. more.Zip(less, (up, down) => (up - down) / (2 * Step))])));
            }
        }

        return [.. slopes];

        Task<double[]> ScaledAsync(int client, int part, double scale)
        {
            var scales = Enumerable.Range(0, tuning.Parts).Select(k => (k == part ? scale : 1).ToString(CultureInfo.InvariantCulture));
            return PlayAsync(found, (tuning.Seeds, 2 * tuning.Seeds), (client, $"pieces {string.Join(' ', scales)}"));
        }
    }

    /// <summary>Losses; infinite ones where a protocol is out of range or an episode failed.</summary>
    private async Task<double[]> PlayAsync(TrainingProtocol? at, (int From, int To) seeds, (int Client, string Report)? reports = null)
    {
        int count = seeds.To - seeds.From;
        if (at is null)
        {
            return [.. Enumerable.Repeat(double.PositiveInfinity, count)];
        }

        _episodes += count;
        var (losses, failure) = await play(at, seeds, reports);
        _failure ??= failure;
        return losses is null
            ? [.. Enumerable.Repeat(double.PositiveInfinity, count)]
            : [.. losses.Select(loss => double.IsNaN(loss) ? double.PositiveInfinity : loss)];
    }

    private static double Mean(double[] losses) => losses.Average();
}
