using FLCrowd.Model.Training;

namespace FLCrowd.Model.Kernels;

/// <summary>Softmax regression: logits W x + b; parameters [W (K x d), b (K)].</summary>
internal sealed class SoftmaxWorker(IInputLayer layer) : INetworkWorker
{
    public void Load(ReadOnlySpan<float> model) => layer.Load(model);

    public void Restart() => layer.Restart();

    public void Save(Span<float> model) => layer.Save(model);

    public void Forward(Batch batch, Span<float> logits) => layer.Forward(batch, logits);

    public void Backward(Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate) =>
        layer.Backward(batch, slopes, shrink, rate);

    public void Dispose()
    {
    }
}
