namespace FLCrowd.Model.Tests.Training;

[Collection(TorchCollection.Name)]
public class DeterminismSpec
{
    private const int Clients = 24;
    private static readonly TrainingProtocol Protocol = Worlds.Protocol(localSteps: 2, stepSize: 0.2);

    [Theory]
    [InlineData("softmax")]
    [InlineData("softmax", Worlds.OnTorch)]
    [InlineData("mlp")]
    [InlineData("mlp", Worlds.OnTorch)]
    [InlineData("cnn")]
    [InlineData("cnn", Worlds.OnTorch)]
    [InlineData("quadratic")]
    public void A_client_gets_the_same_bits_in_any_chunk_on_any_thread(string name, string options = "{}")
    {
        using var model = Worlds.Model(name, Worlds.Setup(Worlds.Mnist, Clients, 200), options);
        var global = Worlds.Initial(model);
        var alone = Tasks(global.Length);
        foreach (var task in alone)
        {
            model.Train(global, Protocol, [task]);
        }

        foreach (int size in new[] { 3, 7, Clients })
        {
            var chunked = Tasks(global.Length);
            Parallel.ForEach(
                chunked.Chunk(size), new ParallelOptions { MaxDegreeOfParallelism = 4 }, chunk => model.Train(global, Protocol, chunk));
            for (int client = 0; client < Clients; client++)
            {
                Assert.True(
                    alone[client].Local.Span.SequenceEqual(chunked[client].Local.Span), $"client {client} in chunks of {size} differs");
            }
        }

        Assert.Equal(Clients, alone.Select(task => task.Local.Span[^1]).Distinct().Count());
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("softmax", Worlds.OnTorch)]
    [InlineData("mlp")]
    [InlineData("mlp", Worlds.OnTorch)]
    [InlineData("cnn")]
    [InlineData("cnn", Worlds.OnTorch)]
    public void Evaluations_side_by_side_give_the_same_bits(string name, string options = "{}")
    {
        using var model = Worlds.Model(name, Worlds.Setup(Worlds.Mnist, Clients, 50), options);
        var trained = Worlds.Play(model, Protocol, [.. Enumerable.Repeat(new ClientAction(1, 20, 1), Clients)], new Seed(4));
        var expected = model.Evaluate(trained);
        var found = new Evaluation[4];
        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, k => found[k] = model.Evaluate(trained));
        Assert.All(found, evaluation => Assert.Equal(expected, evaluation));
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("softmax", Worlds.OnTorch)]
    [InlineData("mlp")]
    [InlineData("mlp", Worlds.OnTorch)]
    [InlineData("cnn")]
    [InlineData("cnn", Worlds.OnTorch)]
    public void Two_models_of_one_setup_are_the_same_and_another_seed_is_not(string name, string options = "{}")
    {
        using var one = Worlds.Model(name, Worlds.Setup(Worlds.Mnist, 3, 50, seed: 1), options);
        using var same = Worlds.Model(name, Worlds.Setup(Worlds.Mnist, 3, 50, seed: 1), options);
        using var other = Worlds.Model(name, Worlds.Setup(Worlds.Mnist, 3, 50, seed: 2), options);
        ClientAction[] profile = [new(1, 5, 1), new(0.5, 9, 1), new(0, 1, 1)];
        Assert.Equal(Worlds.Play(one, Protocol, profile, new Seed(1)), Worlds.Play(same, Protocol, profile, new Seed(1)));
        Assert.NotEqual(Worlds.Play(one, Protocol, profile, new Seed(1)), Worlds.Play(other, Protocol, profile, new Seed(1)));
        Assert.Equal(name == "softmax", Worlds.Initial(one).SequenceEqual(Worlds.Initial(other)));
    }

    private static LocalTask[] Tasks(int length) => [.. Enumerable.Range(0, Clients).Select(client =>
        new LocalTask
        {
            Labels = Worlds.TrueLabels(client),
            BatchSize = 1 + (client * client % 61),
            Seed = new Seed(5).For("client", client),
            Local = new float[length],
        })];
}
