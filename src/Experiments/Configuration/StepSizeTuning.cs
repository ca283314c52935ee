namespace FLCrowd.Experiments.Configuration;

/// <summary>The section <c>learning.tuning</c>: how the step size is found where <c>learning.step-size = tuned</c>.</summary>
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
            section.Word<TuningLoss>("loss"));
        section.Done();
        return tuning.From < tuning.To ? tuning : throw section.Wrong("to", "a number above from");
    }

    /// <summary>The loss that is to be least.</summary>
    public double Of(Evaluation evaluation) => Loss == TuningLoss.Test ? evaluation.TestLoss : evaluation.TrainingLoss;
}

/// <summary>Losses that a step size can be tuned for.</summary>
public enum TuningLoss
{
    /// <summary>The test loss, which pays.</summary>
    Test,

    /// <summary>The training loss.</summary>
    Training,
}
