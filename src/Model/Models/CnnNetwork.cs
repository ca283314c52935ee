using FLCrowd.Model.Kernels;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Models;

/// <summary>
/// One convolution of 5 x 5 filters, ReLU, 2 x 2 max-pool and a dense layer; parameters [filters (C x 25), biases (C),
/// V (K x features), biases (K)].
/// </summary>
internal sealed class CnnNetwork : INetwork
{
    private readonly SampleShape _shape;
    private readonly int _channels;
    private readonly int _classes;

    /// <exception cref="SettingException">The samples are not images of one channel.</exception>
    public CnnNetwork(DataSet data, int channels)
    {
        if (data.Shape is not { Channels: 1, Height: > ConvolutionPool.Side, Width: > ConvolutionPool.Side })
        {
            throw new SettingException(
                "learning.model", $"cnn needs images of one channel, larger than 5 x 5; the samples of '{data.Name}' are {data.Shape}");
        }

        (_shape, _channels, _classes) = (data.Shape, channels, data.ClassCount);
        using var worker = new Worker(this);
        ParameterCount = worker.ParameterCount;
    }

    public int ParameterCount { get; }

    public void Initialise(Seed seed, Span<float> model)
    {
        int filters = ConvolutionPool.ParametersOf(_channels);
        int features = (ParameterCount - filters) / _classes - 1;
        UniformWeights.Fill(model[..filters], ConvolutionPool.Side * ConvolutionPool.Side, _channels, 2, seed.For("convolution"));
        UniformWeights.Fill(model[filters..], features, _classes, 1, seed.For("dense"));
    }

    public INetworkWorker CreateWorker() => new Worker(this);

    public void Dispose()
    {
    }

    private sealed class Worker : INetworkWorker
    {
        private readonly ConvolutionPool _convolution;
        private readonly DenseLayer _dense;
        private int[] _order = [];
        private float[] _slopes = [];

        public Worker(CnnNetwork network)
        {
            _convolution = new ConvolutionPool(network._channels, network._shape.Height, network._shape.Width);
            _dense = new DenseLayer(_convolution.FeatureCount, network._classes);
        }

        public int ParameterCount => _convolution.ParameterCount + _dense.ParameterCount;

        public void Forward(ReadOnlySpan<float> model, Batch batch, Span<float> logits)
        {
            if (_order.Length < batch.Rows.Length)
            {
                _order = [.. Enumerable.Range(0, batch.Rows.Length)];
                _slopes = new float[batch.Rows.Length * _convolution.FeatureCount];
            }

            _convolution.Forward(model[.._convolution.ParameterCount], batch.Features, batch.Rows);
            _dense.Forward(model[_convolution.ParameterCount..], _convolution.Features, _order.AsSpan(0, batch.Rows.Length), logits);
        }

        public void Backward(Span<float> model, Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate)
        {
            var dense = model[_convolution.ParameterCount..];
            var byFeature = _slopes.AsSpan(0, batch.Rows.Length * _convolution.FeatureCount);
            _dense.InputSlopes(dense, slopes, byFeature);
            _dense.Backward(dense, _convolution.Features, _order.AsSpan(0, batch.Rows.Length), slopes, shrink, rate);
            _convolution.Backward(model[.._convolution.ParameterCount], batch.Features, batch.Rows, byFeature, shrink, rate);
        }

        public void Dispose()
        {
        }
    }
}
