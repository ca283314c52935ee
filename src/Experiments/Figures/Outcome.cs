namespace FLCrowd.Experiments.Figures;

/// <summary>A property of the final model, as episodes.csv has it.</summary>
/// <param name="Column">Its column, in episodes.csv and rounds.csv.</param>
/// <param name="Title">What a plot's axis calls it.</param>
/// <param name="IsLoss">Whether less is better.</param>
internal sealed record Outcome(string Column, string Title, bool IsLoss)
{
    public static readonly Outcome TrainingLoss = new("training_loss", "training loss F(w_T)", IsLoss: true);
    public static readonly Outcome Accuracy = new("accuracy", "test accuracy of w_T", IsLoss: false);

    /// <summary>Differences that are above 0 where the first value is the worse one.</summary>
    public double[] HowMuchWorse(Samples samples, IEnumerable<string> first, IEnumerable<string> second) =>
        IsLoss ? samples.Difference(first, second) : samples.Difference(second, first);
}
