using FLCrowd.Model.Models;
using FLCrowd.Model.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace FLCrowd.Model.Tests.Training;

/// <summary>Gradients on real batches against torch's automatic differentiation.</summary>
[Collection(TorchCollection.Name)]
public class AutogradSpec
{
    private const int BatchSize = 50;

    [Fact]
    public void Softmax() => Check(
        new SoftmaxNetwork(Worlds.Mnist), [[10, 784], [10]], (x, p) => functional.linear(x, p[0], p[1]));

    [Fact]
    public void Mlp() => Check(
        new MlpNetwork(Worlds.Mnist, 64), [[64, 784], [64], [10, 64], [10]],
        (x, p) => functional.linear(functional.relu(functional.linear(x, p[0], p[1])), p[2], p[3]));

    [Fact]
    public void Cnn() => Check(
        new CnnNetwork(Worlds.Mnist, 8), [[8, 1, 5, 5], [8], [10, 1152], [10]],
        (x, p) => functional.linear(
            functional.max_pool2d(functional.relu(functional.conv2d(x.view(-1, 1, 28, 28), p[0], p[1])), 2).flatten(1), p[2], p[3]));

    private static void Check(INetwork network, long[][] shapes, Func<torch.Tensor, torch.Tensor[], torch.Tensor> forward)
    {
        using var scope = torch.NewDisposeScope();
        var model = new float[network.ParameterCount];
        network.Initialise(new Seed(12), model);
        var samples = Worlds.Mnist.Training;
        int[] rows = [.. Enumerable.Range(0, BatchSize).Select(j => new Seed(13).Index(samples.Count, j))];
        byte[] labels = [.. rows.Select(row => samples.Labels[row])];
        var gradient = Gradients.OfSum(network, samples.Features, rows, labels, model, 10);

        var pixels = rows.SelectMany(row => samples.Features[(row * 784)..((row + 1) * 784)]).ToArray();
        var parts = torch.tensor(model).split([.. shapes.Select(shape => shape.Aggregate(1L, (a, b) => a * b))]);
        var parameters = parts.Select((part, k) => part.view(shapes[k]).clone().requires_grad_()).ToArray();
        var target = torch.tensor(labels.Select(label => (long)label).ToArray());
        functional.cross_entropy(forward(torch.tensor(pixels).view(BatchSize, 784), parameters), target, reduction: Reduction.Sum).backward();
        var expected = parameters.SelectMany(parameter => parameter.grad!.flatten().data<float>().ToArray()).ToArray();
        float largest = expected.Max(MathF.Abs);
        Assert.Equal(model.Length, expected.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], gradient[k], 2e-5f * largest);
        }

        network.Dispose();
    }
}
