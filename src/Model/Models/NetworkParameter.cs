namespace FLCrowd.Model.Models;

/// <summary>A parameter tensor of a network: its shape and its initial values.</summary>
/// <remarks>The values come from a seed; torch's own initialisers draw from a generator shared by the process.</remarks>
internal sealed class NetworkParameter
{
    private readonly string _name;
    private readonly double _bound;

    private NetworkParameter(string name, double bound, long[] shape) => (_name, _bound, Shape) = (name, bound, shape);

    /// <summary>Outputs first, as torch has it.</summary>
    public long[] Shape { get; }

    public int Count => (int)Shape.Aggregate((a, b) => a * b);

    /// <summary>All 0, for biases and convex models.</summary>
    public static NetworkParameter Zero(params long[] shape) => new("", 0, shape);

    /// <summary>
    /// Uniform with variance gain^2 / inputs (He et al. 2015, which keeps the variance of activations; gain^2 is 2 before a
    /// ReLU and 1 elsewhere).
    /// </summary>
    public static NetworkParameter Uniform(string name, double squaredGain, params long[] shape) =>
        new(name, Math.Sqrt(3 * squaredGain / shape[1..].Aggregate((a, b) => a * b)), shape);

    /// <summary>Writes the initial values.</summary>
    public void Initialise(Seed seed, Span<float> values)
    {
        values.Clear();
        if (_bound == 0)
        {
            return;
        }

        var draws = seed.For(_name);
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = (float)(_bound * (2 * draws.Uniform(k) - 1));
        }
    }
}
