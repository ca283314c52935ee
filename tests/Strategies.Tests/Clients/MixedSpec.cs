using MathNet.Numerics.Distributions;

namespace FLCrowd.Strategies.Tests.Clients;

public class MixedSpec
{
    private const string ThreeParts = """
        { "strategies": [
            { "strategy": "truthful", "weight": 2 },
            { "strategy": "misreport", "weight": "0.5", "gamma": "3" },
            { "strategy": "free-rider", "weight": 0 },
            { "strategy": "shirk-labeling" } ] }
        """;

    [Fact]
    public void Plays_each_part_as_often_as_its_weight_says()
    {
        const int episodes = 7000;
        var mixed = Game.Strategy("mixed", ThreeParts);
        var counts = Enumerable.Range(0, episodes)
            .Select(episode => mixed.Choose(Game.View(episode: episode)))
            .CountBy(action => action)
            .ToDictionary();

        var expected = new Dictionary<ClientAction, double>
        {
            [new ClientAction(1, 60, 1)] = episodes * 2 / 3.5,
            [new ClientAction(1, 60, 3)] = episodes * 0.5 / 3.5,
            [new ClientAction(0, 60, 1)] = episodes * 1 / 3.5,
        };
        Assert.Equal(expected.Keys.ToHashSet(), counts.Keys.ToHashSet());
        double chiSquare = expected.Sum(pair => Math.Pow(counts[pair.Key] - pair.Value, 2) / pair.Value);
        Assert.InRange(chiSquare, 0, ChiSquared.InvCDF(2, 0.999));
    }

    [Fact]
    public void The_draw_is_a_function_of_the_seed_alone()
    {
        ClientAction[] Play(IEnumerable<int> episodes)
        {
            var mixed = Game.Strategy("mixed", ThreeParts);
            return [.. episodes.Select(episode => mixed.Choose(Game.View(episode: episode)))];
        }

        Assert.Equal(Play(Enumerable.Range(0, 50)), Play(Enumerable.Range(0, 50).Reverse()).Reverse());
    }

    [Fact]
    public void A_lottery_inside_a_lottery_draws_independently()
    {
        const string coin = """[ { "strategy": "truthful" }, { "strategy": "free-rider" } ]""";
        var nested = Game.Strategy("mixed", $$"""
            { "strategies": [ { "strategy": "mixed", "strategies": {{coin}} }, { "strategy": "misreport" } ] }
            """);
        var actions = Enumerable.Range(0, 400)
            .Select(episode => nested.Choose(Game.View(episode: episode)))
            .CountBy(action => action)
            .ToDictionary();
        Assert.InRange(actions[new ClientAction(1, 60, 1)], 70, 130);
        Assert.InRange(actions[new ClientAction(0, 1, 0)], 70, 130);
        Assert.InRange(actions[new ClientAction(1, 60, 2)], 160, 240);
    }

    [Theory]
    [InlineData("""[ { "strategy": "label-flip" } ]""", 4)]
    [InlineData("""[ { "strategy": "truthful" } ]""", 3)]
    public void Only_a_part_with_a_labeler_changes_labels(string parts, int label)
    {
        var mixed = Game.Strategy("mixed", $$"""{ "strategies": {{parts}} }""");
        mixed.Choose(Game.View());
        Assert.Equal(label, ((ILabeler)mixed).Label(new LabelView
        {
            Client = 7,
            Sample = 0,
            Label = 3,
            ClassCount = 10,
            Seed = new Seed(1),
        }));
    }

    [Theory]
    [InlineData("""{ "strategies": [ { "strategy": "recorder", "weight": 0 }, { "strategy": "truthful" } ] }""", 3)]
    [InlineData("""{ "strategies": [ { "strategy": "recorder" } ] }""", 42)]
    public void The_part_that_plays_reports_and_observes(string options, float reported)
    {
        var mixed = Game.Strategy(WithRecorder(), "mixed", options);
        mixed.Choose(Game.View());
        float[] report = [3];
        ((IReporter)mixed).Report(new ReportView { Client = 7, Round = 1, Global = [1], Local = [3], Seed = new Seed(1) }, report);
        var before = Game.Save(mixed);
        ((IStrategyMemory)mixed).Observe(new EpisodeOutcome
        {
            Episode = 0,
            Action = new ClientAction(1, 60, 1),
            Reward = 25,
            Cost = 26,
            TestLoss = 0.5,
        });
        Assert.Equal([reported], report);
        Assert.Equal(reported == 42, !Game.Save(mixed).SequenceEqual(before));
    }

    [Fact]
    public void Remembers_what_its_parts_remember()
    {
        const string options = """
            { "strategies": [ { "strategy": "recorder" }, { "strategy": "truthful" }, { "strategy": "recorder", "weight": 3 } ] }
            """;
        var catalog = WithRecorder();
        var first = Game.Strategy(catalog, "mixed", options);
        for (int episode = 0; episode < 20; episode++)
        {
            first.Choose(Game.View(episode: episode));
            ((IStrategyMemory)first).Observe(new EpisodeOutcome
            {
                Episode = episode,
                Action = new ClientAction(1, 60, 1),
                Reward = 25,
                Cost = 26,
                TestLoss = 0.5,
            });
        }

        var memory = Game.Save(first);
        var second = Game.Strategy(catalog, "mixed", options);
        ((IStrategyMemory)second).Load(memory);
        Assert.Equal(2 * (sizeof(int) + 1), memory.Length);
        Assert.Equal(memory, Game.Save(second));
        Assert.Throws<InvalidDataException>(() => ((IStrategyMemory)second).Load(memory.AsSpan(1)));
        Assert.Throws<InvalidDataException>(() => ((IStrategyMemory)second).Load([.. memory, 0]));
    }

    [Theory]
    [InlineData("{}", "clients[3].strategies: is empty; name at least one strategy")]
    [InlineData("""{ "strategies": "truthful" }""", "clients[3].strategies: is 'truthful'; must be a list of objects")]
    [InlineData("""{ "strategies": [ { "weight": 1 } ] }""", "clients[3].strategies[0].strategy: is missing; it names what to use")]
    [InlineData("""{ "strategies": [ { "strategy": "truthful", "weight": "x" } ] }""",
        "clients[3].strategies[0].weight: is x; must be a number of at least 0 and at most 1E+60")]
    [InlineData("""{ "strategies": [ { "strategy": "truthful", "weight": -1 } ] }""",
        "clients[3].strategies[0].weight: is -1; must be a number of at least 0 and at most 1E+60")]
    [InlineData("""{ "strategies": [ { "strategy": "truthful", "weight": 2e60 } ] }""",
        "clients[3].strategies[0].weight: is 2e60; must be a number of at least 0 and at most 1E+60")]
    [InlineData("""{ "strategies": [ { "strategy": "truthful", "weight": 0 } ] }""",
        "clients[3].strategies: has weights of 0 only; at least one must be above 0")]
    [InlineData("""{ "strategies": [ { "strategy": "truthful" }, { "strategy": "misreport", "gama": 1 } ] }""",
        "clients[3].strategies[1].gama: is unknown (did you mean 'gamma'?); 'misreport' has gamma")]
    [InlineData("""{ "strategies": [ { "strategy": "mixed", "strategies": [ { "strategy": "misreport", "gamma": -1 } ] } ] }""",
        "clients[3].strategies[0].strategies[0].gamma: is -1; must be at least 0")]
    public void Errors_of_parts_say_where(string options, string message)
    {
        var choice = new PluginChoice("mixed", options, "clients[3]");
        Assert.Equal(message, Game.SettingError(() => Game.Catalog.CreateStrategy(choice, client: 0)));
        Assert.Equal(message, Game.SettingError(() => Game.Catalog.Check(PluginKind.Strategy, choice)));
    }

    private static PluginCatalog WithRecorder()
    {
        var catalog = PluginCatalog.Of(new StrategiesPlugin());
        catalog.AddStrategy<NoOptions>("recorder", "Reports 42 and counts what it observes.", (_, _) => new Recorder());
        return catalog;
    }

    private sealed class Recorder : IClientStrategy, IReporter, IStrategyMemory
    {
        private byte _observed;

        public ClientAction Choose(ClientView view) => view.Assignment.AsAction;

        public void Report(in ReportView view, Span<float> report) => report.Fill(42);

        public void Observe(EpisodeOutcome outcome) => _observed++;

        public void Save(System.Buffers.IBufferWriter<byte> writer)
        {
            writer.GetSpan(1)[0] = _observed;
            writer.Advance(1);
        }

        public void Load(ReadOnlySpan<byte> memory) => _observed = memory[0];
    }
}
