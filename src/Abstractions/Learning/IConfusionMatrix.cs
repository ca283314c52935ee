namespace FLCrowd;

/// <summary>
/// A model that says which class it takes each test sample for: an optional capability of an <see cref="ILearningModel"/>, for tables of
/// how well it knows each class (<c>experiment.classes</c>). Several threads may call at once; equal arguments give equal bits.
/// </summary>
public interface IConfusionMatrix
{
    /// <summary>What the classes are called, in their order; empty where they have no names.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Tests a model as <see cref="ILearningModel.Evaluate"/> does, to the last bit, and counts test samples by their class and
    /// the class that the model takes them for.</summary>
    /// <param name="model">w, <see cref="ILearningModel.ParameterCount"/> long.</param>
    /// <param name="matrix">Takes the counts, K^2 long for K classes (<see cref="ILearningModel.ClassCount"/>): that of the test samples of
    /// class k that are taken for class m stands at k K + m. The <see cref="Evaluation.Accuracy"/> is the share of those with
    /// k = m.</param>
    Evaluation Evaluate(ReadOnlySpan<float> model, Span<int> matrix);
}
