using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace FLCrowd.Strategies.Clients;

internal sealed class FixedOptions : IValidatableObject
{
    private PluginChoice? _otherwise;

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

    [Range(0.0, 1.0)]
    [Description("The share of the rounds in which it is asked that the client takes part in; all where it is not set.")]
    public double? Attendance { get; set; }

    [Description("A strategy { strategy = NAME, ... } with its own options: what is not set is as it plays, instead of as asked.")]
    public JsonObject? Otherwise { get; set; }

    /// <summary>The strategy of <see cref="Otherwise"/>: read once, for all clients of the entry.</summary>
    public PluginChoice? OtherwiseAt(string path) => Otherwise is null
        ? null
        : _otherwise ??= PluginChoice.FromObject(Otherwise, StrategyKeys.Strategy, $"{path}.otherwise");

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
    public static IClientStrategy Create(FixedOptions options, StrategySetup setup) => options.OtherwiseAt(setup.Path) is { } otherwise
        ? new FixedPart(new Fixed(options), setup.Create(otherwise))
        : new Fixed(options);

    public ClientAction Choose(ClientView view) => Choose(view, view.Assignment.AsAction);

    /// <summary>The action given, except for what is set.</summary>
    public ClientAction Choose(ClientView view, ClientAction otherwise) => new(
        options.Effort ?? otherwise.Effort, BatchSize(view, otherwise), options.Gamma ?? otherwise.Gamma)
    {
        Attendance = options.Attendance ?? otherwise.Attendance,
    };

    private int BatchSize(ClientView view, ClientAction otherwise) => options.BatchFactor is { } factor
        ? (int)Math.Clamp(Math.Round(factor * view.Assignment.BatchSize), 1, view.MaxBatchSize)
        : options.BatchSize ?? otherwise.BatchSize;
}

/// <summary>A strategy that has a part of its action fixed: it labels, reports and remembers as ever.</summary>
internal sealed class FixedPart(Fixed part, IClientStrategy strategy) : StrategyWrapper(strategy)
{
    public override ClientAction Choose(ClientView view) => part.Choose(view, Playing.Choose(view));
}
