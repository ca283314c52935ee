using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Kernels;

/// <summary>One hidden layer with ReLU; parameters [hidden W (H x d), hidden b (H), V (K x H), b (K)].</summary>
/// <param name="input">The hidden layer.</param>
/// <param name="hidden">The number of hidden units H.</param>
/// <param name="classes">The number of classes K.</param>
internal sealed class MlpWorker(IInputLayer input, int hidden, int classes) : INetworkWorker
{
    private readonly int _stride = Logits.Stride(hidden);
    private readonly DenseLayer _output = new(hidden, classes);
    private readonly MovedModel _outputs = new(classes * (hidden + 1));
    private int[] _order = [];
    private float[] _wide = [];
    private float[] _units = [];
    private float[] _slopes = [];

    public void Load(ReadOnlySpan<float> model)
    {
        input.Load(model[..input.ParameterCount]);
        _outputs.Load(model[input.ParameterCount..]);
    }

    public void Restart()
    {
        input.Restart();
        _outputs.Restart();
    }

    public void Save(Span<float> model)
    {
        input.Save(model[..input.ParameterCount]);
        _outputs.Current.CopyTo(model[input.ParameterCount..]);
    }

    public void Forward(Batch batch, Span<float> logits)
    {
        int count = batch.Rows.Length;
        if (_order.Length < count)
        {
            _order = [.. Enumerable.Range(0, count)];
            (_wide, _units, _slopes) = (new float[count * _stride], new float[count * hidden], new float[count * hidden]);
        }

        input.Forward(batch, _wide);
        for (int s = 0; s < count; s++)
        {
            TensorPrimitives.Max(_wide.AsSpan(s * _stride, hidden), 0, _units.AsSpan(s * hidden, hidden));
        }

        _output.Forward(_outputs.Current, _units, _order.AsSpan(0, count), logits);
    }

    public void Backward(Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate)
    {
        int count = batch.Rows.Length;
        var byUnit = _slopes.AsSpan(0, count * hidden);
        _output.InputSlopes(_outputs.Current, slopes, byUnit);
        _output.Backward(_outputs.Move(), _units, _order.AsSpan(0, count), slopes, shrink, rate);
        for (int s = 0; s < count; s++)
        {
            var wide = _wide.AsSpan(s * _stride, _stride);
            wide[hidden..].Clear();
            WhereActive(byUnit.Slice(s * hidden, hidden), _units.AsSpan(s * hidden, hidden), wide);
        }

        input.Backward(batch, _wide.AsSpan(0, count * _stride), shrink, rate);
    }

    public void Dispose()
    {
    }

    private static void WhereActive(ReadOnlySpan<float> slopes, ReadOnlySpan<float> units, Span<float> result)
    {
        int at = 0;
        for (; at + Vector256<float>.Count <= slopes.Length; at += Vector256<float>.Count)
        {
            var active = Vector256.GreaterThan(Vector256.Create(units[at..]), Vector256<float>.Zero);
            (Vector256.Create(slopes[at..]) & active).CopyTo(result[at..]);
        }

        for (; at < slopes.Length; at++)
        {
            result[at] = units[at] > 0 ? slopes[at] : 0;
        }
    }
}
