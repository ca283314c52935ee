namespace Acme.Spirals;

using FLCrowd;

/// <summary>Makes the samples. Yours may come from a file: whatever is loaded, it is the same every time and on every machine.</summary>
internal sealed class SpiralsData(SpiralsOptions options)
{
    private const int Coordinates = 2;

    public DataSet Load() => new(
        "acme/spirals",
        options.Classes,
        new SampleShape(Channels: 1, Height: 1, Width: Coordinates),
        Samples(new Seed(1).For("training"), options.SamplesPerClass),
        Samples(new Seed(1).For("test"), (options.SamplesPerClass + 3) / 4));

    /// <summary>Features are one sample after the other; random numbers come from a seed of our own.</summary>
    private LabeledSamples Samples(Seed seed, int perClass)
    {
        var labels = new byte[options.Classes * perClass];
        var features = new float[labels.Length * Coordinates];
        for (int sample = 0; sample < labels.Length; sample++)
        {
            int label = sample % options.Classes;
            double along = seed.For("along").Uniform(sample);
            double turn = 2 * double.Pi * (along + (double)label / options.Classes);
            labels[sample] = (byte)label;
            features[sample * Coordinates] = (float)(along * double.Cos(turn) + options.Noise * seed.For("x").Normal(sample));
            features[sample * Coordinates + 1] = (float)(along * double.Sin(turn) + options.Noise * seed.For("y").Normal(sample));
        }

        return new LabeledSamples(features, labels);
    }
}
