using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients.Learning;

internal sealed class ExperienceOptions : IValidatableObject
{
    [Range(0.0, 1.0)]
    [Description("The labeling effort e to begin with; as asked where it is not set.")]
    public double? StartEffort { get; set; }

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("The batch size D to begin with, as a multiple of D'; as asked where it is not set.")]
    public double? StartBatchFactor { get; set; }

    [Range(0.0, double.MaxValue)]
    [Description("The report coefficient gamma to begin with; as asked where it is not set.")]
    public double? StartGamma { get; set; }

    [Range(0.0, double.MaxValue)]
    [Description("A deviation is kept only where it gains more than this share of what the assigned action costs.")]
    public double Tolerance { get; set; } = 0.02;

    [Range(0.5, 0.999999)]
    [Description("One-sided confidence at which a deviation is kept, or given up.")]
    public double Confidence { get; set; } = 0.99;

    [Range(2, int.MaxValue)]
    [Description("A deviation is tried at most so many times, each beside the current action.")]
    public int MaxRepeats { get; set; } = 12;

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("The first step in gamma; steps double where they pay and halve where none does.")]
    public double GammaStep { get; set; } = 0.4;

    [Range(1.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("The first step in D, as a factor; its root is taken where no step pays.")]
    public double BatchStep { get; set; } = 4;

    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    [Description("The first step in the labeling effort.")]
    public double EffortStep { get; set; } = 0.5;

    [Range(0, 20)]
    [Description("How often steps are halved before the client rests.")]
    public int Halvings { get; set; } = 3;

    [Range(1, int.MaxValue)]
    [Description("Episodes in which the client rests once nothing pays any more; twice as many each time that a new search finds nothing.")]
    public int Rest { get; set; } = 20;

    [Range(1, int.MaxValue)]
    [Description("The longest rest, in episodes.")]
    public int MaxRest { get; set; } = 160;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxRest < Rest)
        {
            yield return new ValidationResult($"is {MaxRest}; must be at least rest, {Rest}", [nameof(MaxRest)]);
        }
    }
}
