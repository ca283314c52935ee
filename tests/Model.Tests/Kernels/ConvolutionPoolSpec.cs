using FLCrowd.Model.Kernels;
using FLCrowd.Model.Storage;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Tests.Kernels;

public class ConvolutionPoolSpec
{
    [Theory]
    [InlineData(12, 14, 3)]
    [InlineData(28, 28, 8)]
    [InlineData(6, 47, 1)]
    public void Vectors_of_either_width_give_the_same_bits(int height, int width, int channels)
    {
        var samples = Worlds.Noise(new SampleShape(1, height, width), 3).Training;
        float[] parameters = [.. Enumerable.Range(0, 26 * channels).Select(k => (float)(new Seed(8).Uniform(k) - 0.5))];
        Assert.Equal(Step(isWide: true), Step(isWide: false));
        Assert.NotEqual(parameters, Step(isWide: false));

        float[] Step(bool isWide)
        {
            var pool = new ConvolutionPool(channels, height, width, isWide);
            var batch = new Batch(SampleStore.Of(samples), [3, 1, 4, 1, 5]);
            float[] moved = [.. parameters];
            pool.Forward(moved, batch);
            float[] features = [.. pool.Features[..(batch.Rows.Length * pool.FeatureCount)]];
            float[] slopes = [.. features.Select((_, k) => (float)new Seed(9).Normal(k))];
            pool.Backward(moved, batch, slopes, 0.9f, 0.1f);
            return [.. moved, .. features];
        }
    }
}
