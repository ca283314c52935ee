using FLCrowd.Model.Data;

namespace FLCrowd.Model.Tests;

/// <summary>Games for the tests.</summary>
internal static class Worlds
{
    /// <summary>Options of a model that torch computes.</summary>
    public const string OnTorch = """{ "kernel": "torch" }""";

    private static readonly Lazy<DataSet> Loaded = new(() => MnistFolder.Load(MnistOptions.DefaultFolder));

    /// <summary>MNIST, read once.</summary>
    public static DataSet Mnist => Loaded.Value;

    /// <summary>A data set of uniform noise: any shape, every class present.</summary>
    public static DataSet Noise(SampleShape shape, int classCount, int count = 40)
    {
        var seed = new Seed(20).For("noise", shape.Height, shape.Width, classCount);
        return new DataSet("noise", classCount, shape, Samples(seed.For("training")), Samples(seed.For("test")));

        LabeledSamples Samples(Seed draws) => new(
            [.. Enumerable.Range(0, count * shape.FeatureCount).Select(k => (float)draws.Uniform(k))],
            [.. Enumerable.Range(0, count).Select(sample => (byte)(sample % classCount))]);
    }

    public static LearningSetup Setup(
        DataSet data, int clients, int samples, ulong seed = 1, double[]? weights = null,
        string partition = "last-digit") => new(() => data, Catalog.CreatePartition)
        {
            Seed = new Seed(seed),
            Weights = weights ?? [.. Enumerable.Repeat(1.0 / clients, clients)],
            Partition = Partition(partition, samples, 0.4, 1),
        };

    public static PluginCatalog Catalog { get; } = PluginCatalog.Of(new ModelPlugin());

    public static PartitionSettings Partition(
        string name, int samples, double heterogeneity, double concentration, string options = "{}") => new()
        {
            Choice = new PluginChoice(name, options, $"data.{name}"),
            SamplesPerClient = samples,
            Heterogeneity = heterogeneity,
            Concentration = concentration,
        };

    /// <summary>Clients of their own size, or labels of another source.</summary>
    public static LearningSetup Setup(
        DataSet data, PartitionSettings partition, double[] weights, ulong seed = 1, LabelSettings? labels = null) =>
        new(() => data, Catalog.CreatePartition)
        {
            Seed = new Seed(seed),
            Weights = weights,
            Partition = partition,
            Labels = labels,
        };

    public static ILearningModel Model(string name, LearningSetup setup, string options = "{}") =>
        Catalog.CreateModel(new PluginChoice(name, options, "learning"), setup);

    public static TrainingProtocol Protocol(int rounds = 1, int localSteps = 1, double stepSize = 0.5, bool replacement = true) =>
        new() { Rounds = rounds, LocalSteps = localSteps, StepSize = stepSize, Replacement = replacement };

    public static ClientLabels TrueLabels(int client) => new(client, 1, null);

    public static float[] Initial(ILearningModel model)
    {
        var global = new float[model.ParameterCount];
        model.Initialise(global);
        return global;
    }

    /// <summary>A whole episode with the mean as aggregator: trains every client each round, in chunks.</summary>
    public static float[] Play(
        ILearningModel model, TrainingProtocol protocol, IReadOnlyList<ClientAction> profile, Seed seed, int chunk = int.MaxValue)
    {
        var labels = profile.Select((action, client) => model.Label(
            new LabelingTask { Client = client, Effort = action.Effort, Seed = seed.For("labeling", client) })).ToArray();
        var global = Initial(model);
        float[]? previous = null;
        var sum = new WeightedSum(global.Length);
        for (int round = 1; round <= protocol.Rounds; round++)
        {
            var tasks = profile.Select((action, client) => new LocalTask
            {
                Labels = labels[client],
                BatchSize = action.BatchSize,
                Seed = seed.For("training", client, round),
                Local = new float[global.Length],
            }).ToArray();
            foreach (var part in tasks.Chunk(Math.Min(chunk, tasks.Length)))
            {
                model.Train(global, protocol.InRound(round), part);
            }

            sum.Clear();
            for (int client = 0; client < profile.Count; client++)
            {
                var report = new float[global.Length];
                for (int k = 0; k < report.Length; k++)
                {
                    report[k] = (float)(global[k] + profile[client].Gamma * (tasks[client].Local.Span[k] - global[k]));
                }

                sum.Add(report, 1.0 / profile.Count);
            }

            float[] before = [.. global];
            sum.WriteMean(global);
            for (int k = 0; previous is not null && k < global.Length; k++)
            {
                global[k] += (float)(protocol.Momentum * (before[k] - previous[k]));
            }

            previous = before;
        }

        return global;
    }
}
