using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Loading;

namespace FLCrowd.Host.Tests;

/// <summary>Clients of their own size, and labels as people give them, as they are configured.</summary>
public sealed class ClientDataSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{ distribution = log-normal, mean = 600, sigma = 1.5 }", 6000, 1)]
    [InlineData("{ distribution = power-law, mean = 33.33, exponent = 1.5, min = 7 }", 333, 7)]
    [InlineData("{ distribution = dirichlet, mean = 100, concentration = 0.01 }", 1000, 1)]
    [InlineData("{ distribution = dirichlet, mean = 100, concentration = 1e-60, min = 100 }", 1000, 100)]
    [InlineData("{ distribution = log-normal, mean = 100, sigma = 1e60 }", 1000, 1)]
    public void Sizes_are_drawn_once_for_every_seed_and_hold_their_mean(string sizes, int total, int least)
    {
        var games = Configured.Run("experiment.kind=sweep", "experiment.seeds=20", $"data.samples-per-client={sizes}").Plan.Games;
        Assert.All(games, game =>
        {
            var partition = game.Learning.Partition;
            Assert.Equal(total, partition.TotalOf(10));
            Assert.Equal(partition.SampleCounts?.Max() ?? least, partition.SamplesPerClient);
            Assert.All(Enumerable.Range(0, 10), client => Assert.True(partition.CountOf(client) >= least));
        });
        Assert.Equal(least < 100, games.DistinctBy(game => game.Learning.Partition.ToString()).Count() > 5);
        var again = Configured.Run("experiment.kind=sweep", "experiment.seeds=20", $"data.samples-per-client={sizes}").Plan.Games;
        Assert.Equal(games.Select(game => game.Learning.Partition), again.Select(game => game.Learning.Partition));
    }

    [Fact]
    public void Sizes_follow_their_distribution()
    {
        // Of a log-normal distribution the logarithms are normal, of a power law the tail falls with exponent - 1; the common scale drops
        // out.
        const string Many = "data.clients=4000";
        double[] logs = [.. Counts("{ distribution = log-normal, mean = 100000, sigma = 0.5 }").Select(count => Math.Log(count))];
        double mean = logs.Average();
        Assert.Equal(0.5, Math.Sqrt(logs.Average(log => Math.Pow(log - mean, 2))), 0.02);
        double[] tail = [.. Counts("{ distribution = power-law, mean = 100000, exponent = 3 }").Select(count => Math.Log(count))];
        Assert.Equal(1 / 2.0, tail.Average() - tail.Min(), 0.03);
        double[] shares = [.. Counts("{ distribution = dirichlet, mean = 100000, concentration = 2 }").Select(count => count / 1e5)];
        Assert.Equal(1 / 2.0, shares.Average(share => Math.Pow(share - 1, 2)), 0.05);

        static IEnumerable<double> Counts(string sizes) =>
            Configured.Run(Many, $"data.samples-per-client={sizes}").Plan.Games[0].Learning.Partition.SampleCounts!
                .Select(count => (double)count);
    }

    [Theory]
    [InlineData(new double[] { 1, 1, 2 }, 100, 1, new[] { 25, 25, 50 })]
    [InlineData(new double[] { 1, 1, 1 }, 100, 1, new[] { 34, 33, 33 })]
    [InlineData(new double[] { 0, 1, 3 }, 100, 10, new[] { 10, 23, 67 })]
    [InlineData(new double[] { 1e-300, 0, 1 }, 3, 1, new[] { 1, 1, 1 })]
    [InlineData(new double[] { 1, 1, 100 }, 52, 1, new[] { 1, 1, 50 })]
    public void Totals_are_held_and_the_least_is_kept(double[] shares, long total, int least, int[] sizes) =>
        Assert.Equal(sizes, SampleSizes.Apportion(shares, total, least));

    [Fact]
    public void A_list_gives_each_its_own_and_weights_and_costs_may_follow()
    {
        var game = Configured.File(
            """
            flcrowd {
              data { clients = 3, samples-per-client = [10, 30, 60] }, learning { weights = samples, model = softmax }
              game { labeling-cost = [1, 1, 2], labeling-cost-per = sample }
              clients = [{ strategy = truthful, count = 2 }, { strategy = truthful, count = 1, weight = 2, labeling-cost = 0.5 }]
            }
            """, null).Plan.Games.Single();
        using var parts = GameParts.Of(game, Configured.Catalog);
        Assert.Equal([10, 30, 60], parts.Profiles.Select(profile => profile.SampleCount));
        Assert.Equal([10 / 160.0, 30 / 160.0, 120 / 160.0], parts.Profiles.Select(profile => profile.Weight));
        Assert.Equal([10, 30, 30], parts.Profiles.Select(profile => profile.Costs.Labeling));
    }

    [Fact]
    public void What_is_not_asked_for_leaves_no_trace()
    {
        var game = Configured.Run("data.samples-per-client=[7,7,7,7,7,7,7,7,7,7]", "learning.weights=samples").Plan.Games.Single();
        var partition = game.Learning.Partition;
        Assert.Equal((7, null, null), (partition.SamplesPerClient, partition.SampleCounts, game.Learning.Labels));
        Assert.Null(game.Crowd.Sizes);
    }

    [Fact]
    public void All_is_what_the_partition_gives()
    {
        var game = Configured.File(
            "flcrowd { data { clients = 7, partition = iid, iid.overlap = off, samples-per-client = all }, learning.model = softmax }",
            null).Plan.Games.Single();
        Assert.Equal(60_000, game.Learning.Partition.TotalOf(7));
        Assert.Equal([8572, 8572, 8572, 8571, 8571, 8571, 8571], game.Learning.Partition.SampleCounts);
    }

    [Fact]
    public void Skills_are_drawn_for_every_seed()
    {
        var games = Configured.File(
            """
            flcrowd {
              experiment { kind = sweep, seeds = 3 }, learning.model = softmax
              data { clients = 500, samples-per-client = 1, labels.skill { distribution = beta, mean = 0.8, concentration = 9 } }
            }
            """, null).Plan.Games;
        Assert.Equal(3, games.DistinctBy(game => game.Learning.Labels!.Skill).Count());
        Assert.All(games, game =>
        {
            var skill = game.Learning.Labels!.Skill;
            Assert.Equal(500, skill.Count);
            Assert.Equal(0.8, skill.Average(), 0.02);
            Assert.Equal(0.8 * 0.2 / 10, skill.Average(one => Math.Pow(one - 0.8, 2)), 0.003);
        });
    }

    [Theory]
    [InlineData("data.samples-per-client=0",
        "data.samples-per-client: is 0; must be a whole number of at least 1, a list of such, all, or a block such as "
        + "{ distribution = log-normal, mean = 600, sigma = 1 }")]
    [InlineData("data.samples-per-client=[1,2]", "data.samples-per-client: has 2 entries, but data.clients is 10")]
    [InlineData("data.samples-per-client={ distribution = lognormal, mean = 6 }",
        "data.samples-per-client.distribution: is lognormal; must be log-normal | power-law | dirichlet (did you mean 'log-normal'?)")]
    [InlineData("data.samples-per-client={ distribution = log-normal, mean = 6 }", "data.samples-per-client.sigma: is missing")]
    [InlineData("data.samples-per-client={ distribution = power-law, mean = 6, exponent = 1 }",
        "data.samples-per-client.exponent: is 1; must be a number of above 1")]
    [InlineData("data.samples-per-client={ distribution = log-normal, mean = 6, sigma = 1, min = 7 }",
        "data.samples-per-client.mean: is 6; must be a number of at least 7")]
    [InlineData("data.samples-per-client={ distribution = log-normal, mean = 6, sigma = 1, most = 7 }",
        "data.samples-per-client.most: is unknown")]
    [InlineData("data.samples-per-client=all",
        "data.samples-per-client: is all, but the partition does not say how many samples clients have; must be a number, a list or a "
        + "distribution, or the partition one that does: by-column, shards without overlap, iid without overlap")]
    [InlineData("learning.weights=sample", "learning.weights: is sample; must be entries | samples (did you mean 'samples'?)")]
    [InlineData("game.labeling-cost-per=label", "game.labeling-cost-per: is label; must be client | sample")]
    [InlineData("game.labeling-cost-per=sample",
        "game.labeling-cost-per: counts 1000 samples of client 0, but the model 'quadratic' has 0 for it, whatever data.samples-per-client "
        + "says; leave it at its default")]
    [InlineData("experiment.holdings=on",
        "experiment.holdings: is on, but the model 'quadratic' does not say of which classes clients hold samples; must be off")]
    [InlineData("data.labels.careful=random", "data.labels.careful: is random; must be truth | column | annotators")]
    [InlineData("data.labels.careless=truth", "data.labels.careless: is truth; must be uniform | confusion | column | annotators")]
    [InlineData("data.labels.careless=column",
        "data.labels.careless-column: is none; must name a column of the data set, as labels are to come from one")]
    [InlineData("data.labels.careless=confusion",
        "data.labels.confusion: is none; must be a list of rows or a CSV file of them, as careless labels are to come from it")]
    [InlineData("data.labels.confusion=[[0.5,0.5],[1]]", "data.labels.confusion: row 1 has 1 numbers; must have 2, as there are rows")]
    [InlineData("data.labels.confusion=[[0.5,0.6],[1,0]]",
        "data.labels.confusion: row 0 has numbers from 0.5 that add up to 1.1; must be probabilities that add up to 1, of the labels that "
        + "samples of a class are given")]
    [InlineData("data.labels.confusion=[[0.5,x],[1,0]]", "data.labels.confusion: row 0 has 'x'; must be numbers")]
    [InlineData("data.labels.confusion=nowhere.csv",
        "data.labels.confusion: is HERE/nowhere.csv, which is missing; must be a list of rows, or a CSV file of them")]
    [InlineData("data.labels.careful=annotators",
        "data.labels.annotators.file: is none; must be a CSV file of samples, workers and answers, as labels are to come from one")]
    [InlineData("data.labels={ careful = annotators, annotators.file = nowhere.csv }",
        "data.labels.annotators.file: is HERE/nowhere.csv, which is missing; must be a CSV file of samples, workers and answers, ")]
    [InlineData("data.labels.skill=1.5", "data.labels.skill: is 1.5; must be a number of at least 0 and at most 1, or a list of such")]
    [InlineData("data.labels.skill=[1,1]", "data.labels.skill: has 2 entries, but data.clients is 10")]
    [InlineData("data.labels.skill={ distribution = uniform, from = 0.5, to = 0.4 }",
        "data.labels.skill.to: is 0.4; must be a number of at least 0.5 and at most 1")]
    [InlineData("data.labels.skill=0.5",
        "data.labels: is set, but not for the model 'quadratic', in which there is nothing to label; leave it at its defaults")]
    public void What_does_not_fit_is_refused_in_one_message(string setting, string message) =>
        Assert.StartsWith(
            message.Replace("HERE", Environment.CurrentDirectory, StringComparison.Ordinal),
            Configured.Error(setting), StringComparison.Ordinal);

    [Fact]
    public void Batches_without_replacement_fit_the_smallest_client_of_every_seed()
    {
        var error = Assert.Throws<SettingException>(() => Configured.File(
            """
            flcrowd {
              experiment { kind = sweep, seeds = 40 }, learning.model = softmax
              data { replacement = false, samples-per-client { distribution = dirichlet, mean = 300, concentration = 4 } }
            }
            """, null));
        Assert.Matches(
            "^game.assignment: is 50 for client \\d+, which has \\d+ samples with the seed \\d+; set data.replacement = true or a batch of "
            + "at most that size$",
            error.Message);
    }

    [Fact]
    public void A_confusion_matrix_may_be_a_file()
    {
        var file = Path.Combine(_folder.Path, "matrix.csv");
        File.WriteAllText(file, "0.75, 0.25\r\n0,1\r\n");
        Assert.Equal(
            "data.labels.confusion: has 4 numbers; must be 10 rows of 10, as 'mnist' has 10 classes",
            Error($"data.labels {{ careless = confusion, confusion = \"{file}\" }}"));
        File.WriteAllText(file, "0.75, 0.25\r\n0.5,-0.5\r\n");
        Assert.StartsWith(
            $"data.labels.confusion: {file}, line 2 has numbers from -0.5 that add up to 0;", Error($"data.labels.confusion = \"{file}\""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("careful = column, careful-column = worse",
        "data.labels.careful-column: is worse; must be a column of 'mnist', which has none beside features and label")]
    [InlineData("careless = column, careless-column = worse",
        "data.labels.careless-column: is worse; must be a column of 'mnist', which has none beside features and label")]
    public void Columns_must_be_there(string labels, string message) => Assert.Equal(message, Error($"data.labels {{ {labels} }}"));

    [Fact]
    public void Bounds_take_the_truth()
    {
        var game = Configured.File("flcrowd { data { samples-per-client = 10, labels.skill = 0.9 }, learning.model = softmax }", null)
            .Plan.Games.Single();
        using var parts = GameParts.Of(game, Configured.Catalog);
        Assert.False(parts.HasConstants);
        Assert.Equal(
            "data.labels: makes labels wrong in spite of full effort (careful is not truth, or some skill is below 1): then no beta of "
            + "Assumption 4 tells labels with effort from those without, and the bounds do not hold; use a surrogate that is measured "
            + "(pilot) or given",
            Assert.Throws<SettingException>(() => parts.Constants([.. Enumerable.Repeat(10, 10)])).Message);
    }

    [Fact]
    public void A_model_that_labels_in_its_own_way_is_refused()
    {
        var catalog = Plugins.Catalog();
        catalog.Add(new Deaf(), new PluginSource("Acme", "1.0", Guid.Empty, "/acme/Acme.dll", ""));
        Assert.Equal(
            "data.labels: is set, but not for the model 'acme/deaf' of Acme, which labels in its own way; leave it at its defaults",
            Assert.Throws<SettingException>(() => Configured.File(
                catalog, "flcrowd { data { samples-per-client = 10, labels.skill = 0.9 }, learning.model = \"acme/deaf\" }", null))
                .Message);
    }

    [Fact]
    public void Games_of_other_sizes_or_labels_are_told_apart()
    {
        var game = Configured.Run().Plan.Games.Single();
        var partition = game.Learning.Partition;
        GameDefinition[] games =
        [
            game,
            Learning(partition with { SampleCounts = new ValueList<int>(1, 2) }, null),
            Learning(partition with { SampleCounts = new ValueList<int>(2, 1) }, null),
            Learning(partition, new LabelSettings { Skill = new ValueList<double>(0.5) }),
            Learning(partition, new LabelSettings { Skill = new ValueList<double>(0.25) }),
            game with { Crowd = game.Crowd with { Sizes = new CrowdSizes([3], true, false) } },
            game with { Crowd = game.Crowd with { Sizes = new CrowdSizes([4], true, false) } },
        ];
        Assert.Distinct(games.Select(GameKey.OfTraining));

        GameDefinition Learning(PartitionSettings settings, LabelSettings? labels) =>
            game with { Learning = game.Learning with { Partition = settings, Labels = labels } };
    }

    private static string Error(string settings) =>
        Assert.Throws<SettingException>(() => Configured.File($"flcrowd {{ learning.model = softmax, {settings} }}", null)).Message;

    /// <summary>A model that asks for nothing.</summary>
    private sealed class Deaf : IPlugin
    {
        public void Register(IPluginRegistry registry) => registry.AddModel<NoOptions>(
            "acme/deaf", "", (_, setup) => Configured.Catalog.CreateModel(
                new PluginChoice("softmax"),
                new LearningSetup(() => setup.Data, Configured.Catalog.CreatePartition)
                {
                    Seed = setup.Seed,
                    Weights = setup.Weights,
                    Partition = setup.Partition,
                }));
    }
}
