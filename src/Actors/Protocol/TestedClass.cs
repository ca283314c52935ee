using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>How well a model knows a class: counts of test samples.</summary>
/// <param name="Samples">Test samples of the class.</param>
/// <param name="Predicted">Test samples, of whatever class, that the model takes for it.</param>
/// <param name="Correct">Those that are both.</param>
/// <param name="Name">What the class is called; empty: it has no name.</param>
[MessagePackObject]
public readonly record struct TestedClass(
    [property: Key(0)] int Samples,
    [property: Key(1)] int Predicted,
    [property: Key(2)] int Correct,
    [property: Key(3)] string Name)
{
    /// <summary>The share of the class's samples that are taken for it; NaN where it has none.</summary>
    [IgnoreMember]
    internal double Recall => Samples > 0 ? (double)Correct / Samples : double.NaN;

    /// <summary>The share of the samples taken for the class that are of it; NaN where none is taken for it.</summary>
    [IgnoreMember]
    internal double Precision => Predicted > 0 ? (double)Correct / Predicted : double.NaN;

    /// <summary>The harmonic mean of both: 0 where none is taken for the class, NaN where the class has no samples.</summary>
    [IgnoreMember]
    internal double F1 => Samples > 0 ? 2.0 * Correct / ((long)Samples + Predicted) : double.NaN;

    /// <summary>The mean of <see cref="F1"/> over the classes that have samples; NaN where none has.</summary>
    internal static double MacroF1(IEnumerable<TestedClass> classes) =>
        classes.Where(tested => tested.Samples > 0).Select(tested => tested.F1).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The classes of a confusion matrix.</summary>
    /// <param name="matrix">As <see cref="IConfusionMatrix"/> counts.</param>
    /// <param name="names">The classes' names; may be empty.</param>
    /// <exception cref="InvalidOperationException">A count is none.</exception>
    internal static TestedClass[] Of(ReadOnlySpan<int> matrix, IReadOnlyList<string> names)
    {
        int count = (int)Math.Sqrt(matrix.Length);
        var classes = new TestedClass[count];
        for (int k = 0; k < count; k++)
        {
            var (samples, predicted) = (0, 0);
            for (int m = 0; m < count; m++)
            {
                if (matrix[k * count + m] is < 0 and var odd)
                {
                    throw new InvalidOperationException($"it counts {odd} test samples of class {k} as class {m}; must be at least 0");
                }

                samples += matrix[k * count + m];
                predicted += matrix[m * count + k];
            }

            classes[k] = new TestedClass(samples, predicted, matrix[k * count + k], names.Count == 0 ? "" : names[k]);
        }

        return classes;
    }
}
