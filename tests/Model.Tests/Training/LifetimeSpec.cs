using TorchSharp;

namespace FLCrowd.Model.Tests.Training;

[Collection(TorchCollection.Name)]
public class LifetimeSpec
{
    [Theory]
    [InlineData("softmax", Worlds.OnTorch)]
    [InlineData("mlp", Worlds.OnTorch)]
    [InlineData("cnn", Worlds.OnTorch)]
    public void No_tensor_outlives_its_model(string name, string options)
    {
        long before = torch.Tensor.TotalCount;
        using (var outer = torch.NewDisposeScope())
        {
            var model = Worlds.Model(name, Worlds.Setup(Worlds.Mnist, 8, 50), options);
            ClientAction[] profile = [.. Enumerable.Range(0, 8).Select(client => new ClientAction(1, 1 + (10 * client), 1))];
            model.Evaluate(Worlds.Play(model, Worlds.Protocol(rounds: 2), profile, new Seed(1), chunk: 3));
            long working = torch.Tensor.TotalCount;
            Assert.NotEqual(before, working);
            model.Evaluate(Worlds.Play(model, Worlds.Protocol(rounds: 5), profile, new Seed(1), chunk: 3));
            Assert.Equal(working, torch.Tensor.TotalCount);
            Assert.Equal(0, outer.DisposablesCount);
            model.Dispose();
            Assert.Equal(before, torch.Tensor.TotalCount);
        }
    }

    [Fact]
    public void Torch_computes_on_the_calling_thread_alone()
    {
        using var model = Worlds.Model("mlp", Worlds.Setup(Worlds.Mnist, 1, 10), Worlds.OnTorch);
        var global = Worlds.Initial(model);
        var found = new int[3];
        for (int k = 0; k < found.Length; k++)
        {
            var thread = new Thread(() =>
            {
                model.Train(global, Worlds.Protocol(), [new LocalTask
                {
                    Labels = Worlds.TrueLabels(0),
                    BatchSize = 5,
                    Seed = new Seed(1),
                    Local = new float[global.Length],
                }]);
                found[k] = torch.get_num_threads();
            });
            thread.Start();
            thread.Join();
        }

        Assert.Equal([1, 1, 1], found);
    }
}
