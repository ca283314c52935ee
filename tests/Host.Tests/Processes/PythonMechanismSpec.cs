using FLCrowd.Conformance;
using FLCrowd.Experiments.Loading;
using FLCrowd.Host.Tests.Templates;
using FLCrowd.Experiments.Processes;
using static FLCrowd.Host.Tests.Processes.Python;

namespace FLCrowd.Host.Tests.Processes;

/// <summary>Mechanisms that are written in Python.</summary>
public sealed class PythonMechanismSpec : IDisposable
{
    private const string Game = """
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = 4 }
          game { assignment = 60, money-per-loss = 1000 }
          clients = [{ strategy = shirk-labeling, ids = [7] }, { strategy = truthful, share = 1 }]
          experiment { episodes = 2 }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_that_pays_by_the_improvement_of_the_test_loss_pays_by_it()
    {
        using var catalog = Catalog(Improving());
        var run = Configured.File(
            catalog, Game, null, "game.mechanism=acme/improving", "game.\"acme/improving\".share=0.25", "execution.evaluate-every=1");
        var (failure, episodes) = await PlayAsync(catalog, run);
        Assert.Equal((null, 2), (failure, episodes.Count));

        // The first model is the same in all games: its loss is what a mechanism here is shown.
        double first = await FirstLossAsync();
        Assert.All(episodes, episode =>
        {
            double gain = first - episode.Result.Rounds[^1].Evaluation.TestLoss;
            double pay = 20 + 4 * 0.001 * 60 + 0.25 * 1000 * 0.1 * gain;
            Assert.All(episode.Clients, client => Assert.Equal(pay, client.Reward, 1e-9));
        });
        Assert.NotEqual(episodes[0].Clients.First().Reward, episodes[1].Clients.First().Reward);
    }

    [Fact]
    public async Task One_may_ask_back_what_the_server_knows_of_reports()
    {
        // Pays what leaving a client's report out of the last round would have cost: what vcg pays, which looks at it here.
        var script = Write(_folder, "vcg.py", """
            import flcrowd

            class Vcg(flcrowd.Mechanism):
                def announce(self, view, memory):
                    memory["base"] = [view.cost(client, view.asked(client)) for client in view.clients]
                    return [flcrowd.Assignment(*view.asked(client)) for client in view.clients]
                def rounds(self, protocol):
                    return [protocol.rounds]
                def observe(self, round, memory):
                    clients = [report.client for report in round.reports]
                    assert list(round.aggregate(clients)) == list(round.next)
                    loss = round.loss(round.next)
                    memory["worth"] = [
                        round.loss(round.aggregate(other for other in clients if other != client)) - loss for client in clients]
                def pay(self, payment, memory):
                    return [base + 1000 * worth for base, worth in zip(memory["base"], memory["worth"])]

            flcrowd.serve({"test/vcg": Vcg})
            """);
        using var catalog = Catalog(script);
        var python = await RewardsAsync("game.mechanism=test/vcg");
        Assert.Equal(await RewardsAsync("game.mechanism=vcg", "game.vcg.every=4", "game.vcg.scale=250"), python, new Close());

        async Task<IEnumerable<double>> RewardsAsync(params string[] settings)
        {
            var (failure, episodes) = await PlayAsync(catalog, Configured.File(catalog, Game, null, settings));
            Assert.Null(failure);
            return episodes.SelectMany(episode => episode.Clients).Select(client => client.Reward);
        }
    }

    [Theory]
    [InlineData("raise ValueError('no idea')", "failed to pay for episode 1: ValueError: no idea (odd.py, line 7, in pay)")]
    [InlineData("return [1]", "failed to pay for episode 1: it answered rewards [1], which must be a list of 10")]
    [InlineData("return ['much'] * 10", "failed to pay for episode 1: it answered a reward \"much\", which must be a number")]
    [InlineData("return [1e99] * 10", "paid client 0 the amount 1E+99 for episode 1")]
    [InlineData("import os; os._exit(1)", "failed to pay for episode 1: the process '")]
    public async Task One_that_does_not_pay_ends_the_run_and_is_named(string pay, string message)
    {
        var script = Write(_folder, "odd.py", $$"""
            import flcrowd
            class Odd(flcrowd.Mechanism):
                def announce(self, view, memory):
                    return [flcrowd.Assignment(*view.asked(client), fixed=30) for client in view.clients]
                def pay(self, payment, memory):
                    if payment.episode == 1:
                        {{pay}}
                    return [30] * 10
            flcrowd.serve({"test/odd": Odd})
            """);
        using var catalog = Catalog(script);
        var (failure, _) = await PlayAsync(catalog, Configured.File(catalog, Game, null, "game.mechanism=test/odd"));
        Assert.StartsWith($"the mechanism 'test/odd' of odd.py {message}", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("share = 2", "game.acme/improving.share: is 2.0; must be at least 0 and at most 1")]
    [InlineData("shares = 1", "game.acme/improving.shares: is unknown; it has share")]
    public void Its_options_are_checked_before_anything_runs(string options, string message)
    {
        using var catalog = Catalog(Improving());
        Assert.Equal(message, Assert.Throws<SettingException>(() => Configured.File(
            catalog, Game, null, "game.mechanism=acme/improving", $"game.\"acme/improving\"={{ {options} }}")).Message
            .Replace("\"", "", StringComparison.Ordinal));
    }

    [Fact]
    public void It_keeps_the_rules()
    {
        using var plugin = new ProcessPlugin(new PluginCommand([Interpreter, Improving()], PluginCommand.DefaultTimeout));
        new MechanismConformance(plugin, "acme/improving").Check();
    }

    private string Improving() => Write(_folder, "improving_mechanism.py", File.ReadAllText(
        Path.Combine(OutsideProjects.Solution(), "samples/new-mechanism-python/improving_mechanism.py")));

    private static async Task<double> FirstLossAsync()
    {
        var witness = new Witness();
        var catalog = Plugins.Catalog();
        catalog.Add(witness, new PluginSource("Witness", "1", Guid.Empty, "/witness.dll", ""));
        var (failure, _) = await PlayAsync(catalog, Configured.File(catalog, Game, null, "game.mechanism=test/witness"));
        Assert.Null(failure);
        return witness.Loss;
    }

    private sealed class Close : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-9;

        public int GetHashCode(double obj) => 0;
    }

    private sealed class Witness : IPlugin, IReportMechanism
    {
        public double Loss { get; private set; }

        public void Register(IPluginRegistry registry) => registry.AddMechanism<NoOptions>("test/witness", "Looks.", _ => this);

        public bool Observes(int round, TrainingProtocol protocol) => round == 1;

        public IReadOnlyList<Assignment> Announce(MechanismView view) =>
            [.. view.Clients.Select(client => new Assignment(1, client.BatchSize!.Value, 1, new RewardTerms(0, 0)))];

        public void Observe(RoundView view) => Loss = view.Validation.Loss(view.Global.Span);

        public void Pay(PaymentView view, Span<double> rewards) => rewards.Clear();
    }
}
