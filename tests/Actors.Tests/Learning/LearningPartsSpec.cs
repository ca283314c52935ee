using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Learning;

public class LearningPartsSpec
{
    private static readonly PluginSource Source = new("Acme", "1.0", Guid.Empty, "/acme/Acme.dll", "");

    public static TheoryData<string, OddModel> Models => new()
    {
        { "has 0 parameters; must have at least 1", new OddModel { ParameterCount = 0 } },
        { "has 1 classes; must have 2 to 256, or 0 where there is nothing to label", new OddModel { ClassCount = 1 } },
        { "has 257 classes; must have 2 to 256, or 0 where there is nothing to label", new OddModel { ClassCount = 257 } },
        { "has -1 samples for client 2; must have at least 0", new OddModel { Samples = client => client == 2 ? -1 : 4 } },
        { "begins with NaN as parameter 1; must be finite", new OddModel { Initial = [0, float.NaN, 0] } },
        { "has 0 test samples; must have at least 1", new OddModel { TestSampleCount = 0 } },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_that_is_none_is_named_with_its_plug_in_and_disposed(string problem, OddModel model)
    {
        var setup = new LearningSetup(() => throw new InvalidOperationException())
        {
            Seed = new Seed(1),
            Weights = [0.25, 0.25, 0.5],
            Partition = new PartitionSettings { Choice = new PluginChoice("iid"), SamplesPerClient = 4 },
        };
        var error = Assert.Throws<SettingException>(() => LearningParts.CreateModel(
            Catalog(model, null), new PluginChoice("acme/part", "{}", "learning.acme/part"), setup)).Message;
        Assert.Equal($"learning.acme/part: the model 'acme/part' of Acme {problem}", error);
        Assert.True(model.IsDisposed);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(1e39)]
    public void Coefficients_that_cannot_be_summed_are_the_aggregators(double coefficient) => Assert.Equal(
        "learning.acme/part: the aggregator 'acme/part' of Acme has the coefficient "
            + FormattableString.Invariant($"{coefficient} for client 1; must be finite and at least 0"),
        Assert.Throws<SettingException>(() => LearningParts.CreateAggregator(
            Catalog(null, new OddAggregator(weight => weight > 0.5 ? coefficient : weight)),
            new PluginChoice("acme/part", "{}", "learning.acme/part"),
            new Crowd(Games.Of(("a", 1), ("b", 1)).Crowd))).Message);

    [Fact]
    public void A_crowd_may_have_more_kinds_of_clients_than_16_bits_count()
    {
        const int clients = 70_000;
        var crowd = new Crowd(new CrowdDefinition(
            clients, [.. Enumerable.Range(0, clients).Select(client => new ClientGroup(
                new PluginChoice($"s{client}"), [new ClientRange(client, 1)], null, null, Weight: 1))], [1], [1], [1]));
        Assert.Equal("s66000", crowd.StrategyOf(66_000).Name);
    }

    [Theory]
    [InlineData(3, int.MaxValue, 1)]
    [InlineData(int.MaxValue, int.MaxValue, 1)]
    [InlineData(65, 64, 2)]
    public void Cohorts_may_be_as_large_as_numbers_go(int clients, int size, int cohorts)
    {
        var layout = new CohortLayout(clients, size);
        Assert.Equal((cohorts, Math.Min(clients, size)), (layout.Cohorts, layout.SizeOf(0)));
    }

    [Fact]
    public async Task A_game_of_one_cohort_and_chunk_is_the_same_however_large_they_may_be()
    {
        var games = ((int[])[8, int.MaxValue])
            .Select(size => Games.Of(("truthful", 5)).Playing(execution => execution with { CohortSize = size, ChunkSize = size }));
        var texts = new List<string>();
        foreach (var game in games)
        {
            texts.Add((await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game))).Sink.Text);
        }

        Assert.Equal(texts[0], texts[1]);
        Assert.NotEmpty(texts[0]);
    }

    private static PluginCatalog Catalog(ILearningModel? model, IAggregator? aggregator)
    {
        var catalog = new PluginCatalog();
        catalog.Add(new Plugin(model, aggregator), Source);
        return catalog;
    }

    /// <summary>A model of which one thing is wrong.</summary>
    public sealed class OddModel : ILearningModel, ISampleLoss
    {
        public int ParameterCount { get; init; } = 3;

        public int ClassCount { get; init; } = 2;

        public int TestSampleCount { get; init; } = 1;

        public Func<int, int> Samples { get; init; } = _ => 4;

        public float[] Initial { get; init; } = [1, 2, 3];

        public bool IsDisposed { get; private set; }

        public int SampleCount(int client) => Samples(client);

        public void Initialise(Span<float> model) => Initial.AsSpan(0, model.Length).CopyTo(model);

        public ClientLabels Label(LabelingTask task) => throw new InvalidOperationException();

        public void Train(ReadOnlySpan<float> global, TrainingProtocol protocol, IReadOnlyList<LocalTask> chunk) =>
            throw new InvalidOperationException();

        public Evaluation Evaluate(ReadOnlySpan<float> model) => throw new InvalidOperationException();

        public double TestLoss(ReadOnlySpan<float> model, int sample) => throw new InvalidOperationException();

        public void Dispose() => IsDisposed = true;
    }

    private sealed class OddAggregator(Func<double, double> coefficient) : ILinearAggregator
    {
        public double Coefficient(double weight) => coefficient(weight);
    }

    private sealed class Plugin(ILearningModel? model, IAggregator? aggregator) : IPlugin
    {
        public void Register(IPluginRegistry registry)
        {
            registry.AddModel<NoOptions>("acme/part", "", (_, _) => model!);
            registry.AddAggregator<NoOptions>("acme/part", "", _ => aggregator!);
        }
    }
}
