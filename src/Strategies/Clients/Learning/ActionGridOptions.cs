using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients.Learning;

/// <summary>The actions that a learner chooses from: all combinations, relative to what is asked, and what is asked itself.</summary>
internal class ActionGridOptions : IValidatableObject
{
    [Description("Labeling efforts e, each in [0, 1].")]
    public IReadOnlyList<double> Efforts { get; set; } = [0, 1];

    [Description("Batch sizes D as multiples of the assigned D', each above 0; at least 1 sample.")]
    public IReadOnlyList<double> BatchFactors { get; set; } = [0.02, 1];

    [Description("Report coefficients gamma, each at least 0.")]
    public IReadOnlyList<double> Gammas { get; set; } = [0, 1, 1.5];

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, IReadOnlyList<double> Values, Func<double, bool> Fits, string Range)[] lists =
        [
            (nameof(Efforts), Efforts, value => value is >= 0 and <= 1, "at least 0 and at most 1"),
            (nameof(BatchFactors), BatchFactors, value => value > 0, "above 0"),
            (nameof(Gammas), Gammas, value => value >= 0, "at least 0"),
        ];
        foreach (var (name, values, fits, range) in lists)
        {
            if (values.Count == 0)
            {
                yield return new ValidationResult("is empty; needs at least one number", [name]);
            }

            foreach (double value in values.Where(value => !fits(value)))
            {
                yield return new ValidationResult(FormattableString.Invariant($"has {value}; must be {range}"), [name]);
            }
        }
    }

    /// <summary>The grid for an assignment, what is asked first; each behavior once.</summary>
    public IReadOnlyList<Behavior> Behaviors(Assignment assignment) =>
    [
        .. Enumerable.Repeat(Behavior.Of(assignment.AsAction, assignment), 1).Union(
            from effort in Efforts from factor in BatchFactors from gamma in Gammas select new Behavior(effort, factor, gamma)),
    ];
}
