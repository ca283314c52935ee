using System.Numerics.Tensors;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Kernels;

/// <summary>A dense layer z = W x + b of parameters [W (outputs x inputs), b (outputs)], with its work space.</summary>
internal sealed class DenseLayer(int inputs, int outputs)
{
    private readonly int[] _outputOrder = [.. Enumerable.Range(0, outputs)];
    private readonly int _stride = Logits.Stride(outputs);
    private float[] _coefficients = [];

    public int ParameterCount => outputs * (inputs + 1);

    /// <summary>Computes z of the rows given, in rows of <see cref="Logits.Stride"/> numbers.</summary>
    public void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> x, ReadOnlySpan<int> rows, Span<float> z) =>
        Dense.Dots(x, rows, parameters[..(outputs * inputs)], parameters.Slice(outputs * inputs, outputs), inputs, z, _stride);

    /// <summary>
    /// Computes the derivative of the loss by the layer's input [S x inputs] from that by its output, which lies as z does.
    /// </summary>
    public void InputSlopes(ReadOnlySpan<float> parameters, ReadOnlySpan<float> slopes, Span<float> inputSlopes)
    {
        inputSlopes.Clear();
        Dense.Combine(inputSlopes, 1, parameters, _outputOrder, slopes, 1, _stride, inputs);
    }

    /// <summary>Takes the gradient step: parameters = shrink * parameters - rate * (sum over samples of slopes by parameters).</summary>
    public void Backward(
        Span<float> parameters, ReadOnlySpan<float> x, ReadOnlySpan<int> rows, ReadOnlySpan<float> slopes, float shrink, float rate)
    {
        if (_coefficients.Length < slopes.Length)
        {
            _coefficients = new float[slopes.Length];
        }

        var coefficients = _coefficients.AsSpan(0, slopes.Length);
        TensorPrimitives.Multiply(slopes, -rate, coefficients);
        Dense.Combine(parameters[..(outputs * inputs)], shrink, x, rows, coefficients, _stride, 1, inputs);
        var bias = parameters.Slice(outputs * inputs, outputs);
        TensorPrimitives.Multiply(bias, shrink, bias);
        for (int s = 0; s < rows.Length; s++)
        {
            TensorPrimitives.Add(bias, coefficients.Slice(s * _stride, outputs), bias);
        }
    }
}
