using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients.Learning;

/// <summary>What bandits choose from: a grid of actions, and reports that change from round to round.</summary>
internal class ArmOptions : ActionGridOptions
{
    private IReadOnlyList<ReportShape>? _shapes;

    [Description("Reports that change from round to round, each an arm beside the grid, with labels and batches as asked: "
        + "texts such as 'linear 5 0' (the option report of fixed).")]
    public IReadOnlyList<string> Reports { get; set; } = [];

    /// <summary>The grid for an assignment, and behind it the reports.</summary>
    public IReadOnlyList<Arm> Arms(Assignment assignment) =>
    [
        .. Behaviors(assignment).Select(behavior => new Arm(behavior, null)),
        .. (_shapes ??= [.. Reports.Select(report => ReportShape.Parse(report)!)])
            .Select(shape => new Arm(Behavior.Of(assignment.AsAction, assignment), shape)),
    ];

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. base.Validate(validationContext),
        .. Reports.Where(report => ReportShape.Parse(report) is null)
            .Select(report => new ValidationResult($"has '{report}'; must be of {ReportShape.Usage}", [nameof(Reports)])),
    ];
}

/// <summary>What a bandit may play in an episode.</summary>
/// <param name="Behavior">The action.</param>
/// <param name="Shape">How reports change; null: they do not.</param>
internal readonly record struct Arm(Behavior Behavior, ReportShape? Shape);
