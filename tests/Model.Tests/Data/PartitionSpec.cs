using FLCrowd.Model.Partitions;
using FsCheck.Xunit;
using MathNet.Numerics.Distributions;

namespace FLCrowd.Model.Tests.Data;

public class PartitionSpec
{
    private static readonly DataSet Noise = Worlds.Noise(new SampleShape(1, 1, 3), classCount: 7, count: 700);

    [Property]
    public void Last_digit_gives_exactly_the_share_asked_for(ulong seed, byte client, byte share, byte extra)
    {
        double heterogeneity = share / 255.0;
        int count = 1 + extra;
        var partition = Create("last-digit", count, heterogeneity, 1, seed);
        int ofClass = (int)Math.Round(heterogeneity * count, MidpointRounding.AwayFromZero);
        var samples = partition.SamplesOf(client);
        Assert.Equal(count, samples.Length);
        Assert.All(samples[..ofClass], sample => Assert.Equal(client % 7, Noise.Training.Labels[sample]));
        Assert.All(samples, sample => Assert.InRange(sample, 0, Noise.Training.Count - 1));
    }

    [Theory]
    [InlineData("iid")]
    [InlineData("last-digit")]
    [InlineData("dirichlet")]
    public void A_client_is_drawn_by_the_seed_and_itself_alone(string kind)
    {
        var one = Create(kind, 100, 0.4, 1, 1);
        var same = Create(kind, 100, 0.4, 1, 1);
        same.SamplesOf(3);
        Assert.Equal(one.SamplesOf(8), same.SamplesOf(8));
        Assert.Same(one.SamplesOf(8), one.SamplesOf(8));
        Assert.NotEqual(one.SamplesOf(8), one.SamplesOf(9));
        Assert.NotEqual(one.SamplesOf(8), Create(kind, 100, 0.4, 1, 2).SamplesOf(8));
    }

    [Theory]
    [InlineData("iid", 0)]
    [InlineData("last-digit", 0)]
    public void Without_heterogeneity_samples_are_uniform(string kind, double heterogeneity)
    {
        var partition = Create(kind, 1000, heterogeneity, 1, 5);
        var counts = new int[Noise.Training.Count];
        foreach (int sample in Enumerable.Range(0, 100).SelectMany(partition.SamplesOf))
        {
            counts[sample]++;
        }

        double expected = 100_000.0 / counts.Length;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(ChiSquared.CDF(counts.Length - 1, chiSquare), 0.001, 0.999);
    }

    [Fact]
    public void Dirichlet_spans_from_one_class_to_all()
    {
        // The expected sum of squared proportions is (1 + alpha) / (1 + K alpha).
        Assert.Equal(1, Concentration(0.001), 0.05);
        Assert.Equal(2.0 / 8, Concentration(1), 0.05);
        Assert.Equal(1 / 7.0, Concentration(1000), 0.05);
        Assert.Equal(1, Concentration(1e-60), 9);
        Assert.Equal(1 / 7.0, Concentration(1e60), 0.01);

        static double Concentration(double alpha)
        {
            var partition = Create("dirichlet", 1000, 0, alpha, 3);
            return Enumerable.Range(0, 200).Average(client => partition.SamplesOf(client)
                .GroupBy(sample => Noise.Training.Labels[sample]).Sum(group => Math.Pow(group.Count() / 1000.0, 2)));
        }
    }

    [Fact]
    public void Sample_weights_are_the_clients_shares()
    {
        double[] clientWeights = [0.2, 0.5, 0.3];
        var partition = Create("last-digit", 50, 0.4, 1, 4);
        var weights = partition.SampleWeights(clientWeights, Noise.Training.Count);
        Assert.Equal(1, weights.Sum(), 12);
        for (int sample = 0; sample < weights.Length; sample++)
        {
            double expected = clientWeights.Select((p, client) => p * partition.SamplesOf(client).Count(held => held == sample) / 50).Sum();
            Assert.Equal(expected, weights[sample], 12);
        }
    }

    [Fact]
    public void A_million_clients_cost_nothing_until_asked_for()
    {
        using var model = Worlds.Model("softmax", Worlds.Setup(Noise, 1_000_000, 1000));
        Assert.Equal(1000, model.SampleCount(999_999));
        Assert.Equal(1000, model.Label(new LabelingTask { Client = 999_999, Effort = 0, Seed = new Seed(1) }).Given!.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Label(new LabelingTask
        {
            Client = 1_000_000,
            Effort = 0,
            Seed = new Seed(1),
        }));
    }

    [Theory]
    [InlineData("iid", 0, 0, 1, "data.samples-per-client: is 0; must be at least 1")]
    [InlineData("last-digit", 1, 1.5, 1, "data.heterogeneity: is 1.5; must be at least 0 and at most 1")]
    [InlineData("last-digit", 1, double.NaN, 1, "data.heterogeneity: is NaN; must be at least 0 and at most 1")]
    [InlineData("dirichlet", 1, 0, 0, "data.concentration: is 0; must be above 0")]
    [InlineData("nobodys", 1, 0, 0, "data.nobodys: unknown partition 'nobodys'; known are by-column, dirichlet, iid, last-digit, shards")]
    public void Settings_out_of_range_are_refused(string kind, int samples, double heterogeneity, double concentration, string message)
    {
        var error = Assert.Throws<SettingException>(() => Create(kind, samples, heterogeneity, concentration, 1));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("last-digit", """{ "heterogeneity": 0.25 }""", "{}", 0.25, 1)]
    [InlineData("dirichlet", """{ "concentration": 3 }""", "{}", 0.4, 3)]
    public void What_the_options_of_a_partition_say_goes_before_the_section(
        string kind, string options, string none, double heterogeneity, double concentration) =>
        Assert.Equal(
            Create(kind, 100, heterogeneity, concentration, 1, none).SamplesOf(3), Create(kind, 100, 0.4, 1, 1, options).SamplesOf(3));

    private static ClientSamples Create(
        string kind, int samples, double heterogeneity, double concentration, ulong seed, string options = "{}")
    {
        var settings = Worlds.Partition(kind, samples, heterogeneity, concentration, options);
        return new(
            Worlds.Catalog.CreatePartition(new PartitionSetup { Data = Noise, Settings = settings, Clients = 10 }),
            settings,
            new Seed(seed),
            clients: 1000);
    }
}
