using System.Buffers;
using FLCrowd.Sample.Plugin;

namespace FLCrowd.Abstractions.Tests.Plugins;

/// <summary>The sample is what plug-in authors copy: it registers, and keeps the contracts.</summary>
public class SamplePluginSpec
{
    private static PluginCatalog Catalog { get; } = PluginCatalog.Of(new SamplePlugin());

    private static TrainingProtocol Protocol { get; } = new() { Rounds = 10, LocalSteps = 1, StepSize = 0.5 };

    [Fact]
    public void Registers_under_its_vendor_name_and_describes_everything()
    {
        var plugins = Enum.GetValues<PluginKind>().SelectMany(Catalog.List).ToArray();
        Assert.Equal(9, plugins.Length);
        Assert.All(plugins, plugin =>
        {
            Assert.StartsWith("sample/", plugin.Name, StringComparison.Ordinal);
            Assert.NotEmpty(plugin.Description);
            Assert.All(plugin.Options, option => Assert.NotEmpty(option.Description));
        });
    }

    [Fact]
    public void References_the_contracts_only() => Assert.Equal(
        ["FLCrowd.Abstractions"],
        typeof(SamplePlugin).Assembly.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)));

    [Fact]
    public void Noise_is_a_function_of_the_seed_and_has_the_deviation_asked_for()
    {
        float[] Report(ulong seed)
        {
            var reporter = (IReporter)Strategy("sample/noisy-reporter", """{ "noise": 0.5 }""");
            var report = new float[5000];
            reporter.Report(new ReportView { Client = 0, Round = 1, Global = report, Local = report, Seed = new Seed(seed) }, report);
            return report;
        }

        Assert.Equal(Report(1), Report(1));
        Assert.NotEqual(Report(1), Report(2));
        Assert.Equal(0.5, Math.Sqrt(Report(1).Average(noise => noise * noise)), tolerance: 0.02);
    }

    [Fact]
    public void Wins_stay_and_losses_shift_also_after_a_move()
    {
        var strategy = Strategy("sample/win-stay-lose-shift");
        double[] payoffs = [1, 0, -1, 2, -3, -4];
        double[] efforts = [1, 1, 1, 0, 0, 1];
        foreach (var (episode, payoff) in payoffs.Index())
        {
            var action = strategy.Choose(View(episode));
            Assert.Equal(efforts[episode], action.Effort);
            ((IStrategyMemory)strategy).Observe(new EpisodeOutcome
            {
                Episode = episode,
                Action = action,
                Reward = payoff,
                Cost = 0,
                TestLoss = 0.5,
            });
            strategy = Moved(strategy);
        }
    }

    [Theory]
    [InlineData(0.5, 30)]
    [InlineData(0.6, 20)]
    public void Pays_the_bonus_where_the_target_is_reached(double testLoss, double reward)
    {
        int?[] batchSizes = [30, null];
        var mechanism = Catalog.CreateMechanism(new PluginChoice("sample/target-bonus"));
        var assignments = mechanism.Announce(new MechanismView
        {
            Episode = 0,
            Clients = [.. batchSizes.Select((size, client) => new ClientProfile
            {
                Client = client,
                Weight = 0.5,
                Costs = new ClientCosts(20, 1e-3),
                SampleCount = 100,
                MaxBatchSize = 40,
                BatchSize = size,
            })],
            Protocol = Protocol,
            MoneyPerLoss = 1,
        });
        var rewards = new double[2];
        mechanism.Pay(new PaymentView { Episode = 0, Assignments = assignments, Protocol = Protocol, TestLoss = testLoss }, rewards);
        Assert.Equal([30, 40], assignments.Select(assignment => assignment.BatchSize));
        Assert.Equal(0.5, assignments[0].Terms.Announced["target-loss"]);
        Assert.Equal([reward, reward], rewards);
    }

    [Fact]
    public async Task A_surrogate_by_class_is_as_high_as_its_pilots_tested()
    {
        var played = new List<PilotEpisode>();
        var source = Catalog.CreateSurrogate(
            new PluginChoice("sample/by-class", """{ "batch-slope": [2, 4], "effort-slope": [1], "pilots": 3 }""", "here"));
        var surrogate = await source.FitAsync(
            new SurrogateSetup
            {
                Clients = [.. Enumerable.Range(0, 3).Select(client => new ClientProfile
                {
                    Client = client,
                    Weight = 1 / 3.0,
                    Costs = new ClientCosts(20, 1e-3),
                    SampleCount = 100,
                    MaxBatchSize = 100,
                    BatchSize = 10,
                })],
                Protocol = Protocol,
                BatchSizes = [10, 20, 40],
                Seed = new Seed(1),
                Path = "here",
                Constants = () => throw new InvalidOperationException("nobody asks"),
                PlayAsync = (episodes, _) =>
                {
                    played.AddRange(episodes);
                    return Task.FromResult<IReadOnlyList<Evaluation>>([.. episodes.Select((_, k) => new Evaluation(9, 0.5 + k, 1))]);
                },
            },
            TestContext.Current.CancellationToken);
        Assert.Equal([2, 4, 2], Enumerable.Range(0, 3).Select(client => surrogate.BatchSlope[client]));
        Assert.Equal(1.5, surrogate.TruthfulLoss([10, 20, 40]), 12);
        Assert.Equal(3, played.Select(episode => episode.Seed).Distinct().Count());
        Assert.All(played, episode => Assert.Equal([new(1, 10, 1), new(1, 20, 1), new(1, 40, 1)], episode.Actions));
        Assert.Throws<SettingException>(
            () => Catalog.CreateSurrogate(new PluginChoice("sample/by-class", """{ "batch-slope": [] }""", "here")));
    }

    [Fact]
    public void A_client_of_few_classes_has_samples_of_these_only()
    {
        byte[] labels = [.. Enumerable.Range(0, 100).Select(sample => (byte)(sample % 5))];
        var data = new DataSet(
            "test", 5, new SampleShape(1, 1, 1), new LabeledSamples(new float[100], labels), new LabeledSamples([0], [0]));
        var partition = Catalog.CreatePartition(new PartitionSetup
        {
            Data = data,
            Settings = new PartitionSettings
            {
                Choice = new PluginChoice("sample/few-classes", """{ "classes": 2 }""", "here"),
                SamplesPerClient = 50,
            },
            Clients = 4,
        });
        var samples = new int[50];
        foreach (var (client, expected) in new byte[][] { [0, 1], [2, 3], [0, 4] }.Index())
        {
            partition.Draw(client, new Seed(1).For("partition", client), samples);
            Assert.Equal(expected, samples.Select(sample => labels[sample]).Distinct().Order());
        }
    }

    [Fact]
    public void Pays_the_cost_of_what_is_asked_and_a_share_of_the_improvement()
    {
        var mechanism = Catalog.CreateMechanism(new PluginChoice("sample/improvement-share", """{ "share": 0.5 }""", "here"));
        Assert.Equal("sample/by-class", ((ISurrogateMechanism)mechanism).Surrogate.Name);
        var surrogate = new LossSurrogate
        {
            Name = "test",
            Constant = 0.4,
            MinimalLoss = 0.1,
            BatchSlope = 2,
            EffortSlope = 1,
            ReportCurvature = 3,
        };
        double[] weights = [0.25, 0.75];
        var assignments = mechanism.Announce(new MechanismView
        {
            Episode = 0,
            Clients = [.. weights.Select((weight, client) => new ClientProfile
            {
                Client = client,
                Weight = weight,
                Costs = new ClientCosts(20, 0.1),
                SampleCount = 100,
                MaxBatchSize = 40,
                BatchSize = 20,
            })],
            Protocol = Protocol,
            MoneyPerLoss = 1000,
            Surrogate = surrogate,
        });
        var rewards = new double[2];
        foreach (double testLoss in (double[])[0.7, 0.6, 1.7])
        {
            mechanism.Pay(new PaymentView { Episode = 0, Assignments = assignments, Protocol = Protocol, TestLoss = testLoss }, rewards);
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(20 + 10 * 0.1 * 20 + 500 * weights[i] * (0.7 - testLoss), rewards[i], 9);
            }
        }

        Assert.Equal(0.7, SurrogateTerms.CommonTruthfulLoss(assignments)!.Value, 12);
        Assert.Equal(1 + 3, SurrogateTerms.Change(assignments[0], new ClientAction(0, 20, 2))!.Value, 12);
    }

    private static IClientStrategy Strategy(string name, string options = "{}") =>
        Catalog.CreateStrategy(new PluginChoice(name, options, "clients[0]"), client: 0);

    /// <summary>The same client on another node: a new instance with the old one's memory.</summary>
    private static IClientStrategy Moved(IClientStrategy strategy)
    {
        var (memory, again) = (Save(strategy), Strategy("sample/win-stay-lose-shift"));
        ((IStrategyMemory)again).Load(memory);
        Assert.Equal(memory, Save(again));
        return again;
    }

    private static byte[] Save(IClientStrategy strategy)
    {
        var writer = new ArrayBufferWriter<byte>();
        ((IStrategyMemory)strategy).Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    private static ClientView View(int episode) => new()
    {
        Client = 0,
        Episode = episode,
        Seed = new Seed(1).For("strategy", episode),
        Assignment = new Assignment(1, 20, 1, new RewardTerms(25, 0)),
        Protocol = Protocol,
        Costs = new ClientCosts(20, 1e-3),
        Weight = 0.5,
        SampleCount = 40,
        ClassCount = 10,
        MaxBatchSize = 40,
    };
}
