namespace FLCrowd.Model.Tests.Training;

/// <summary>The networks again, as plainly as they can be written, in double precision: an oracle that shares no code.</summary>
internal static class Reference
{
    public delegate double[] Network(double[] model, ReadOnlySpan<float> sample);

    public static Network Softmax(int classes) => (model, sample) => Dense(model, 0, Widen(sample), classes);

    public static Network Mlp(int hidden, int classes) => (model, sample) =>
    {
        var units = Dense(model, 0, Widen(sample), hidden);
        return Dense(model, hidden * (sample.Length + 1), [.. units.Select(unit => Math.Max(unit, 0))], classes);
    };

    public static Network Cnn(SampleShape shape, int channels, int classes) => (model, sample) =>
    {
        int height = (shape.Height - 4) / 2, width = (shape.Width - 4) / 2;
        var pooled = new double[channels * height * width];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = 0; y < 2 * height; y++)
            {
                for (int x = 0; x < 2 * width; x++)
                {
                    double sum = model[(25 * channels) + channel];
                    for (int tap = 0; tap < 25; tap++)
                    {
                        sum += model[(25 * channel) + tap] * sample[((y + (tap / 5)) * shape.Width) + x + (tap % 5)];
                    }

                    int to = (((channel * height) + (y / 2)) * width) + (x / 2);
                    pooled[to] = Math.Max(pooled[to], sum);
                }
            }
        }

        return Dense(model, 26 * channels, pooled, classes);
    };

    public static double CrossEntropy(double[] logits, int label)
    {
        double max = logits.Max();
        return Math.Log(logits.Sum(logit => Math.Exp(logit - max))) + max - logits[label];
    }

    public static double[] Widen(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (int k = 0; k < wide.Length; k++)
        {
            wide[k] = values[k];
        }

        return wide;
    }

    private static double[] Dense(double[] model, int start, double[] input, int outputs)
    {
        var output = new double[outputs];
        for (int r = 0; r < outputs; r++)
        {
            output[r] = model[start + (outputs * input.Length) + r];
            for (int k = 0; k < input.Length; k++)
            {
                output[r] += model[start + (r * input.Length) + k] * input[k];
            }
        }

        return output;
    }
}
