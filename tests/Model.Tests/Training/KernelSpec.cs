namespace FLCrowd.Model.Tests.Training;

/// <summary>The kernels written for a model against torch's operators and gradient, over whole episodes on MNIST.</summary>
[Collection(TorchCollection.Name)]
public class KernelSpec
{
    [Theory]
    [InlineData("softmax", 1)]
    [InlineData("softmax", 7)]
    [InlineData("softmax", 50)]
    [InlineData("mlp", 1)]
    [InlineData("mlp", 50)]
    [InlineData("cnn", 1)]
    [InlineData("cnn", 7)]
    [InlineData("cnn", 50)]
    public void Both_train_the_same_model(string name, int batchSize)
    {
        var setup = Worlds.Setup(Worlds.Mnist, 3, 200);
        using var simd = Worlds.Model(name, setup);
        using var torch = Worlds.Model(name, setup, Worlds.OnTorch);
        var initial = Worlds.Initial(simd);
        Assert.Equal(initial, Worlds.Initial(torch));

        var protocol = Worlds.Protocol(rounds: 5, localSteps: 2, stepSize: 0.2);
        ClientAction[] profile = [new(1, batchSize, 1), new(0.5, batchSize + 1, 1.5), new(0, batchSize + 2, 0.5)];
        var expected = Worlds.Play(torch, protocol, profile, new Seed(6));
        var found = Worlds.Play(simd, protocol, profile, new Seed(6));
        float moved = expected.Zip(initial, (after, before) => MathF.Abs(after - before)).Max();
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], found[k], 1e-5f * moved);
        }

        var test = torch.Evaluate(expected);
        Assert.Equal(test.TrainingLoss, simd.Evaluate(expected).TrainingLoss, 1e-6);
        Assert.Equal(test.TestLoss, simd.Evaluate(expected).TestLoss, 1e-6);
    }
}
