namespace FLCrowd.Model.Models;

/// <summary>Initial weights from a seed; torch's own initialisers draw from a generator shared by the process.</summary>
internal static class UniformWeights
{
    /// <summary>Fills a layer's weights and biases with draws uniform in [-1, 1) / sqrt(inputs).</summary>
    public static void Fill(Span<float> layer, int inputs, Seed seed)
    {
        double bound = 1 / Math.Sqrt(inputs);
        for (int k = 0; k < layer.Length; k++)
        {
            layer[k] = (float)(bound * (2 * seed.Uniform(k) - 1));
        }
    }
}
