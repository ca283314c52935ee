using FLCrowd.Model.Training;

namespace FLCrowd.Model.Kernels;

/// <summary>
/// The dense layer that reads the samples, z = W x + b, of parameters [W (outputs x inputs), b (outputs)]; it holds them in its own way.
/// </summary>
internal interface IInputLayer
{
    /// <summary>The number of parameters.</summary>
    int ParameterCount { get; }

    /// <summary>Takes parameters to begin from.</summary>
    void Load(ReadOnlySpan<float> parameters);

    /// <summary>Goes back to what was loaded.</summary>
    void Restart();

    /// <summary>Writes the parameters.</summary>
    void Save(Span<float> parameters);

    /// <summary>Computes z, in rows of <see cref="Logits.Stride"/> numbers.</summary>
    void Forward(Batch batch, Span<float> z);

    /// <summary>Takes a gradient step: parameters = shrink * parameters - rate * (sum over samples of slopes by parameters).</summary>
    void Backward(Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate);
}
