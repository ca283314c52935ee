using FLCrowd.Sample.Plugin;

namespace FLCrowd.Abstractions.Tests.Plugins;

/// <summary>The sample's aggregator and model do what their pages say.</summary>
public class SampleLearningSpec
{
    private const int Classes = 3;
    private const int Samples = 60;

    private static PluginCatalog Catalog { get; } = PluginCatalog.Of(new SamplePlugin());

    private static TrainingProtocol Protocol { get; } = new() { Rounds = 40, LocalSteps = 2, StepSize = 0.5 };

    [Fact]
    public void A_long_update_is_as_long_as_that_in_the_middle()
    {
        var next = Aggregate([1, 1], (1, [1, 3]), (1, [3, 1]), (1, [1, -99]));
        Assert.Equal([(1 + 3 + 1) / 3f, (3 + 1 - 1) / 3f], next);
    }

    [Fact]
    public void Reports_of_equal_length_are_averaged_by_weight()
    {
        var next = Aggregate([0, 0], (0.75, [2, 0]), (0.25, [-2, 0]));
        Assert.Equal([1f, 0f], next);
    }

    [Theory]
    [InlineData(1, 0.95, 1)]
    [InlineData(0, 0, 0.6)]
    public void The_model_learns_what_the_labels_say(double effort, double atLeast, double atMost)
    {
        using var model = Model();
        float[] global = new float[model.ParameterCount];
        model.Initialise(global);
        double before = model.Evaluate(global).TestLoss;
        Train(model, global, effort);
        var after = model.Evaluate(global);
        Assert.InRange(after.Accuracy, atLeast, atMost);
        Assert.Equal(effort == 1, after.TestLoss < 0.2 * before);
    }

    [Fact]
    public void Equal_seeds_give_equal_bits_and_a_client_does_not_depend_on_its_chunk()
    {
        using var model = Model();
        var (global, together, alone) = (new float[model.ParameterCount], new float[model.ParameterCount], new float[model.ParameterCount]);
        var other = new float[model.ParameterCount];
        model.Train(global, Protocol, [Task(model, 0, 1, together), Task(model, 1, 1, other)]);
        model.Train(global, Protocol, [Task(model, 0, 1, alone)]);
        Assert.Equal(together, alone);
        Assert.NotEqual(together, other);
    }

    private static float[] Aggregate(float[] global, params (double Weight, float[] Model)[] reports)
    {
        var next = new float[global.Length];
        Catalog.CreateAggregator(new PluginChoice("sample/clipped-mean")).Aggregate(
            global,
            [.. reports.Select((report, client) => new ReportedModel { Client = client, Weight = report.Weight, Model = report.Model })],
            next);
        return next;
    }

    private static void Train(ILearningModel model, float[] global, double effort)
    {
        var local = new float[global.Length];
        for (int round = 1; round <= Protocol.Rounds; round++)
        {
            model.Train(global, Protocol, [Task(model, round % 2, effort, local, round)]);
            local.CopyTo(global, 0);
        }
    }

    private static LocalTask Task(ILearningModel model, int client, double effort, float[] local, int round = 1) => new()
    {
        Labels = model.Label(new LabelingTask { Client = client, Effort = effort, Seed = new Seed(2).For("labels", client) }),
        BatchSize = 20,
        Seed = new Seed(3).For("training", client, round),
        Local = local,
    };

    /// <summary>Three classes, each with a feature of its own, dealt out by the sample's partition.</summary>
    private static ILearningModel Model()
    {
        byte[] labels = [.. Enumerable.Range(0, Samples).Select(sample => (byte)(sample % Classes))];
        float[] features = [.. labels.SelectMany(label => Enumerable.Range(0, Classes).Select(k => k == label ? 1f : 0f))];
        var samples = new LabeledSamples(features, labels);
        var data = new DataSet("test", Classes, new SampleShape(1, 1, Classes), samples, samples);
        return Catalog.CreateModel(new PluginChoice("sample/least-squares"), new LearningSetup(() => data, Catalog.CreatePartition)
        {
            Seed = new Seed(1),
            Weights = [0.5, 0.5],
            Partition = new PartitionSettings
            {
                Choice = new PluginChoice("sample/few-classes", """{ "classes": 3 }""", "here"),
                SamplesPerClient = 40,
            },
        });
    }
}
