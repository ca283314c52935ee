using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients;

internal sealed class LabelFlipOptions : IValidatableObject
{
    [Range(0, 255)]
    [Description("The true class that is mislabeled. Without from and to, every class k becomes k + 1, the last one 0.")]
    public int? From { get; set; }

    [Range(0, 255)]
    [Description("The class that is written instead.")]
    public int? To { get; set; }

    [Range(0.0, 1.0)]
    [FormerName("share")]
    [Description("The share of the samples concerned that is mislabeled, drawn anew in every episode.")]
    public double FlipShare { get; set; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From is null != To is null)
        {
            yield return new ValidationResult(
                $"needs {(From is null ? "from" : "to")} as well; set both, or neither", [From is null ? nameof(To) : nameof(From)]);
        }
        else if (From is not null && From == To)
        {
            yield return new ValidationResult($"is {To}, as from is; nothing would be mislabeled", [nameof(To)]);
        }
    }
}

/// <summary>A targeted data poisoning: the label is known (full effort) and then changed.</summary>
internal sealed class LabelFlip(LabelFlipOptions options) : IClientStrategy, ILabeler
{
    public ClientAction Choose(ClientView view)
    {
        if (view.ClassCount == 0)
        {
            throw new InvalidActionException("label-flip has nothing to label: the model of this game has no labels");
        }

        RequireClass("from", options.From, view.ClassCount);
        RequireClass("to", options.To, view.ClassCount);
        return view.Assignment.AsAction with { Effort = 1 };
    }

    public int Label(in LabelView view)
    {
        // One draw per sample, whatever the share: a larger share mislabels all samples of a smaller one, and more.
        bool flips = (options.From is null || view.Label == options.From) && view.Seed.Uniform(view.Sample) < options.FlipShare;
        return flips ? options.To ?? (view.Label + 1) % view.ClassCount : view.Label;
    }

    private static void RequireClass(string option, int? value, int classCount)
    {
        if (value >= classCount)
        {
            throw new InvalidActionException($"label-flip: {option} is {value}; the classes of this game are 0 to {classCount - 1}");
        }
    }
}
