namespace FLCrowd;

/// <summary>
/// A model whose test loss is a mean over samples: an optional capability of an <see cref="ILearningModel"/>, for pay that is based
/// on one random test sample, the paper's f(w_T, xi). Several threads may call at once; equal arguments give equal bits.
/// </summary>
public interface ISampleLoss
{
    /// <summary>The number of test samples, at least 1.</summary>
    int TestSampleCount { get; }

    /// <summary>The loss of one test sample, without regularisation; its mean over all samples is
    /// <see cref="Evaluation.TestLoss"/>.</summary>
    /// <param name="model">w, <see cref="ILearningModel.ParameterCount"/> long.</param>
    /// <param name="sample">The sample's index, from 0.</param>
    double TestLoss(ReadOnlySpan<float> model, int sample);
}
