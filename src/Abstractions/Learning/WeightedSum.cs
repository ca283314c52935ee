using System.Numerics.Tensors;

namespace FLCrowd;

/// <summary>
/// A weighted sum of models. It is a sum of floats in the order in which models are added: add them in client order, and
/// partial sums in cohort order, to get the same bits every time.
/// </summary>
/// <param name="length">The number of parameters.</param>
public sealed class WeightedSum(int length)
{
    private readonly float[] _sum = new float[length];

    /// <summary>The sum of the coefficients so far.</summary>
    public double Weight { get; private set; }

    /// <summary>The sum so far.</summary>
    public ReadOnlyMemory<float> Sum => _sum;

    /// <summary>Adds coefficient * model.</summary>
    public void Add(ReadOnlySpan<float> model, double coefficient)
    {
        TensorPrimitives.MultiplyAdd(model, (float)coefficient, _sum, _sum);
        Weight += coefficient;
    }

    /// <summary>Adds a sum made elsewhere.</summary>
    public void AddPartial(ReadOnlySpan<float> sum, double weight)
    {
        TensorPrimitives.Add(sum, _sum, _sum);
        Weight += weight;
    }

    /// <summary>Starts again at nothing.</summary>
    public void Clear()
    {
        Array.Clear(_sum);
        Weight = 0;
    }

    /// <summary>Writes the weighted mean of what was added.</summary>
    /// <exception cref="InvalidOperationException">The coefficients add up to 0.</exception>
    public void WriteMean(Span<float> mean)
    {
        if (!(Weight > 0))
        {
            throw new InvalidOperationException($"there is no mean of models whose weights add up to {Weight}");
        }

        TensorPrimitives.Divide(_sum, (float)Weight, mean);
    }
}
