using System.Text;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Identity;

namespace FLCrowd.Host.Tests;

public sealed class ConstantsCacheSpec : IDisposable
{
    private static readonly double[] Weights = [0.25, 0.75];
    private static readonly int[] BatchSizes = [50, 60];

    private readonly TemporaryFolder _folder = new();
    private readonly DataSet _data = new(
        "tiny", 2, new SampleShape(1, 1, 2), new LabeledSamples([0, 0.1f, 0.2f, 1], [0, 1]), new LabeledSamples([0, 0], [1]));
    private int _estimates;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_second_time_nothing_is_estimated_and_the_bits_are_the_same()
    {
        var first = Constants();
        var second = Constants();
        Assert.Equal(1, _estimates);
        Assert.NotSame(first, second);
        Assert.Equal(Bits(first), Bits(second));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Whatever_they_depend_on_asks_for_an_estimate_of_its_own()
    {
        Constants();
        Constants(game: Game("seed=2"));
        Constants(game: Game("learning.rounds=99"));
        Constants(game: Game("learning.step-size=0.25"));
        Constants(game: Game("learning.quadratic.shift=9"));
        Constants(game: Game("data.heterogeneity=0.5"));
        Constants(weights: [0.5, 0.5]);
        Constants(weights: [0.25, 0.5, 0.25], batchSizes: [50, 60, 60]);
        Constants(batchSizes: [50, 61]);
        Constants(data: _data with { Training = new LabeledSamples([0, 0.1f, 0.2f, 1], [1, 1]) });
        Constants(data: _data with { Training = new LabeledSamples([0, 0.1f, 0.3f, 1], [0, 1]) });
        Assert.Equal(11, _estimates);
        Constants(cache: new ConstantsCache(_folder.Path, ThisProgram.Build with { Arithmetic = "other" }));
        Constants(cache: new ConstantsCache(_folder.Path, ThisProgram.Build with { Parts = ["other"] }));
        Assert.Equal(13, _estimates);

        // Neither who plays what, nor what it costs, nor where the data set has its name from.
        Constants(game: Game("game.labeling-cost=3", "clients=[{ strategy = free-rider, share = 1 }]", "execution.threads=1"));
        Constants(data: _data with { Name = "other" });
        Assert.Equal(13, _estimates);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Smoothness":1,"StrongConvexity":1,"GradientVariance":null,"LabelNoise":1,"GradientNorm":"""
        + """1,"Heterogeneity":null,"MinimalLoss":1,"InitialDistance":1}""")]
    [InlineData("""{"Smoothness":1,"StrongConvexity":1,"GradientVariance":{"Values":[]},"LabelNoise":1,"GradientNorm":"""
        + """1,"Heterogeneity":{"Values":[1]},"MinimalLoss":1,"InitialDistance":1}""")]
    public void A_file_that_holds_something_else_is_replaced(string text)
    {
        var first = Constants();
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        var written = File.ReadAllText(file);
        CheckedFile.Write(file, Encoding.UTF8.GetBytes(text));
        Assert.Equal(Bits(first), Bits(Constants()));
        Assert.Equal(2, _estimates);
        Assert.Equal(written, File.ReadAllText(file));
    }

    [Fact]
    public void A_file_with_a_flipped_bit_is_replaced()
    {
        var first = Constants();
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        var written = File.ReadAllBytes(file);
        for (int at = 0; at < written.Length; at += 7)
        {
            var flipped = written.ToArray();
            flipped[at] ^= 1;
            File.WriteAllBytes(file, flipped);
            Assert.Equal(Bits(first), Bits(Constants()));
            Assert.Equal(written, File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void Off_keeps_nothing_and_a_folder_that_cannot_be_made_is_refused()
    {
        Constants(cache: ConstantsCache.Open("off"));
        Constants(cache: ConstantsCache.Open("off"));
        Assert.Equal(2, _estimates);
        Assert.Empty(Directory.GetFiles(_folder.Path));
        File.WriteAllText(_folder.In("file"), "");
        Assert.StartsWith(
            $"execution.cache: is {_folder.In("file/sub")}, which cannot be written: ",
            Assert.Throws<SettingException>(() => ConstantsCache.Open(_folder.In("file/sub"))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The real estimate of a small game of MNIST, and the program's own way to the cache.</summary>
    [Fact]
    public void A_model_is_asked_once()
    {
        var game = Configured.Run(
            "learning.model=softmax", "learning.softmax.l2=1", "data.clients=2", "data.samples-per-client=20", "learning.rounds=3",
            "learning.step-size=0.01").Plan.Games[0];
        var estimated = Ask();
        Assert.Equal(Bits(estimated), Bits(Ask()));

        // It is the file that answers: what stands there is believed.
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        var node = JsonNode.Parse(CheckedFile.Read(file))!;
        node[nameof(LearningConstants.LabelNoise)] = 42;
        CheckedFile.Write(file, Encoding.UTF8.GetBytes(node.ToJsonString()));
        Assert.Equal((42, estimated.MinimalLoss), (Ask().LabelNoise, Ask().MinimalLoss));

        LearningConstants Ask()
        {
            using var parts = GameParts.Of(game, Configured.Catalog, ConstantsCache.Open(_folder.Path));
            return parts.Constants(parts.StartingBatchSizes());
        }
    }

    private LearningConstants Constants(
        GameDefinition? game = null, double[]? weights = null, int[]? batchSizes = null, DataSet? data = null, ConstantsCache? cache = null)
    {
        using var model = Configured.Catalog.CreateModel(new PluginChoice("quadratic"), new LearningSetup(() => _data)
        {
            Seed = new Seed(1),
            Weights = Weights,
            Partition = new PartitionSettings { Choice = new PluginChoice("iid"), SamplesPerClient = 1 },
        });
        return (cache ?? ConstantsCache.Open(_folder.Path)).Of(
            game ?? Game(), weights ?? Weights, batchSizes ?? BatchSizes, model, data ?? _data, () =>
            {
                _estimates++;
                return new LearningConstants
                {
                    Smoothness = Math.PI,
                    StrongConvexity = 1e-300,
                    GradientVariance = new PerClient(1.0 / 3, Math.BitIncrement(1)),
                    LabelNoise = -0.0,
                    GradientNorm = double.MaxValue,
                    Heterogeneity = 0.1 + 0.2,
                    MinimalLoss = double.Epsilon,
                    InitialDistance = Math.Sqrt(2),
                };
            });
    }

    private static GameDefinition Game(params string[] settings) => Configured.Run(settings).Plan.Games[0];

    private static string Bits(LearningConstants constants) => string.Join(' ', ((double[])
    [
        constants.Smoothness, constants.StrongConvexity, .. constants.GradientVariance.Values, constants.LabelNoise, constants.GradientNorm,
        .. constants.Heterogeneity.Values, constants.MinimalLoss, constants.InitialDistance,
    ]).Select(BitConverter.DoubleToInt64Bits));
}
