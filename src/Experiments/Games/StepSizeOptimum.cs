using System.Globalization;
using System.Text.Json.Serialization;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Games;

/// <summary>The step size with the least loss, as measured before the game.</summary>
/// <param name="Value">eta, to four digits.</param>
/// <param name="StandardError">Of eta.</param>
/// <param name="Loss">Which loss is least there.</param>
/// <param name="LeastLoss">That loss, the mean over seeds.</param>
/// <param name="Curvature">
/// The loss's second derivative by log eta: how flat the minimum is. Near it the loss rises by half of this times (log eta - log eta*)^2.
/// </param>
/// <param name="Episodes">Episodes that were played to find it.</param>
/// <param name="Failed">Step sizes at which an episode failed, as a rule because the model diverged, in the order tried.</param>
public sealed record StepSizeOptimum(
    double Value,
    double StandardError,
    TuningLoss Loss,
    double LeastLoss,
    double Curvature,
    int Episodes,
    IReadOnlyList<FailedStepSize> Failed);

/// <summary>A step size that counts as infinitely bad.</summary>
/// <param name="StepSize">eta.</param>
/// <param name="Reason">What failed.</param>
public sealed record FailedStepSize(double StepSize, string Reason);

/// <summary>A tuned step size in a run.</summary>
/// <param name="Seed">The seed of the games that it is for.</param>
/// <param name="Games">Numbers of the games that it is for.</param>
/// <param name="Optimum">What was found.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record TunedStepSize(ulong Seed, IReadOnlyList<int> Games, StepSizeOptimum Optimum, double Seconds)
{
    /// <summary>The result for people.</summary>
    [JsonIgnore]
    public string Sentence
    {
        get
        {
            var found = Optimum;
            var failed = found.Failed.Count == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"; episodes failed at {string.Join(", ", found.Failed.Select(step => step.StepSize))} ({found.Failed[0].Reason})");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"step size {found.Value} ± {found.StandardError:G2} (one standard error, over the seeds of the tuning) has the least "
                + $"{(found.Loss == TuningLoss.Test ? "test" : "training")} loss, {found.LeastLoss:G4}, "
                + $"for seed {Seed} ({found.Episodes} episodes, {Numbers.Duration(Seconds)}); "
                + $"a tenth more or less adds about {found.Curvature / 200:G2}{failed}");
        }
    }
}
