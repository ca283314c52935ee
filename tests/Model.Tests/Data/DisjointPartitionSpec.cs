using FLCrowd.Model.Partitions;
using MathNet.Numerics.Distributions;

namespace FLCrowd.Model.Tests.Data;

/// <summary>Partitions without overlap, of clients of any size.</summary>
public class DisjointPartitionSpec
{
    private const string Off = """{ "overlap": false }""";

    /// <summary>100 samples of each of seven classes.</summary>
    private static readonly DataSet Noise = Worlds.Noise(new SampleShape(1, 1, 3), classCount: 7, count: 700);

    private static readonly int[] Uneven = [120, 7, 1, 60, 33, 2, 90, 10, 50, 27];

    public static TheoryData<string> Kinds => ["iid", "last-digit", "dirichlet", "shards"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_sample_is_dealt_out_twice(string kind)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var partition = Deal(kind, Uneven, seed);
            int[][] held = [.. Enumerable.Range(0, Uneven.Length).Reverse().Select(partition.SamplesOf).Reverse()];
            Assert.Equal(Uneven, held.Select(samples => samples.Length));
            Assert.Distinct(held.SelectMany(samples => samples));
            Assert.All(held.SelectMany(samples => samples), sample => Assert.InRange(sample, 0, 699));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_game_s_seed_deals_whoever_asks_first(string kind)
    {
        var (one, same, other) = (Deal(kind, Uneven, 1), Deal(kind, Uneven, 1), Deal(kind, Uneven, 2));
        var last = same.SamplesOf(9);
        Assert.Equal(Enumerable.Range(0, 10).Select(one.SamplesOf), Enumerable.Range(0, 10).Select(same.SamplesOf));
        Assert.Equal(last, one.SamplesOf(9));
        Assert.NotEqual(one.SamplesOf(0), other.SamplesOf(0));
    }

    [Theory]
    [InlineData("iid")]
    [InlineData("dirichlet")]
    [InlineData("shards")]
    public void All_samples_can_be_dealt_out(string kind)
    {
        int[] counts = [.. Enumerable.Repeat(70, 10)];
        var partition = Deal(kind, counts, 3);
        Assert.Equal(Enumerable.Range(0, 700), Enumerable.Range(0, 10).SelectMany(partition.SamplesOf).Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void More_samples_than_there_are_are_refused(string kind) => Assert.Equal(
        "data.samples-per-client: makes 10 clients hold 701 samples, but 'noise' has 700 training samples, and with "
        + $"data.{kind}.overlap = off none is held twice; use fewer, or overlap = on",
        Assert.Throws<SettingException>(() => Deal(kind, [620, .. Enumerable.Repeat(9, 9)], 1)).Message);

    [Fact]
    public void More_samples_of_a_class_than_there_are_are_refused() => Assert.StartsWith(
        "data.samples-per-client: makes clients hold 104 samples of class 2 at heterogeneity 0.4, but 'noise' has 100 of it",
        Assert.Throws<SettingException>(() => Deal("last-digit", [1, 1, 250, 1, 1, 1, 1, 1, 1, 10], 1)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Iid_is_uniform()
    {
        var counts = new int[700];
        foreach (int sample in Enumerable.Range(0, 400).SelectMany(seed => Deal("iid", Uneven, (ulong)seed).SamplesOf(8)))
        {
            counts[sample]++;
        }

        AssertFits(counts, [.. Enumerable.Repeat(1 / 700.0, 700)]);
    }

    [Fact]
    public void Last_digit_deals_the_rest_from_what_is_left()
    {
        // Own samples: 8 of each client's 20, of class client mod 7.
        int[] counts = [.. Enumerable.Repeat(20, 10)];
        double[] left = [.. Enumerable.Range(0, 7).Select(k => (100.0 - (k < 3 ? 16 : 8)) / (700 - 80))];
        var drawn = new int[7];
        for (ulong seed = 0; seed < 300; seed++)
        {
            var samples = Deal("last-digit", counts, seed).SamplesOf(4);
            Assert.All(samples[..8], sample => Assert.Equal(4, Noise.Training.Labels[sample]));
            drawn[Noise.Training.Labels[samples[8]]]++;
            drawn[Noise.Training.Labels[samples[19]]]++;
        }

        AssertFits(drawn, left);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Dirichlet_has_the_concentration_asked_for(double alpha)
    {
        // Of n samples by proportions p, E sum (count / n)^2 = 1/n + (1 - 1/n) E sum p^2, and E sum p^2 = (1 + alpha) / (1 + K alpha).
        int[] counts = [20, 20, 20, 20];
        double mean = 0;
        var first = new int[7];
        for (ulong seed = 0; seed < 300; seed++)
        {
            var partition = Deal("dirichlet", counts, seed, $$"""{ "overlap": false, "concentration": {{alpha}} }""");
            for (int client = 0; client < 4; client++)
            {
                var labels = partition.SamplesOf(client).Select(sample => Noise.Training.Labels[sample]).ToList();
                mean += labels.GroupBy(label => label).Sum(group => Math.Pow(group.Count() / 20.0, 2)) / (4 * 300);
                first[labels[0]]++;
            }
        }

        Assert.Equal(0.05 + (0.95 * (1 + alpha) / (1 + (7 * alpha))), mean, 0.02);
        AssertFits(first, [.. Enumerable.Repeat(1 / 7.0, 7)]);
    }

    [Fact]
    public void Where_classes_run_out_clients_take_what_is_left()
    {
        var partition = Deal("dirichlet", [350, 350], 5, """{ "overlap": false, "concentration": 1e-60 }""");
        Assert.Equal(Enumerable.Range(0, 700), partition.SamplesOf(0).Concat(partition.SamplesOf(1)).Order());
    }

    [Fact]
    public void Shards_of_all_data_are_of_one_class_each()
    {
        // 35 clients with two of 70 shards: ten shards of each class.
        var partition = Deal("shards", [.. Enumerable.Repeat(20, 35)], 2);
        var classes = new int[7];
        for (int client = 0; client < 35; client++)
        {
            var labels = partition.SamplesOf(client).Select(sample => Noise.Training.Labels[sample]).ToArray();
            Assert.Single(labels[..10].Distinct());
            Assert.Single(labels[10..].Distinct());
            classes[labels[0]]++;
            classes[labels[10]]++;
        }

        Assert.All(classes, shards => Assert.Equal(10, shards));
    }

    [Fact]
    public void Shards_are_drawn_uniformly()
    {
        var classes = new int[7];
        for (ulong seed = 0; seed < 500; seed++)
        {
            classes[Noise.Training.Labels[Deal("shards", [20, 20, 20], seed).SamplesOf(1)[3]]]++;
        }

        AssertFits(classes, [.. Enumerable.Repeat(1 / 7.0, 7)]);
    }

    [Fact]
    public void Shards_with_overlap_are_of_so_many_classes_exactly()
    {
        var classes = new int[7];
        for (ulong seed = 0; seed < 200; seed++)
        {
            var partition = Deal("shards", [900, 10], seed, """{ "overlap": true, "classes-per-client": 3 }""");
            var held = partition.SamplesOf(0).GroupBy(sample => Noise.Training.Labels[sample]).ToList();
            Assert.Equal([300, 300, 300], held.Select(group => group.Count()));
            held.ForEach(group => classes[group.Key]++);
        }

        AssertFits(classes, [.. Enumerable.Repeat(1 / 7.0, 7)]);
        Assert.Equal(
            "data.shards.classes-per-client: is 8, but 'noise' has 7 classes; must be at most that, with overlap = on",
            Assert.Throws<SettingException>(() => Deal("shards", [9], 1, """{ "overlap": true, "classes-per-client": 8 }""")).Message);
    }

    [Theory]
    [InlineData("iid", Off)]
    [InlineData("shards", "{}")]
    public void Where_nobody_says_how_many_all_is_shared_equally(string kind, string options)
    {
        var partition = Assert.IsAssignableFrom<INaturalPartition>(Worlds.Catalog.CreatePartition(new PartitionSetup
        {
            Data = Noise,
            Settings = Worlds.Partition(kind, 0, 0.4, 1, options),
            Clients = 11,
        }));
        Assert.Equal(
            [.. Enumerable.Repeat(64, 7), .. Enumerable.Repeat(63, 4)], Enumerable.Range(0, 11).Select(partition.CountOf));
    }

    internal static void AssertFits(IReadOnlyList<int> counts, double[] probabilities)
    {
        double total = counts.Sum();
        double chiSquare = counts.Zip(probabilities, (count, p) => Math.Pow(count - (total * p), 2) / (total * p)).Sum();
        Assert.InRange(ChiSquared.CDF(counts.Count - 1, chiSquare), 0.0005, 0.9995);
    }

    private static ClientSamples Deal(string kind, int[] counts, ulong seed, string options = Off)
    {
        var settings = Worlds.Partition(kind, counts.Max(), 0.4, 1, options) with { SampleCounts = new ValueList<int>(counts) };
        return new ClientSamples(
            Worlds.Catalog.CreatePartition(new PartitionSetup
            {
                Data = Noise,
                Settings = settings,
                Clients = counts.Length,
                Seed = new Seed(seed).For("deal"),
            }),
            settings,
            new Seed(seed),
            counts.Length);
    }
}
