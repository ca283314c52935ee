namespace FLCrowd.Model.Tests.Training;

public class TrainingSpec
{
    /// <summary>One sample (1, 2) of class 1 of 2: every draw of every batch is this sample.</summary>
    private static readonly DataSet One = new(
        "one", 2, new SampleShape(1, 1, 2), new LabeledSamples([1, 2], [1]), new LabeledSamples([1, 2], [1]));

    [Fact]
    public void One_round_of_softmax_regression_by_hand()
    {
        using var model = Worlds.Model("softmax", Single(), """{ "l2": 0.5 }""");
        var local = Train(model, new float[6], Worlds.Protocol(localSteps: 1, stepSize: 0.1), batchSize: 3);

        // At w = 0 both probabilities are 1/2: the slopes are (1/2, -1/2), the gradient their product with (1, 2, 1).
        AssertClose([-0.05f, -0.1f, 0.05f, 0.1f, -0.05f, 0.05f], local);

        local = Train(model, new float[6], Worlds.Protocol(localSteps: 2, stepSize: 0.1), batchSize: 3);

        // Now the logits differ by .6, p = 1 / (1 + e^.6) = .354344, and regularisation takes 5%.
        AssertClose([-0.0829344f, -0.1658687f, 0.0829344f, 0.1658687f, -0.0829344f, 0.0829344f], local);
    }

    [Fact]
    public void Given_labels_are_learned_instead_of_true_ones()
    {
        using var model = Worlds.Model("softmax", Single());
        var wrong = Train(model, new float[6], Worlds.Protocol(stepSize: 0.1), batchSize: 1, new ClientLabels(0, 0, [0]));
        AssertClose([0.05f, 0.1f, -0.05f, -0.1f, 0.05f, -0.05f], wrong);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(false, 101)]
    public void A_batch_that_cannot_be_drawn_is_an_error(bool replacement, int batchSize)
    {
        using var model = Worlds.Model("softmax", Worlds.Setup(Worlds.Noise(new SampleShape(1, 1, 4), 3), 1, 100));
        Assert.Throws<InvalidActionException>(() =>
            Train(model, Worlds.Initial(model), Worlds.Protocol(replacement: replacement), batchSize));
    }

    [Fact]
    public void Local_steps_are_rounds_of_one_client()
    {
        // H steps from w are one step after another, each with its own batch: three rounds differ in the batches only.
        using var model = Worlds.Model("softmax", Worlds.Setup(Worlds.Mnist, 1, 200));
        var three = Train(model, Worlds.Initial(model), Worlds.Protocol(localSteps: 3), batchSize: 200);
        var two = Train(model, Worlds.Initial(model), Worlds.Protocol(localSteps: 2), batchSize: 200);
        var one = Train(model, Worlds.Initial(model), Worlds.Protocol(localSteps: 1), batchSize: 200);
        Assert.True(model.Evaluate(three).TrainingLoss < model.Evaluate(two).TrainingLoss);
        Assert.True(model.Evaluate(two).TrainingLoss < model.Evaluate(one).TrainingLoss);
    }

    [Fact]
    public void The_whole_data_set_without_replacement_is_the_full_gradient()
    {
        using var model = Worlds.Model("softmax", Worlds.Setup(Worlds.Mnist, 1, 300));
        var protocol = Worlds.Protocol(replacement: false);
        var one = new float[model.ParameterCount];
        var other = new float[model.ParameterCount];
        model.Train(Worlds.Initial(model), protocol, [new LocalTask
        {
            Labels = Worlds.TrueLabels(0),
            BatchSize = 300,
            Seed = new Seed(1),
            Local = one,
        }]);
        model.Train(Worlds.Initial(model), protocol, [new LocalTask
        {
            Labels = Worlds.TrueLabels(0),
            BatchSize = 300,
            Seed = new Seed(2),
            Local = other,
        }]);
        for (int k = 0; k < one.Length; k++)
        {
            Assert.Equal(one[k], other[k], 1e-6f);
        }
    }

    private static LearningSetup Single() => Worlds.Setup(One, 1, 1, partition: "iid");

    private static float[] Train(
        ILearningModel model, float[] global, TrainingProtocol protocol, int batchSize, ClientLabels? labels = null)
    {
        var local = new float[global.Length];
        model.Train(global, protocol, [new LocalTask
        {
            Labels = labels ?? Worlds.TrueLabels(0),
            BatchSize = batchSize,
            Seed = new Seed(3),
            Local = local,
        }]);
        return local;
    }

    private static void AssertClose(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
}
