using FLCrowd.Model.Training;

namespace FLCrowd.Model.Kernels;

/// <summary>Softmax regression: logits W x + b; parameters [W (K x d), b (K)].</summary>
internal sealed class SoftmaxWorker(int features, int classes) : INetworkWorker
{
    private readonly DenseLayer _layer = new(features, classes);

    public void Forward(ReadOnlySpan<float> model, Batch batch, Span<float> logits) =>
        _layer.Forward(model, batch.Features, batch.Rows, logits);

    public void Backward(Span<float> model, Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate) =>
        _layer.Backward(model, batch.Features, batch.Rows, slopes, shrink, rate);

    public void Dispose()
    {
    }
}
