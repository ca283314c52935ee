using FsCheck;
using FsCheck.Xunit;

namespace FLCrowd.Strategies.Tests.Aggregators;

public class AggregatorSpec
{
    private static (string Name, string Options, Func<double[], double> Naive)[] Coordinatewise { get; } =
    [
        ("median", "{}", NaiveMedian),
        ("trimmed-mean", "{}", values => NaiveTrimmedMean(values, 0.1)),
        ("trimmed-mean", """{ "trim": 0.25 }""", values => NaiveTrimmedMean(values, 0.25)),
        ("trimmed-mean", """{ "trim": 0 }""", values => values.Average()),
        ("trimmed-mean", """{ "trim": 0.4999 }""", values => NaiveTrimmedMean(values, 0.4999)),
    ];

    [Property(MaxTest = 60)]
    public void Coordinatewise_aggregators_agree_with_the_naive_ones(PositiveInt clients, PositiveInt length, int seed)
    {
        var reports = Reports(1 + clients.Get % 70, 1 + length.Get % 40, new Seed((ulong)seed));
        foreach (var (name, options, naive) in Coordinatewise)
        {
            var next = Aggregate(Game.Aggregator(name, options), reports);
            for (int k = 0; k < next.Length; k++)
            {
                double expected = naive([.. reports.Select(report => (double)report.Model.Span[k])]);
                Assert.Equal(expected, next[k], tolerance: 1e-6 * (1 + Math.Abs(expected)));
            }
        }
    }

    [Property(MaxTest = 60)]
    public void Coordinatewise_aggregators_do_not_mind_the_order_of_reports(PositiveInt clients, int seed)
    {
        var reports = Reports(1 + clients.Get % 200, 19, new Seed((ulong)seed));
        var shuffled = reports.ToArray();
        new Seed((ulong)seed).For("shuffle").ToRandom().Shuffle(shuffled);
        foreach (var (name, options, _) in Coordinatewise)
        {
            Assert.Equal(Aggregate(Game.Aggregator(name, options), reports), Aggregate(Game.Aggregator(name, options), shuffled));
        }
    }

    [Property(MaxTest = 60)]
    public void A_minority_cannot_move_the_median_out_of_the_others(PositiveInt clients, int seed)
    {
        int honest = 2 + clients.Get % 20;
        var reports = Reports(honest, 9, new Seed((ulong)seed));
        var attack = Enumerable.Range(honest, honest - 1).Select(client => Report(client, [.. Enumerable.Repeat(1e30f, 9)]));
        var next = Aggregate(Game.Aggregator("median"), [.. reports, .. attack]);
        Assert.All(next.Index(), entry => Assert.True(entry.Item <= reports.Max(report => report.Model.Span[entry.Index])));
    }

    [Property(MaxTest = 60)]
    public void Mean_is_exact_for_equal_weights_and_whole_numbers(PositiveInt clients, int seed)
    {
        int count = 1 + clients.Get % 100;
        float[] Model(Seed draws) => [.. Enumerable.Range(0, 13).Select(k => (float)draws.Index(2001, k) - 1000)];

        var models = Enumerable.Range(0, count).Select(client => Model(new Seed((ulong)seed).For("model", client))).ToArray();
        var next = Aggregate(Game.Aggregator("mean"), [.. models.Select((model, client) => new ReportedModel
        {
            Client = client,
            Weight = 0.125,
            Model = model,
        })]);
        Assert.All(next.Index(), entry => Assert.Equal(models.Sum(model => model[entry.Index]) / count, entry.Item));
    }

    [Fact]
    public void Mean_weighs_by_the_aggregation_weights()
    {
        var mean = Game.Aggregator("mean");
        Assert.IsType<ILinearAggregator>(mean, exactMatch: false);
        Assert.Equal([3.5f], Aggregate(mean, [Report(0, [2], 0.25), Report(1, [4], 0.75)]));
    }

    [Fact]
    public void Coordinatewise_aggregators_count_every_client_once() => Assert.Equal(
        [2f],
        Aggregate(
            Game.Aggregator("median"),
            [Report(0, [9], 0.9), Report(1, [1], 0.05), Report(2, [2], 0.05)]));

    [Theory]
    [InlineData(100, 0.29)]
    [InlineData(10, 0.3)]
    public void A_share_that_is_a_whole_number_of_reports_cuts_that_many(int clients, double trim)
    {
        int cut = (int)Math.Round(clients * trim);
        var reports = Enumerable.Range(0, clients)
            .Select(client => Report(client, [client < cut ? -1e6f : client < clients - cut ? 1 : 1e9f]));
        Assert.Equal([1f], Aggregate(Game.Aggregator("trimmed-mean", $$"""{ "trim": {{trim}} }"""), [.. reports]));
    }

    [Theory]
    [InlineData("0.5", "learning.aggregator.trim: is 0.5; must be at least 0 and below 0.5")]
    [InlineData("-0.1", "learning.aggregator.trim: is -0.1; must be at least 0 and below 0.5")]
    public void Refuses_to_trim_everything(string trim, string message) =>
        Assert.Equal(message, Game.SettingError(() => Game.Aggregator("trimmed-mean", $$"""{ "trim": {{trim}} }""")));

    [Fact]
    public void A_long_update_counts_as_so_many_medians_in_its_own_direction()
    {
        // Lengths 1, 2, 5 and 100: the median is 3.5, and 7 at most.
        ReportedModel[] reports =
            [Report(0, [1, 0], 0.4), Report(1, [0, 2], 0.2), Report(2, [3, 4], 0.2), Report(3, [-60, 80], 0.2)];
        var next = Aggregate(Game.Aggregator("clipped-mean", """{ "kappa": 2 }"""), reports);
        Assert.Equal((0.4 * 1) + (0.2 * 3) + (0.2 * -4.2), next[0], 1e-6);
        Assert.Equal((0.2 * 2) + (0.2 * 4) + (0.2 * 5.6), next[1], 1e-6);
    }

    [Property(MaxTest = 60)]
    public void Where_nobody_is_far_off_the_clipped_mean_is_the_mean(PositiveInt clients, int seed)
    {
        var reports = Reports(1 + clients.Get % 40, 17, new Seed((ulong)seed));
        var mean = Aggregate(Game.Aggregator("mean"), reports);
        var clipped = Aggregate(Game.Aggregator("clipped-mean", """{ "kappa": 1e6 }"""), reports);
        Assert.All(mean.Zip(clipped), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Where_nobody_moved_nothing_moves() =>
        Assert.Equal([0f, 0], Aggregate(Game.Aggregator("clipped-mean"), [Report(0, [0, 0]), Report(1, [0, 0]), Report(2, [7, 0])]));

    private static float[] Aggregate(IAggregator aggregator, ReportedModel[] reports)
    {
        var next = new float[reports[0].Model.Length];
        aggregator.Aggregate(new float[next.Length], reports, next);
        return next;
    }

    /// <summary>Random reports with ties and signed zeros.</summary>
    private static ReportedModel[] Reports(int clients, int length, Seed seed) => [.. Enumerable.Range(0, clients).Select(client =>
    {
        var draws = seed.For("report", client);
        return Report(client, [.. Enumerable.Range(0, length).Select(k => k % 3 == 0 ? draws.Index(5, k) - 2 : (float)draws.Normal(k))]);
    })];

    private static ReportedModel Report(int client, float[] model, double weight = 1) =>
        new() { Client = client, Weight = weight, Model = model };

    private static double NaiveMedian(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private static double NaiveTrimmedMean(double[] values, double trim)
    {
        int cut = (int)(trim * values.Length);
        return values.Order().Skip(cut).SkipLast(cut).Average();
    }
}
