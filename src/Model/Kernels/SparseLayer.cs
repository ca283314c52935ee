using System.Numerics.Tensors;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Kernels;

/// <summary>The input layer for samples with their zeros left out.</summary>
/// <param name="inputs">The number of features.</param>
/// <param name="outputs">The number of outputs.</param>
internal sealed class SparseLayer(int inputs, int outputs) : IInputLayer
{
    private readonly int _blockWidth = SparsePasses.BlockWidth(outputs);
    private readonly int _stride = Logits.Stride(outputs);
    private readonly AlignedFloats _loaded = new(SparsePasses.Length(inputs, outputs));
    private readonly AlignedFloats _moved = new(SparsePasses.Length(inputs, outputs));
    private bool _hasMoved;
    private float[] _values = [];

    public int ParameterCount => outputs * (inputs + 1);

    public void Load(ReadOnlySpan<float> parameters)
    {
        _hasMoved = false;
        for (int first = 0; first < outputs; first += _blockWidth)
        {
            int count = Math.Min(_blockWidth, outputs - first);
            var block = _loaded.Span.Slice(first * (inputs + 1), (inputs + 1) * _blockWidth);
            Transposed.ToColumns(parameters.Slice(first * inputs, count * inputs), inputs, block, _blockWidth);
            parameters.Slice(outputs * inputs + first, count).CopyTo(block[(inputs * _blockWidth)..]);
        }
    }

    public void Restart() => _hasMoved = false;

    public void Save(Span<float> parameters)
    {
        for (int first = 0; first < outputs; first += _blockWidth)
        {
            int count = Math.Min(_blockWidth, outputs - first);
            var block = Current.Span.Slice(first * (inputs + 1), (inputs + 1) * _blockWidth);
            Transposed.ToRows(block, _blockWidth, parameters.Slice(first * inputs, count * inputs), inputs);
            block.Slice(inputs * _blockWidth, count).CopyTo(parameters[(outputs * inputs + first)..]);
        }
    }

    public void Forward(Batch batch, Span<float> z) => SparsePasses.Forward(
        batch.Samples.Sparse, batch.Rows, Current, _blockWidth, Values(batch), z, _stride);

    public void Backward(Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate)
    {
        TensorPrimitives.Multiply(Current.Span, shrink, _moved.Span);
        _hasMoved = true;
        SparsePasses.Backward(batch.Samples.Sparse, batch.Rows, slopes, _stride, -rate, _moved, _blockWidth, Values(batch));
    }

    private AlignedFloats Current => _hasMoved ? _moved : _loaded;

    private Span<float> Values(Batch batch)
    {
        int length = batch.Samples.Sparse.MostEntries + Storage.SparseRows.Padding;
        if (_values.Length < length)
        {
            _values = new float[length];
        }

        return _values;
    }
}
