using FLCrowd.Model.Partitions;

namespace FLCrowd.Model.Tests.Training;

[Collection(TorchCollection.Name)]
public class EvaluationSpec
{
    private static readonly SampleShape Shape = new(1, 10, 9);
    private static readonly DataSet Data = Worlds.Noise(Shape, classCount: 3, count: 300);
    private static readonly double[] Weights = [0.5, 0.2, 0.3];

    [Theory]
    [InlineData("simd")]
    [InlineData("torch")]
    public void Softmax(string kernel) => Check("softmax", $$"""{ "l2": 0.3, "kernel": "{{kernel}}" }""", 0.3, Reference.Softmax(3));

    [Theory]
    [InlineData("simd")]
    [InlineData("torch")]
    public void Mlp(string kernel) =>
        Check("mlp", $$"""{ "l2": 0.3, "hidden": 5, "kernel": "{{kernel}}" }""", 0.3, Reference.Mlp(5, 3));

    [Theory]
    [InlineData("simd")]
    [InlineData("torch")]
    public void Cnn(string kernel) => Check("cnn", $$"""{ "channels": 3, "kernel": "{{kernel}}" }""", 0, Reference.Cnn(Shape, 3, 3));

    private static void Check(string name, string options, double l2, Reference.Network reference)
    {
        var setup = Worlds.Setup(Data, 3, 70, weights: Weights);
        using var model = Worlds.Model(name, setup, options);
        float[] w = [.. Enumerable.Range(0, model.ParameterCount).Select(k => (float)(new Seed(2).Uniform(k) - 0.5))];
        var wide = Reference.Widen(w);
        var partition = new ClientSamples(setup.CreatePartition(), setup.Partition, setup.Seed, setup.Weights.Count);
        double training = l2 / 2 * wide.Sum(parameter => parameter * parameter);
        for (int client = 0; client < Weights.Length; client++)
        {
            training += Weights[client] * partition.SamplesOf(client).Average(sample => Loss(Data.Training, sample));
        }

        var found = model.Evaluate(w);
        Assert.Equal(found.TestLoss, model.TestLoss(w));
        Assert.Equal(training, found.TrainingLoss, 1e-5);
        Assert.Equal(l2 / 2 * wide.Sum(parameter => parameter * parameter), ((IRegularized)model).Penalty(w), 1e-9);
        Assert.Equal(Enumerable.Range(0, 300).Average(sample => Loss(Data.Test, sample)), found.TestLoss, 1e-5);
        Assert.Equal(Enumerable.Range(0, 300).Count(sample =>
        {
            var logits = Logits(Data.Test, sample);
            return Array.IndexOf(logits, logits.Max()) == Data.Test.Labels[sample];
        }) / 300.0, found.Accuracy);

        var samples = (ISampleLoss)model;
        Assert.Equal(300, samples.TestSampleCount);
        double[] losses = [.. Enumerable.Range(0, 300).Select(sample => samples.TestLoss(w, sample))];
        Assert.Equal(found.TestLoss, losses.Average(), 1e-6);
        Assert.All(losses.Index(), one => Assert.Equal(Loss(Data.Test, one.Index), one.Item, 1e-4));

        double Loss(LabeledSamples samples, int sample) => Reference.CrossEntropy(Logits(samples, sample), samples.Labels[sample]);

        double[] Logits(LabeledSamples samples, int sample) =>
            reference(wide, samples.Features.AsSpan(sample * Shape.FeatureCount, Shape.FeatureCount));
    }
}
