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

    [Description("A report that changes from round to round, by name and numbers, such as 'linear 5 0'; "
        + "w + gamma (w_H - w) where it is not set.")]
    public string? Report { get; set; }

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

        if (Report is not null && ReportShape.Parse(Report) is null)
        {
            yield return new ValidationResult($"is '{Report}'; must be one of {ReportShape.Usage}", [nameof(Report)]);
        }
    }
}

/// <summary>One action, whatever is asked: a point of a deviation grid, or a cooperative client of a pilot.</summary>
internal sealed class Fixed(FixedOptions options) : IClientStrategy
{
    public static IClientStrategy Create(FixedOptions options, StrategySetup setup)
    {
        IClientStrategy strategy = options.OtherwiseAt(setup.Path) is { } otherwise
            ? new FixedPart(new Fixed(options), setup.Create(otherwise))
            : new Fixed(options);
        return options.Report is { } report ? new Shaped(strategy, ReportShape.Parse(report)!) : strategy;
    }

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

/// <summary>A strategy whose reports have a shape.</summary>
internal sealed class Shaped(IClientStrategy strategy, ReportShape shape) : StrategyWrapper(strategy)
{
    public override ClientAction Choose(ClientView view) => Playing.Choose(view);

    public override void Report(in ReportView view, Span<float> report) => shape.Report(view, report);

    public override Task PrepareReport(in ReportView view, ReadOnlySpan<float> report) => Task.CompletedTask;

    public override bool Has<T>() => typeof(T) == typeof(IReporter) || base.Has<T>();
}
