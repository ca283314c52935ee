namespace FLCrowd.Model.Estimation;

/// <summary>
/// Samples with their zeros left out and the bias as a last feature of value 1: x in R^(d+1). Four fifths of MNIST's pixels are 0, so a
/// pass over these is faster than one over the images, in double precision too.
/// </summary>
internal sealed class SparseSamples
{
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly float[] _values;
    private readonly double[] _squaredNorms;

    /// <param name="samples">The samples, by whose indices these are addressed.</param>
    /// <param name="features">The number of features d of a sample.</param>
    /// <param name="held">Which ones are wanted; the others stay empty.</param>
    public SparseSamples(LabeledSamples samples, int features, IEnumerable<int> held)
    {
        (Labels, FeatureCount) = (samples.Labels, features + 1);
        var wanted = new bool[samples.Count];
        foreach (int row in held)
        {
            wanted[row] = true;
        }

        var pixels = new float[features];
        _starts = new int[samples.Count + 1];
        for (int row = 0; row < samples.Count; row++)
        {
            int present = wanted[row] ? features - Row(row).Count(0f) + 1 : 0;
            _starts[row + 1] = checked(_starts[row] + present);
        }

        _columns = new int[_starts[^1]];
        _values = new float[_starts[^1]];
        _squaredNorms = new double[samples.Count];
        for (int row = 0, next = 0; row < samples.Count; row++)
        {
            var sample = wanted[row] ? Row(row) : [];
            for (int k = 0; k < sample.Length; k++)
            {
                if (sample[k] != 0)
                {
                    (_columns[next], _values[next++]) = (k, sample[k]);
                }
            }

            if (wanted[row])
            {
                (_columns[next], _values[next++]) = (features, 1);
            }

            foreach (float value in Values(row))
            {
                _squaredNorms[row] += (double)value * value;
            }
        }

        ReadOnlySpan<float> Row(int row)
        {
            samples.CopyFeatures(row * features, pixels);
            return pixels;
        }
    }

    /// <summary>d + 1.</summary>
    public int FeatureCount { get; }

    /// <summary>The true labels, of all samples.</summary>
    public byte[] Labels { get; }

    /// <summary>Where a sample is not 0, in ascending order; <see cref="FeatureCount"/> - 1, the bias, is the last.</summary>
    public ReadOnlySpan<int> Columns(int row) => _columns.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>What it is there.</summary>
    public ReadOnlySpan<float> Values(int row) => _values.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>|x|^2, bias included.</summary>
    public double SquaredNorm(int row) => _squaredNorms[row];
}
