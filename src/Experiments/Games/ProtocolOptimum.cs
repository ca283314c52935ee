using System.Globalization;
using System.Text.Json.Serialization;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Games;

/// <summary>The schedule and momentum with the least loss, as measured before the game.</summary>
/// <param name="Parameters">What was tuned.</param>
/// <param name="Loss">Which loss is least there.</param>
/// <param name="LeastLoss">That loss by the fit, in the mean over seeds.</param>
/// <param name="Fresh">The loss on fresh draws.</param>
/// <param name="Episodes">Episodes that were played to find it, all in all.</param>
/// <param name="Slopes">How the loss changes with reports that one client scales in one part of the rounds; empty: not measured.</param>
public sealed record ProtocolOptimum(
    IReadOnlyList<TunedParameter> Parameters,
    TuningLoss Loss,
    double LeastLoss,
    Moments Fresh,
    int Episodes,
    IReadOnlyList<ScalingSlope> Slopes);

/// <summary>A parameter that was tuned.</summary>
/// <param name="Name">Its setting.</param>
/// <param name="Value">To four digits.</param>
/// <param name="StandardError">Of the value, over the seeds that were played.</param>
/// <param name="Step">How far it was moved for <paramref name="Below"/> and <paramref name="Above"/>: a factor of step sizes and decays, an
/// amount of momentum.</param>
/// <param name="Below">What the loss is more, on fresh draws, paired, with this parameter less by the step and the others as tuned; null:
/// out of range.</param>
/// <param name="Above">The same with more.</param>
public sealed record TunedParameter(string Name, double Value, double StandardError, double Step, Moments? Below, Moments? Above);

/// <summary>dF / dg of one client that scales its reports by g in one part of the rounds, at g = 1, from paired episodes.</summary>
/// <param name="Client">The client.</param>
/// <param name="Part">The part of the rounds, from 0.</param>
/// <param name="Slope">The derivative of the loss, in the mean over seeds.</param>
public sealed record ScalingSlope(int Client, int Part, Moments Slope);

/// <summary>A tuned protocol in a run.</summary>
/// <param name="Seed">The seed of the games that it is for.</param>
/// <param name="Games">Numbers of the games that it is for.</param>
/// <param name="Optimum">What was found.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record TunedProtocol(ulong Seed, IReadOnlyList<int> Games, ProtocolOptimum Optimum, double Seconds)
{
    /// <summary>The result for people. ± is one standard error over seeds.</summary>
    [JsonIgnore]
    public string Sentence
    {
        get
        {
            var found = Optimum;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", found.Parameters.Select(Value))}: the least "
                + $"{(found.Loss == TuningLoss.Test ? "test" : "training")} loss, {found.Fresh.Mean:G4} ± {found.Fresh.StandardError:G2} "
                + $"on fresh draws, for seed {Seed} ({found.Episodes} episodes, {Numbers.Duration(Seconds)}; ± is one standard error over "
                + $"seeds); it rises by {string.Join("; ", found.Parameters.Select(Flatness))}{Missed()}{Slopes()}");
        }
    }

    /// <summary>A search that ended before it was at the minimum.</summary>
    private string Missed() => Optimum.Parameters.Any(parameter => IsBetter(parameter.Below) || IsBetter(parameter.Above))
        ? "; so the least loss is beside what was found: more learning.tuning.seeds come nearer"
        : "";

    private static bool IsBetter(Moments? rise) => rise is { } seen && seen.Mean < -2.5 * seen.StandardError;

    private static string Value(TunedParameter parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} {parameter.Value} ± {parameter.StandardError:G2}");

    private static string Flatness(TunedParameter parameter)
    {
        var step = parameter.Step.ToString(CultureInfo.InvariantCulture);
        return $"{Text(parameter.Below)} and {Text(parameter.Above)} with {parameter.Name} "
            + (parameter.Name == FreeProtocol.Momentum ? $"{step} less and more" : $"divided and multiplied by {step}");
    }

    private static string Text(Moments? rise) => rise is not { } moments
        ? "(out of range)"
        : string.Create(CultureInfo.InvariantCulture, $"{moments.Mean:G2} ± {moments.StandardError:G2}");

    /// <summary>The sum over clients, which the schedule makes vanish, and the one that is left of a single client.</summary>
    private string Slopes()
    {
        if (Optimum.Slopes.Count == 0)
        {
            return "";
        }

        var steepest = Optimum.Slopes.MaxBy(slope => Math.Abs(slope.Slope.Mean))!;
        double together = Optimum.Slopes.GroupBy(slope => slope.Part, slope => slope.Slope.Mean).Max(part => Math.Abs(part.Sum()));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"; to first order, scaling reports in one part of the rounds changes the loss by at most "
            + $"{Math.Abs(steepest.Slope.Mean):G2} ± {steepest.Slope.StandardError:G2} per unit for one client ({steepest.Client}, part "
            + $"{steepest.Part + 1}), and {together:G2} for all together");
    }
}
