using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients;

internal sealed class FixedOptions : IValidatableObject
{
    [Range(0.0, 1.0)]
    [Description("The labeling effort e; as asked where it is not set.")]
    public double? Effort { get; set; }

    [Range(1, int.MaxValue)]
    [Description("The batch size D, in samples; as asked where it is not set.")]
    public int? BatchSize { get; set; }

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("The batch size as a multiple of the assigned one, rounded, at least 1 sample; instead of batch-size.")]
    public double? BatchFactor { get; set; }

    [Range(0.0, double.MaxValue)]
    [Description("The report coefficient gamma; as asked where it is not set.")]
    public double? Gamma { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BatchSize is not null && BatchFactor is not null)
        {
            yield return new ValidationResult("excludes batch-size; set one of them", [nameof(BatchFactor)]);
        }
    }
}

/// <summary>One action, whatever is asked: a point of a deviation grid, or a cooperative client of a pilot.</summary>
internal sealed class Fixed(FixedOptions options) : IClientStrategy
{
    public ClientAction Choose(ClientView view) => new(
        options.Effort ?? view.Assignment.Effort, BatchSize(view), options.Gamma ?? view.Assignment.Gamma);

    private int BatchSize(ClientView view) => options.BatchFactor is { } factor
        ? (int)Math.Clamp(Math.Round(factor * view.Assignment.BatchSize), 1, view.MaxBatchSize)
        : options.BatchSize ?? view.Assignment.BatchSize;
}
