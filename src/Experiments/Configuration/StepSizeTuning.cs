namespace FLCrowd.Experiments.Configuration;

/// <summary>The section <c>learning.tuning</c>: how a step size, or a schedule and momentum, is found that <c>tuned</c> stands for.
/// </summary>
/// <param name="From">The least step size tried, above 0.</param>
/// <param name="To">The greatest one, above <paramref name="From"/>.</param>
/// <param name="Points">Step sizes of the first, coarse grid, evenly spaced on a logarithmic scale; at least 3.</param>
/// <param name="Seeds">Paired seeds, at least 4.</param>
/// <param name="Loss">The loss that is to be least.</param>
public sealed record StepSizeTuning(double From, double To, int Points, int Seeds, TuningLoss Loss)
{
    /// <summary>The value of <c>learning.step-size</c> that asks for tuning.</summary>
    public const string Word = "tuned";

    /// <summary>Where the section stands.</summary>
    public const string Path = "learning.tuning";

    /// <summary>What of a schedule and momentum is found; none: a constant step size alone.</summary>
    public FreeParameters Free { get; init; }

    /// <summary>Those one by one, in the order of their coordinates.</summary>
    public IReadOnlyList<FreeParameters> FreeOnes =>
        [.. ((FreeParameters[])[FreeParameters.First, FreeParameters.Shape, FreeParameters.Momentum]).Where(one => Free.HasFlag(one))];

    /// <summary>Parts of the rounds for which it is measured what each client's scaling changes to first order; 0: it is not.</summary>
    public int Parts { get; init; }

    /// <summary>What a game's definition holds until its step size is tuned.</summary>
    public double Middle => Math.Sqrt(From * To);

    /// <summary>Reads the block <c>learning.tuning</c>.</summary>
    /// <exception cref="SettingException">A setting is missing, unknown or out of its range.</exception>
    public static StepSizeTuning Read(Section section)
    {
        var tuning = new StepSizeTuning(
            section.Number("from", Bounds.Above(0)),
            section.Number("to", Bounds.Above(0)),
            section.Whole("points", 3),
            section.Whole("seeds", 4),
            section.Word<TuningLoss>("loss"))
        {
            Parts = section.Whole("parts", 0),
        };
        section.Done();
        return tuning.From < tuning.To ? tuning : throw section.Wrong("to", "a number above from");
    }

    /// <summary>The loss that is to be least.</summary>
    public double Of(Evaluation evaluation) => Loss == TuningLoss.Test ? evaluation.TestLoss : evaluation.TrainingLoss;
}

/// <summary>What of a protocol is tuned.</summary>
[Flags]
public enum FreeParameters
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The first step size.</summary>
    First = 1,

    /// <summary>What its schedule has beside: the last step size, or the decay.</summary>
    Shape = 2,

    /// <summary>Server momentum.</summary>
    Momentum = 4,
}

/// <summary>Losses that a step size can be tuned for.</summary>
public enum TuningLoss
{
    /// <summary>The test loss, which pays.</summary>
    Test,

    /// <summary>The training loss.</summary>
    Training,
}
