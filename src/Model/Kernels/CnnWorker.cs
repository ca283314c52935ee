using System.Runtime.Intrinsics;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Kernels;

/// <summary>
/// One convolution of 5 x 5 filters, ReLU, 2 x 2 max-pool and a dense layer; parameters [filters (C x 25), biases (C),
/// V (K x features), biases (K)].
/// </summary>
internal sealed class CnnWorker : INetworkWorker
{
    private readonly ConvolutionPool _convolution;
    private readonly DenseLayer _dense;
    private readonly MovedModel _model;
    private int[] _order = [];
    private float[] _slopes = [];

    public CnnWorker(int height, int width, int channels, int classes)
    {
        _convolution = new ConvolutionPool(channels, height, width, Vector512.IsHardwareAccelerated);
        _dense = new DenseLayer(_convolution.FeatureCount, classes);
        _model = new MovedModel(_convolution.ParameterCount + _dense.ParameterCount);
    }

    public void Load(ReadOnlySpan<float> model) => _model.Load(model);

    public void Restart() => _model.Restart();

    public void Save(Span<float> model) => _model.Current.CopyTo(model);

    public void Forward(Batch batch, Span<float> logits)
    {
        if (_order.Length < batch.Rows.Length)
        {
            _order = [.. Enumerable.Range(0, batch.Rows.Length)];
            _slopes = new float[batch.Rows.Length * _convolution.FeatureCount];
        }

        var model = _model.Current;
        _convolution.Forward(model[.._convolution.ParameterCount], batch);
        _dense.Forward(model[_convolution.ParameterCount..], _convolution.Features, _order.AsSpan(0, batch.Rows.Length), logits);
    }

    public void Backward(Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate)
    {
        var model = _model.Move();
        var dense = model[_convolution.ParameterCount..];
        var byFeature = _slopes.AsSpan(0, batch.Rows.Length * _convolution.FeatureCount);
        _dense.InputSlopes(dense, slopes, byFeature);
        _dense.Backward(dense, _convolution.Features, _order.AsSpan(0, batch.Rows.Length), slopes, shrink, rate);
        _convolution.Backward(model[.._convolution.ParameterCount], batch, byFeature, shrink, rate);
    }

    public void Dispose()
    {
    }
}
