using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Surrogates;

internal enum PilotLoss
{
    Test,
    Training,
}

/// <summary>Whether a pilot measures what each client is worth.</summary>
internal enum PilotWorth
{
    Auto,
    Always,
    Never,
}

internal sealed class PilotOptions : IValidatableObject
{
    [Range(4, 100_000)]
    [Description("Paired seeds: how often the assignment and each variation of it are played.")]
    public int Seeds { get; set; } = 24;

    [Description("The loss that is fitted: the test loss, which pays (as game.payoff-basis has it), or the training loss.")]
    public PilotLoss Loss { get; set; } = PilotLoss.Test;

    [Description("Batch sizes to try, as multiples of the assigned ones; all clients of a group at once. The loss is not straight in 1/D "
        + "over more than these: with 0.1 the slope is that of far smaller batches, and Phi with it.")]
    public IReadOnlyList<double> BatchFactors { get; set; } = [0.25, 0.5, 2];

    [Description("Labeling efforts to try, in [0, 1); one client of a group at a time.")]
    public IReadOnlyList<double> Efforts { get; set; } = [0, 0.5];

    [Description("Report coefficients to try, at least 0 and not 1; one client of a group at a time. Best symmetric about 1.")]
    public IReadOnlyList<double> Gammas { get; set; } = [0, 0.5, 1.5, 2];

    [Description("Measure every client by itself, instead of taking clients of equal weight, number of samples, skill and participation "
        + "for alike.")]
    public bool PerClient { get; set; }

    [Description("Whether episodes without each client measure what it is worth, and so whether taking part pays for itself: always | "
        + "never | auto (where that makes the pilot a quarter longer at most).")]
    public PilotWorth Worth { get; set; } = PilotWorth.Auto;

    [Description("Use a fit although its standard errors are above a third of its coefficients.")]
    public bool Force { get; set; }

    [Range(1, int.MaxValue)]
    [Description("Refuse to play more pilot episodes than this.")]
    public int MaxEpisodes { get; set; } = 20_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BatchFactors.Count == 0 || BatchFactors.Any(factor => !(factor > 0) || factor == 1))
        {
            yield return new ValidationResult("must have factors above 0 other than 1", [nameof(BatchFactors)]);
        }

        if (Efforts.Count == 0 || Efforts.Any(effort => !(effort is >= 0 and < 1)))
        {
            yield return new ValidationResult("must have efforts of at least 0 and below 1", [nameof(Efforts)]);
        }

        if (Gammas.Count == 0 || Gammas.Any(gamma => !(gamma >= 0) || gamma == 1))
        {
            yield return new ValidationResult("must have coefficients of at least 0 other than 1", [nameof(Gammas)]);
        }
    }
}
