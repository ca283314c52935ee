namespace FLCrowd;

/// <summary>
/// A model that knows how its test loss changes: an optional capability of an <see cref="ILearningModel"/>, for mechanisms and
/// aggregators that judge reports by validation data. Several threads may call at once; equal arguments give equal bits.
/// </summary>
public interface IGradientModel
{
    /// <summary>Writes the gradient of f(w), the <see cref="Evaluation.TestLoss"/>: mean over the test data, without
    /// regularisation.</summary>
    /// <param name="model">w, <see cref="ILearningModel.ParameterCount"/> long.</param>
    /// <param name="gradient">Takes the gradient; as long as w, and not the same memory.</param>
    void TestGradient(ReadOnlySpan<float> model, Span<float> gradient);
}
