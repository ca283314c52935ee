using FLCrowd.Model.Partitions;

namespace FLCrowd.Model.Tests.Training;

/// <summary>Clients of very unequal size.</summary>
[Collection(TorchCollection.Name)]
public class UnequalClientsSpec
{
    private static readonly SampleShape Shape = new(1, 4, 3);
    private static readonly int[] Counts = [70, 11, 140];
    private static readonly double[] BySamples = [.. Counts.Select(count => count / 221.0)];

    /// <summary>221 samples, of three owners.</summary>
    private static readonly DataSet Data = Worlds.Noise(Shape, classCount: 3, count: 221) with
    {
        Columns = new Dictionary<string, string[]>
        {
            ["owner"] = [.. Enumerable.Range(0, 221).Select(sample => sample < 70 ? "a" : sample < 81 ? "b" : "c")],
            ["all"] = [.. Enumerable.Repeat("everyone", 221)],
        },
    };

    [Theory]
    [InlineData("iid", "{}")]
    [InlineData("iid", """{ "overlap": false }""")]
    [InlineData("dirichlet", "{}")]
    [InlineData("shards", "{}")]
    public void The_training_loss_is_the_weighted_mean_of_the_clients_means(string name, string options)
    {
        double[] weights = [0.5, 0.2, 0.3];
        var setup = Worlds.Setup(
            Data, Worlds.Partition(name, 140, 0.4, 1, options) with { SampleCounts = new ValueList<int>(Counts) }, weights);
        using var model = Worlds.Model("softmax", setup, """{ "l2": 0.3 }""");
        Assert.Equal(Counts, Enumerable.Range(0, 3).Select(model.SampleCount));
        float[] w = [.. Enumerable.Range(0, model.ParameterCount).Select(k => (float)(new Seed(2).Uniform(k) - 0.5))];
        var wide = Reference.Widen(w);
        var partition = new ClientSamples(setup.CreatePartition(), setup.Partition, setup.Seed, setup.Weights.Count);
        double training = 0.15 * wide.Sum(parameter => parameter * parameter);
        for (int client = 0; client < 3; client++)
        {
            Assert.Equal(Counts[client], partition.SamplesOf(client).Length);
            training += weights[client] * partition.SamplesOf(client).Average(sample => Reference.CrossEntropy(
                Reference.Softmax(3)(wide, Data.Training.Features.AsSpan(sample * Shape.FeatureCount, Shape.FeatureCount)),
                Data.Training.Labels[sample]));
        }

        Assert.Equal(training, model.Evaluate(w).TrainingLoss, 1e-5);
        var held = new int[3];
        ((IHeldClasses)model).CountClasses(2, held);
        Assert.Equal(
            Enumerable.Range(0, 3).Select(label => partition.SamplesOf(2).Count(sample => Data.Training.Labels[sample] == label)), held);
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("mlp")]
    public void Full_batches_weighted_by_samples_are_gradient_descent_on_all_data(string name)
    {
        using var crowd = Worlds.Model(name, Worlds.Setup(Data, Owned("owner", 140, Counts), BySamples));
        using var central = Worlds.Model(name, Worlds.Setup(Data, Owned("all", 221, [221]), [1]));
        var protocol = Worlds.Protocol(rounds: 20, replacement: false);
        var (ours, theirs) = (Play(crowd, protocol, Counts, BySamples), Play(central, protocol, [221], [1]));
        for (int k = 0; k < ours.Length; k++)
        {
            Assert.Equal(theirs[k], ours[k], 1e-5f);
        }

        Assert.Equal(central.Evaluate(theirs).TrainingLoss, crowd.Evaluate(ours).TrainingLoss, 1e-6);
    }

    [Fact]
    public void A_batch_without_replacement_is_at_most_what_the_client_holds()
    {
        using var crowd = Worlds.Model("softmax", Worlds.Setup(Data, Owned("owner", 140, Counts), BySamples));
        var error = Assert.Throws<InvalidActionException>(
            () => Play(crowd, Worlds.Protocol(rounds: 1, replacement: false), [70, 12, 140], BySamples));
        Assert.Equal("client 1: batch size 12 is not between 1 and 11", error.Message);
    }

    [Fact]
    public void Label_noise_follows_its_source()
    {
        double[] matrix = [0.5, 0.25, 0.25, 0, 0.9, 0.1, 1, 0, 0];
        var labels = new LabelSettings { Careless = LabelSource.Confusion, Confusion = new ValueList<double>(matrix) };
        using var model = Worlds.Model("softmax", Worlds.Setup(Data, Owned("owner", 140, Counts), BySamples, labels: labels));
        using var uniform = Worlds.Model(
            "softmax", Worlds.Setup(Data, Owned("owner", 140, Counts), BySamples, labels: new LabelSettings()));
        double[] wrong = [0.5, 0.1, 1];
        Assert.Equal(Noise(sample => wrong[Data.Training.Labels[sample]]), Beta(model), 1e-9);
        Assert.Equal(Noise(_ => 2 / 3.0), Beta(uniform), 1e-9);

        static double Beta(ILearningModel model) =>
            ((IConstantsEstimator)model).Estimate(Worlds.Protocol(rounds: 2, stepSize: 0.1), [10, 10, 10]).LabelNoise;

        // The mean squared change of a sample's gradient (s - y) x', bias included, of the client for whom it is largest.
        static double Noise(Func<int, double> probability) => new[] { (0, 70), (70, 81), (81, 221) }.Max(client =>
            Enumerable.Range(client.Item1, client.Item2 - client.Item1).Average(sample => 2 * probability(sample) * (1 + Squares(sample))));

        static double Squares(int sample) => Data.Training.Features
            .Skip(sample * Shape.FeatureCount).Take(Shape.FeatureCount).Sum(pixel => (double)pixel * pixel);
    }

    private static PartitionSettings Owned(string column, int most, int[] counts) =>
        Worlds.Partition("by-column", most, 0.4, 1, $$"""{ "column": "{{column}}" }""") with { SampleCounts = new ValueList<int>(counts) };

    private static float[] Play(ILearningModel model, TrainingProtocol protocol, int[] batches, double[] weights)
    {
        var global = Worlds.Initial(model);
        var sum = new WeightedSum(global.Length);
        for (int round = 1; round <= protocol.Rounds; round++)
        {
            LocalTask[] tasks = [.. batches.Select((batch, client) => new LocalTask
            {
                Labels = Worlds.TrueLabels(client),
                BatchSize = batch,
                Seed = new Seed(9).For("training", client, round),
                Local = new float[global.Length],
            })];
            model.Train(global, protocol, tasks);
            sum.Clear();
            foreach (var (client, task) in tasks.Index())
            {
                sum.Add(task.Local.Span, weights[client]);
            }

            sum.WriteMean(global);
        }

        return global;
    }
}
