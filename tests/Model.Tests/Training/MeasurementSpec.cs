namespace FLCrowd.Model.Tests.Training;

/// <summary>Whole episodes on MNIST against measurements made elsewhere: 10 clients of 1000 samples, heterogeneity 0.4.</summary>
[Collection(TorchCollection.Name)]
public class MeasurementSpec
{
    // Mean of 10 seeds at eta = .5, T = 100 and their standard deviation; three seeds may miss by two of their mean's own.
    [Theory]
    [InlineData(50, 0, 1.0, 0.563, 0.012)]
    [InlineData(5, 0, 1.0, 0.602, 0.018)]
    [InlineData(50, 3, 1.0, 0.914, 0.040)]
    public void Softmax_regression(int batchSize, int shirkers, double gamma, double loss, double tolerance)
    {
        double mean = Enumerable.Range(1, 3).Average(seed =>
        {
            using var model = Worlds.Model("softmax", Worlds.Setup(Worlds.Mnist, 10, 1000, (ulong)seed));
            ClientAction[] profile = [.. Enumerable.Range(0, 10).Select(client =>
                new ClientAction(client < shirkers ? 0 : 1, batchSize, gamma))];
            var trained = Worlds.Play(model, Worlds.Protocol(rounds: 100), profile, new Seed((ulong)seed).For("episode", 0));
            return model.Evaluate(trained).TrainingLoss;
        });
        Assert.Equal(loss, mean, tolerance);
    }

    [Theory]
    [InlineData("cnn", 0.85)]
    [InlineData("mlp", 0.85)]
    public void Networks_learn(string name, double accuracy)
    {
        using var model = Worlds.Model(name, Worlds.Setup(Worlds.Mnist, 10, 1000));
        var trained = Worlds.Play(
            model, Worlds.Protocol(rounds: 50), [.. Enumerable.Repeat(new ClientAction(1, 50, 1), 10)], new Seed(1));
        Assert.InRange(model.Evaluate(trained).Accuracy, accuracy, 1);
    }
}
