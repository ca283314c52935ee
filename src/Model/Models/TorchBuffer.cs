using TorchSharp;

namespace FLCrowd.Model.Models;

/// <summary>
/// A matrix that managed code sees as a span and torch as a tensor: the same memory, nothing is copied. It grows on
/// demand, without keeping its content.
/// </summary>
internal sealed class TorchBuffer(int columns) : IDisposable
{
    private float[] _memory = [];
    private torch.Tensor? _tensor;

    /// <summary>The first rows; valid until more are asked for.</summary>
    public Span<float> Span(int rows)
    {
        Tensor(rows);
        return _memory.AsSpan(0, rows * columns);
    }

    /// <summary>The first rows as a matrix, made in the caller's dispose scope; valid until more are asked for.</summary>
    public torch.Tensor Matrix(int rows) => Tensor(rows).narrow(0, 0, (long)rows * columns).view(rows, columns);

    public void Dispose() => _tensor?.Dispose();

    private torch.Tensor Tensor(int rows)
    {
        if (_tensor is null || _memory.Length < rows * columns)
        {
            _tensor?.Dispose();
            _memory = new float[rows * columns];

            // The tensor pins the array until it is disposed; it belongs to this buffer, not to a scope of the caller.
            _tensor = torch.frombuffer(_memory, torch.ScalarType.Float32).DetachFromDisposeScope();
        }

        return _tensor;
    }
}
