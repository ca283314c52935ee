namespace FLCrowd.Model.Data.Images;

/// <summary>
/// Resizes a line of pixels: to fewer, each the mean over the part of the line that it covers; to more, between the two nearest. Rows,
/// then columns: the same bits on every machine.
/// </summary>
internal sealed class Resizing
{
    private readonly (int Start, double[] Weights)[] _pixels;

    public Resizing(int from, int to)
    {
        double scale = (double)from / to;
        _pixels = [.. Enumerable.Range(0, to).Select(pixel => scale > 1 ? Covered(pixel * scale, (pixel + 1) * scale) : Between(pixel))];

        (int, double[]) Covered(double start, double end)
        {
            int first = (int)Math.Floor(start);
            int last = Math.Min((int)Math.Ceiling(end), from);
            return (first, [.. Enumerable.Range(first, last - first).Select(
                source => (Math.Min(end, source + 1) - Math.Max(start, source)) / scale)]);
        }

        (int, double[]) Between(int pixel)
        {
            double centre = Math.Clamp(((pixel + 0.5) * scale) - 0.5, 0, from - 1);
            int left = Math.Min((int)centre, Math.Max(0, from - 2));
            return from == 1 ? (0, [1]) : (left, [1 - (centre - left), centre - left]);
        }
    }

    /// <summary>Resizes several lines whose pixels lie a step apart.</summary>
    /// <param name="source">Pixels.</param>
    /// <param name="step">From a pixel of a line to the next.</param>
    /// <param name="lines">Where each line begins.</param>
    /// <param name="put">Takes the line, the pixel and its value.</param>
    public void Apply(ReadOnlySpan<double> source, int step, IEnumerable<int> lines, Action<int, int, double> put)
    {
        foreach (var (line, begin) in lines.Index())
        {
            for (int pixel = 0; pixel < _pixels.Length; pixel++)
            {
                var (start, weights) = _pixels[pixel];
                double sum = 0;
                for (int k = 0; k < weights.Length; k++)
                {
                    sum += weights[k] * source[begin + ((start + k) * step)];
                }

                put(line, pixel, sum);
            }
        }
    }
}
