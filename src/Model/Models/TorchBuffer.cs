using System.Runtime.InteropServices;
using TorchSharp;

namespace FLCrowd.Model.Models;

/// <summary>
/// A matrix in torch's memory that managed code sees as a span, so that nothing is copied between the two. It grows on
/// demand, without keeping its content.
/// </summary>
/// <remarks>
/// Torch aligns its memory to 64 bytes and the garbage collector does not. MKL's sums may depend on the alignment, so
/// tensors over managed arrays could have other bits in every work space.
/// </remarks>
internal sealed class TorchBuffer(int columns) : IDisposable
{
    private torch.Tensor? _tensor;

    /// <summary>The first rows; valid until more are asked for.</summary>
    public Span<float> Span(int rows) => Floats(Tensor(rows))[..(rows * columns)];

    /// <summary>The memory of a contiguous tensor of floats; valid as long as the tensor.</summary>
    public static Span<float> Floats(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>The first rows as a matrix, made in the caller's dispose scope; valid until more are asked for.</summary>
    public torch.Tensor Matrix(int rows) => Tensor(rows).narrow(0, 0, (long)rows * columns).view(rows, columns);

    public void Dispose() => _tensor?.Dispose();

    private torch.Tensor Tensor(int rows)
    {
        long length = (long)rows * columns;
        if (_tensor is null || _tensor.shape[0] < length)
        {
            _tensor?.Dispose();

            // It belongs to this buffer, not to a scope of the caller.
            _tensor = torch.zeros(length).DetachFromDisposeScope();
        }

        return _tensor;
    }
}
