using FLCrowd.Model.Models;
using FLCrowd.Model.Storage;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Tests.Training;

/// <summary>Networks whose layers a configuration lists.</summary>
[Collection(TorchCollection.Name)]
public sealed class LayeredNetworkSpec
{
    [Fact]
    public void The_networks_that_have_names_are_lists_of_layers()
    {
        var image = Worlds.Noise(new SampleShape(1, 12, 14), 4);
        var vector = Worlds.Noise(new SampleShape(1, 1, 21), 3);
        AssertSame(image, LayeredNetwork.Create(image, ["conv 3 5", "relu", "pool 2"]), Networks.Cnn(image, 3, Kernel.Torch));
        AssertSame(vector, LayeredNetwork.Create(vector, ["dense 5", "relu"]), Networks.Mlp(vector, 5, Kernel.Torch));
        AssertSame(vector, LayeredNetwork.Create(vector, []), Networks.Softmax(vector, Kernel.Torch));
    }

    [Fact]
    public void Colors_add_up()
    {
        // Filters that look at the first color alone see what filters of one color see in it.
        var color = Worlds.Noise(new SampleShape(3, 8, 9), 3);
        var gray = color with
        {
            Shape = new SampleShape(1, 8, 9),
            Training = color.Training with
            {
                Features = [.. color.Training.Features.Chunk(3 * 72).SelectMany(sample => sample.Take(72))],
            },
        };
        var (three, one) = (Networks.Cnn(color, 2, Kernel.Simd), Networks.Cnn(gray, 2, Kernel.Torch));
        float[] narrow = Draws(one.ParameterCount);
        float[] wide =
        [
            .. Enumerable.Range(0, 2).SelectMany(filter => narrow[(filter * 25)..((filter + 1) * 25)].Concat(new float[50])),
            .. narrow[50..],
        ];
        Assert.Equal(three.ParameterCount, wide.Length);
        Assert.All(Logits(color, three, wide).Zip(Logits(gray, one, narrow)), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void Deeper_ones_train()
    {
        var data = Worlds.Noise(new SampleShape(3, 12, 12), 4);
        var network = LayeredNetwork.Create(data, ["conv 4 3", "relu", "pool 2", "conv 6 2", "relu", "pool 2", "dense 9", "relu"]);
        Assert.Equal((4 * 27 + 4) + (6 * 16 + 6) + (9 * 24 + 9) + (4 * 9 + 4), network.ParameterCount);
        var model = new float[network.ParameterCount];
        network.Initialise(new Seed(1), model);
        int[] rows = [.. Enumerable.Range(0, 40)];
        double before = Loss();
        for (int step = 0; step < 30; step++)
        {
            var gradient = Gradients.OfSum(network, data.Training, rows, data.Training.Labels, model, 4);
            for (int k = 0; k < model.Length; k++)
            {
                model[k] -= 0.005f * gradient[k];
            }
        }

        Assert.InRange(Loss(), 0, 0.98 * before);

        double Loss() => Logits(data, network, model).Chunk(4)
            .Select((logits, sample) => Reference.CrossEntropy([.. logits.Select(logit => (double)logit)], data.Training.Labels[sample]))
            .Sum();
    }

    [Theory]
    [InlineData(0, "is \"blur 3\"; must be \"conv CHANNELS SIDE\", \"pool SIDE\", \"relu\" or \"dense UNITS\"", "blur 3")]
    [InlineData(1, "is \"conv 3\"; must be \"conv CHANNELS SIDE\"", "relu", "conv 3")]
    [InlineData(0, "is \"dense many\"; 'many' must be a whole number from 1 to 65536", "dense many")]
    [InlineData(0, "is \"dense 0\"; '0' must be a whole number from 1 to 65536", "dense 0")]
    [InlineData(1, "is \"pool 5\", but what comes there is 2 x 4 x 4; its side must be at most that", "conv 2 3", "pool 5")]
    [InlineData(1, "is \"conv 2 2\", but what comes there is 1 x 1 x 7; its side must be at most that", "dense 7", "conv 2 2")]
    public void A_layer_that_is_none_is_named(int layer, string problem, params string[] layers)
    {
        var data = Worlds.Noise(new SampleShape(1, 6, 6), 3);
        var error = Assert.Throws<SettingException>(() => LayeredNetwork.Create(data, layers));
        Assert.StartsWith($"learning.network.layers[{layer}]: {problem}", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(DataSet data, INetwork listed, INetwork named)
    {
        Assert.Equal(named.ParameterCount, listed.ParameterCount);
        float[] model = Draws(named.ParameterCount);
        Assert.Equal(Gradient(named), Gradient(listed));

        float[] Gradient(INetwork network) =>
            Gradients.OfSum(network, data.Training, [3, 1, 4, 1], [0, 1, 1, 2], model, data.ClassCount);
    }

    private static float[] Draws(int count) => [.. Enumerable.Range(0, count).Select(k => (float)(new Seed(8).Uniform(k) - 0.5))];

    private static float[] Logits(DataSet data, INetwork network, float[] model)
    {
        using var worker = network.CreateWorker();
        int stride = FLCrowd.Model.Training.Logits.Stride(data.ClassCount);
        var logits = new float[data.Training.Count * stride];
        worker.Load(model);
        worker.Forward(new Batch(SampleStore.Of(data.Training), [.. Enumerable.Range(0, data.Training.Count)]), logits);
        return [.. logits.Chunk(stride).SelectMany(row => row.Take(data.ClassCount))];
    }
}
