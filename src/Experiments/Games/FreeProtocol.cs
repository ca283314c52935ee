using System.Globalization;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Games;

/// <summary>
/// A protocol as a point of a space in which one unit is much: logarithms of step sizes and of the decay, and fifths of momentum.
/// </summary>
/// <param name="protocol">All that is not free.</param>
/// <param name="tuning">What is free.</param>
public sealed class FreeProtocol(TrainingProtocol protocol, StepSizeTuning tuning)
{
    /// <summary>The setting of momentum.</summary>
    public const string Momentum = "momentum";

    private readonly IReadOnlyList<FreeParameters> _free = tuning.FreeOnes;

    private const double MomentumUnit = 0.2;
    private const double MostMomentum = 0.95;

    /// <summary>A decay with which the last step size is as good as the first, and one with which the second is nothing.</summary>
    private const double LeastDecay = 1e-4, MostDecay = 100;

    private const double Rounding = 1e-9;

    private bool IsLinear => protocol.Schedule?.Shape == StepShape.Linear;

    /// <summary>The names of the free settings.</summary>
    public IReadOnlyList<string> Names => [.. _free.Select(free => free switch
    {
        FreeParameters.First => protocol.Schedule is null ? "step size" : "first step size",
        FreeParameters.Shape => IsLinear ? "last step size" : "decay",
        _ => Momentum,
    })];

    /// <summary>A start from the best constant step size: longer steps first, and shorter ones at the end.</summary>
    /// <param name="constant">That step size.</param>
    public double[] Start(double constant) => [.. _free.Select(free => free switch
    {
        FreeParameters.First => Math.Log(Math.Clamp(protocol.Schedule is null ? constant : 3 * constant, tuning.From * 2, tuning.To / 2)),
        FreeParameters.Shape when IsLinear => Math.Log(Math.Clamp(constant / 5, tuning.From * 2, tuning.To / 2)),
        FreeParameters.Shape => Math.Log(Math.Clamp(10.0 / protocol.Rounds, 10 * LeastDecay, MostDecay / 10)),
        _ => 0.1 / MomentumUnit,
    })];

    /// <summary>The protocol at a point; null: outside of its range.</summary>
    /// <param name="point">A number for each free setting.</param>
    public TrainingProtocol? At(IReadOnlyList<double> point)
    {
        var found = protocol;
        for (int k = 0; k < point.Count; k++)
        {
            double value = Value(k, point[k]);
            var (least, most) = Limits(k);
            if (!(point[k] >= least - Rounding && point[k] <= most + Rounding))
            {
                return null;
            }

            found = _free[k] switch
            {
                FreeParameters.First => found with { StepSize = value },
                FreeParameters.Shape => found with { Schedule = found.Schedule! with { Values = new([value]) } },
                _ => found with { Momentum = value },
            };
        }

        return found;
    }

    /// <summary>A coordinate as its setting, to four digits.</summary>
    /// <param name="index">Which.</param>
    /// <param name="coordinate">In this space.</param>
    public double Value(int index, double coordinate) => Rounded(
        _free[index] == FreeParameters.Momentum ? Math.Max(0, MomentumUnit * coordinate) : Math.Exp(coordinate));

    /// <summary>A difference of coordinates about a point, as one of settings.</summary>
    /// <param name="index">Which.</param>
    /// <param name="coordinate">The point's.</param>
    /// <param name="difference">From there.</param>
    public double Difference(int index, double coordinate, double difference) =>
        difference * (_free[index] == FreeParameters.Momentum ? MomentumUnit : Math.Exp(coordinate));

    /// <summary>A step in this space as people say it: a factor, or an amount of momentum.</summary>
    /// <param name="index">Which.</param>
    /// <param name="step">Above 0.</param>
    public double StepOf(int index, double step) =>
        Rounded(_free[index] == FreeParameters.Momentum ? MomentumUnit * step : Math.Exp(step));

    /// <summary>The range of a coordinate.</summary>
    /// <param name="index">Which.</param>
    public (double Least, double Most) Limits(int index) => Range(_free[index]) is var (least, most)
        && _free[index] == FreeParameters.Momentum
            ? (least / MomentumUnit, most / MomentumUnit)
            : (Math.Log(least), Math.Log(most));

    /// <summary>What is wrong where the loss is least at an end of the range.</summary>
    /// <param name="index">Of which coordinate.</param>
    /// <param name="isLow">At its lower end.</param>
    public SettingException AtBorder(int index, bool isLow)
    {
        var free = _free[index];
        var (least, most) = Range(free);
        string end = (isLow ? least : most).ToString("G4", CultureInfo.InvariantCulture);
        return free == FreeParameters.Momentum || (free == FreeParameters.Shape && !IsLinear)
            ? new SettingException(
                free == FreeParameters.Momentum ? "learning.momentum" : "learning.step-size.decay",
                $"is {StepSizeTuning.Word}, and the loss is least at the end of its range, {end}; set it to a number")
            : new SettingException(
                $"{StepSizeTuning.Path}.{(isLow ? "from" : "to")}",
                $"is {end}, where the loss is least by the {Names[index]}; use a {(isLow ? "smaller" : "greater")} one");
    }

    private (double Least, double Most) Range(FreeParameters free) => free switch
    {
        FreeParameters.Momentum => (0, MostMomentum),
        FreeParameters.Shape when !IsLinear => (LeastDecay, MostDecay),
        _ => (tuning.From, tuning.To),
    };

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
