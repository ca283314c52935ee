using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients;

internal sealed class SmallBatchOptions : IValidatableObject
{
    public const double DefaultFactor = 0.2;

    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    [Description("The batch size D as a share of the assigned one, rounded; 0.2 where neither factor nor size is set.")]
    public double? Factor { get; set; }

    [Range(1, int.MaxValue)]
    [Description("The batch size D in samples, whatever is assigned; instead of factor.")]
    public int? Size { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Factor is not null && Size is not null)
        {
            yield return new ValidationResult("excludes factor; set one of them", [nameof(Size)]);
        }
    }
}

internal sealed class SmallBatch(SmallBatchOptions options) : IClientStrategy
{
    public ClientAction Choose(ClientView view)
    {
        var asked = view.Assignment.AsAction;
        return asked with { BatchSize = options.Size ?? Share(asked.BatchSize, options.Factor ?? SmallBatchOptions.DefaultFactor) };
    }

    private static int Share(int assigned, double factor) =>
        Math.Max(1, (int)Math.Round(factor * assigned, MidpointRounding.AwayFromZero));
}
