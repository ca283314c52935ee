using FLCrowd.Model.Kernels;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Models;

/// <summary>Softmax regression: logits W x + b; parameters [W (K x d), b (K)], initially 0.</summary>
internal sealed class SoftmaxNetwork(DataSet data) : INetwork
{
    private readonly int _features = data.Shape.FeatureCount;
    private readonly int _classes = data.ClassCount;

    public int ParameterCount => _classes * (_features + 1);

    public void Initialise(Seed seed, Span<float> model) => model.Clear();

    public INetworkWorker CreateWorker() => new Worker(_features, _classes);

    public void Dispose()
    {
    }

    private sealed class Worker(int features, int classes) : INetworkWorker
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
}
