using FLCrowd.Model.Models;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Tests.Training;

/// <summary>Gradients of every kernel against finite differences of an independent implementation in double precision.</summary>
[Collection(TorchCollection.Name)]
public class GradientSpec
{
    // Sizes that are no multiples of a vector, with odd numbers of classes, channels and samples.
    [Theory]
    [InlineData(37, 3, 7)]
    [InlineData(16, 2, 1)]
    [InlineData(131, 5, 6)]
    public void Softmax(int features, int classes, int batchSize)
    {
        var data = Worlds.Noise(new SampleShape(1, 1, features), classes);
        Check(data, kernel => Networks.Softmax(data, kernel), Reference.Softmax(classes), batchSize);
    }

    [Theory]
    [InlineData(21, 5, 3, 7)]
    [InlineData(8, 1, 2, 1)]
    public void Mlp(int features, int hidden, int classes, int batchSize)
    {
        var data = Worlds.Noise(new SampleShape(1, 1, features), classes);
        Check(data, kernel => Networks.Mlp(data, hidden, kernel), Reference.Mlp(hidden, classes), batchSize);
    }

    [Theory]
    [InlineData(12, 14, 3, 4, 5)]
    [InlineData(13, 11, 1, 3, 1)]
    [InlineData(6, 47, 2, 3, 3)]
    public void Cnn(int height, int width, int channels, int classes, int batchSize)
    {
        var shape = new SampleShape(1, height, width);
        var data = Worlds.Noise(shape, classes);
        Check(data, kernel => Networks.Cnn(data, channels, kernel), Reference.Cnn(shape, channels, classes), batchSize);
    }

    private static void Check(DataSet data, Func<Kernel, INetwork> create, Reference.Network reference, int batchSize)
    {
        foreach (var kernel in Enum.GetValues<Kernel>())
        {
            Check(data, create(kernel), reference, batchSize);
        }
    }

    private static void Check(DataSet data, INetwork network, Reference.Network reference, int batchSize)
    {
        var model = new float[network.ParameterCount];
        for (int k = 0; k < model.Length; k++)
        {
            model[k] = (float)(new Seed(8).Uniform(k) - 0.5);
        }

        int[] rows = [.. Enumerable.Range(0, batchSize).Select(j => new Seed(9).Index(data.Training.Count, j))];
        byte[] labels = [.. rows.Select(row => data.Training.Labels[row])];
        var gradient = Gradients.OfSum(network, data.Training, rows, labels, model, data.ClassCount);
        var wide = Reference.Widen(model);
        Gradients.AgreeWithDifferences(gradient, wide, Loss);

        double Loss() => rows.Select((row, j) => Reference.CrossEntropy(
            reference(wide, data.Training.Features.AsSpan(row * data.Shape.FeatureCount, data.Shape.FeatureCount)), labels[j])).Sum();
    }
}
