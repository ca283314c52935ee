using FLCrowd.Model.Storage;

namespace FLCrowd.Model.Training;

/// <summary>The differentiable part of a classification model: logits out of features. Shared by all threads.</summary>
internal interface INetwork
{
    /// <summary>The number of parameters P.</summary>
    int ParameterCount { get; }

    /// <summary>Writes the initial parameters.</summary>
    void Initialise(Seed seed, Span<float> model);

    /// <summary>Makes the work space of one thread at a time.</summary>
    INetworkWorker CreateWorker();
}

/// <summary>
/// A network with its work space and a model, held as it computes best. A backward pass follows the forward pass of the same batch.
/// </summary>
internal interface INetworkWorker : IDisposable
{
    /// <summary>Takes a model to begin from.</summary>
    void Load(ReadOnlySpan<float> model);

    /// <summary>Goes back to the model that was loaded.</summary>
    void Restart();

    /// <summary>Writes the model as it is now.</summary>
    void Save(Span<float> model);

    /// <summary>Computes logits, in rows of <see cref="Logits.Stride"/> numbers.</summary>
    void Forward(Batch batch, Span<float> logits);

    /// <summary>Takes a gradient step: model = shrink * model - rate * (gradient of the sum of the samples' losses).</summary>
    /// <param name="batch">The batch of the forward pass.</param>
    /// <param name="slopes">The derivative of each sample's loss by its logits, where these lay; 0 behind the last class.</param>
    /// <param name="shrink">1 - eta l2.</param>
    /// <param name="rate">eta / D.</param>
    void Backward(Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate);
}

/// <summary>Samples of a data set, where they lie.</summary>
/// <param name="samples">The data set's.</param>
/// <param name="rows">Which of them, in order.</param>
internal readonly ref struct Batch(SampleStore samples, ReadOnlySpan<int> rows)
{
    /// <summary>The data set's samples.</summary>
    public SampleStore Samples { get; } = samples;

    /// <summary>Which of them, in order.</summary>
    public ReadOnlySpan<int> Rows { get; } = rows;
}
