using System.Collections.Concurrent;
using FLCrowd.Experiments.Processes;
using static FLCrowd.Host.Tests.Processes.Python;

namespace FLCrowd.Host.Tests.Processes;

/// <summary>Clients that are written in Python, in games of the real actors.</summary>
public sealed class PythonClientsSpec : IDisposable
{
    private const string Quadratic = """
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = 10 }
          game { assignment = 60 }
          experiment { episodes = 12 }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Clients_that_do_the_same_have_the_same_tables_whatever_they_are_written_in()
    {
        using var catalog = Catalog(Path.Combine(Samples, "clients.py"));
        var built = await RowsAsync(catalog, "clients=[{ strategy = truthful, share = 1 }]");
        var python = await RowsAsync(catalog, "clients=[{ strategy = \"python/truthful\", share = 1 }]");
        Assert.Equal(built, python.Select(row => row.Replace("python/truthful", "truthful", StringComparison.Ordinal)));
        Assert.NotEqual(built, python);
    }

    [Fact]
    public async Task Three_clients_in_Python_learn_and_shirk_beside_built_in_ones_on_any_number_of_threads()
    {
        const string Clients = """
            clients=[
              { strategy = "python/truthful", count = 2 }, { strategy = "python/shirker", count = 2, effort = 0.25 },
              { strategy = "python/epsilon-greedy", count = 3, epsilon = 0.3 }, { strategy = truthful, share = 1 }]
            """;
        using var catalog = Catalog(Path.Combine(Samples, "clients.py"));
        var rows = await RowsAsync(catalog, Clients);
        Assert.Equal(rows, await RowsAsync(catalog, Clients, threads: 1));

        using var another = Catalog(Path.Combine(Samples, "clients.py"));
        Assert.Equal(rows, await RowsAsync(another, Clients));

        var played = await Played.PlanAsync(catalog, Configured.File(catalog, Quadratic, null, Clients).Plan);
        var clients = played.Episodes.SelectMany(episode => episode.Clients).ToLookup(client => client.Strategy);
        Assert.All(clients["python/truthful"], client => Assert.Equal(1, client.Action!.Value.Effort));
        Assert.All(clients["python/shirker"], client => Assert.Equal(0.25, client.Action!.Value.Effort));

        // Labels cost 20 and are not paid for: who tried all three efforts keeps to none, but for what it tries at random.
        var late = clients["python/epsilon-greedy"].Where(client => client.Episode >= 3).ToList();
        Assert.InRange(late.Count(client => client.Action!.Value.Effort == 0), late.Count / 2, late.Count - 1);
    }

    [Fact]
    public async Task A_thousand_clients_cost_a_few_exchanges_per_episode()
    {
        var script = WriteStrategy(_folder, "mine.py", "def choose(self, view, memory):\n    return view.asked");
        File.WriteAllText(script, $"import os\nos.environ['FLCROWD_COUNT'] = '1'\n{File.ReadAllText(script)}");
        var said = new ConcurrentQueue<string>();
        using var plugin = new ProcessPlugin(new PluginCommand([Interpreter, script], PluginCommand.DefaultTimeout), said.Enqueue);
        using var catalog = PluginCatalog.Of(new Model.ModelPlugin(), new FLCrowd.Strategies.StrategiesPlugin(), plugin);
        var run = Configured.File(
            catalog, Quadratic, null, "data.clients=1000", "learning.rounds=1", "experiment.episodes=4",
            "clients=[{ strategy = \"test/mine\", share = 1 }]");
        var (failure, episodes) = await PlayAsync(catalog, run);
        Assert.Equal((null, 4), (failure, episodes.Count));
        Assert.InRange(plugin.Exchanges, 2 + 4, 2 + 4 * 100);

        // As the other side counts, too: four thousand choices, and twice what it was created with.
        plugin.Dispose();
        Assert.Contains(said, line => line.StartsWith($"4002 questions on {plugin.Exchanges} lines, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Labels_and_reports_of_a_process_are_those_of_the_same_functions_here()
    {
        var script = WriteStrategy(_folder, "acts.py", """
            def choose(self, view, memory):
                return view.asked
            def label(self, sample, memory):
                return (sample.label + sample.sample % 2) % sample.class_count
            def report(self, round, memory):
                last = round.global_model if round.previous is None else round.previous
                share = round.round / round.rounds * round.weight
                return [0.5 * (a + b) + share * c for a, b, c in zip(round.report, round.global_model, last)]
            """);
        using var catalog = Catalog(script);
        catalog.Add(new SamePlugin(), new PluginSource("Same", "1", Guid.Empty, "/same.dll", ""));
        const string Game = """
            flcrowd {
              data { set = digits, clients = 4, samples-per-client = 40 }
              learning { model = softmax, step-size = 0.1, rounds = 3 }
              experiment { episodes = 2 }
            }
            """;
        var python = await LossesAsync("test/mine");
        Assert.Equal(await LossesAsync("test/same"), python);
        Assert.NotEqual(await LossesAsync("truthful"), python);

        async Task<IEnumerable<double>> LossesAsync(string strategy)
        {
            var run = Configured.File(catalog, Game, null, $"clients=[{{ strategy = \"{strategy}\", share = 1 }}]");
            var (failure, episodes) = await PlayAsync(catalog, run);
            Assert.Null(failure);
            return episodes.SelectMany(episode => episode.Result.Rounds).Select(round => round.Evaluation.TestLoss);
        }
    }

    [Fact]
    public async Task A_client_in_Python_takes_turns_and_is_drawn_by_lot_as_any_other()
    {
        using var catalog = Catalog(Path.Combine(Samples, "clients.py"));
        string[] settings = ["experiment.revision.order=random", "experiment.revision.turn=2"];
        var mixed = (string truthful) =>
            $"clients=[{{ strategy = mixed, strategies = [{{ strategy = \"{truthful}\" }}, {{ strategy = free-rider }}], share = 1 }}]";
        Assert.Equal(
            await RowsAsync(catalog, [mixed("truthful"), .. settings]),
            await RowsAsync(catalog, [mixed("python/truthful"), .. settings]));
    }

    private static Task<IEnumerable<string>> RowsAsync(PluginCatalog catalog, string clients, int threads = 2) =>
        RowsAsync(catalog, [clients], threads);

    /// <summary>All that was recorded, as text.</summary>
    private static async Task<IEnumerable<string>> RowsAsync(PluginCatalog catalog, string[] settings, int threads = 2)
    {
        var (failure, episodes) = await PlayAsync(catalog, Configured.File(catalog, Quadratic, null, settings), threads);
        Assert.Null(failure);
        return episodes.SelectMany(episode => episode.Clients.Select(client => $"{client}")
            .Append(FormattableString.Invariant($"{episode.Result.Rounds[^1].Evaluation.TestLoss:R} {episode.Rent:R}")));
    }

    private sealed class SamePlugin : IPlugin
    {
        public void Register(IPluginRegistry registry) =>
            registry.AddStrategy<NoOptions>("test/same", "What the script does.", (_, _) => new Same());
    }

    private sealed class Same : IClientStrategy, ILabeler, IReporter
    {
        public ClientAction Choose(ClientView view) => view.Assignment.AsAction;

        public int Label(in LabelView view) => (view.Label + view.Sample % 2) % view.ClassCount;

        public void Report(in ReportView view, Span<float> report)
        {
            for (int i = 0; i < report.Length; i++)
            {
                double last = view.Previous.IsEmpty ? view.Global[i] : view.Previous[i];
                report[i] = (float)(0.5 * ((double)report[i] + view.Global[i]) + (double)view.Round / view.Rounds * view.Weight * last);
            }
        }
    }
}
