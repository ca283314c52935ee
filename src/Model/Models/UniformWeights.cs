namespace FLCrowd.Model.Models;

/// <summary>Initial weights from a seed; torch's own initialisers draw from a generator shared by the process.</summary>
internal static class UniformWeights
{
    /// <summary>
    /// Fills a layer, weights then biases: weights uniform with variance gain^2 / inputs (He et al. 2015, which keeps the
    /// variance of activations; gain^2 is 2 before a ReLU and 1 elsewhere), biases 0.
    /// </summary>
    public static void Fill(Span<float> layer, int inputs, int outputs, double squaredGain, Seed seed)
    {
        double bound = Math.Sqrt(3 * squaredGain / inputs);
        layer.Clear();
        for (int k = 0; k < inputs * outputs; k++)
        {
            layer[k] = (float)(bound * (2 * seed.Uniform(k) - 1));
        }
    }
}
