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

/// <summary>A network with its work space. A backward pass follows the forward pass of the same batch and model.</summary>
internal interface INetworkWorker : IDisposable
{
    /// <summary>Computes logits [D x K].</summary>
    void Forward(ReadOnlySpan<float> model, Batch batch, Span<float> logits);

    /// <summary>
    /// Takes a gradient step in place: model = shrink * model - rate * (gradient of the sum of the samples' losses).
    /// </summary>
    /// <param name="model">The parameters of the forward pass.</param>
    /// <param name="batch">The batch of the forward pass.</param>
    /// <param name="slopes">[D x K], the derivative of each sample's loss by its logits.</param>
    /// <param name="shrink">1 - eta l2.</param>
    /// <param name="rate">eta / D.</param>
    void Backward(Span<float> model, Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate);
}

/// <summary>Samples of a data set, where they lie.</summary>
/// <param name="features">The features of the whole data set.</param>
/// <param name="rows">Which samples, in order.</param>
internal readonly ref struct Batch(float[] features, ReadOnlySpan<int> rows)
{
    /// <summary>The features of the whole data set, sample by sample.</summary>
    public float[] Features { get; } = features;

    /// <summary>Which samples of the data set, in order.</summary>
    public ReadOnlySpan<int> Rows { get; } = rows;
}
