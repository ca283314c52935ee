using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Loading;

namespace FLCrowd.Host.Tests;

/// <summary>Mechanisms that pay for reports and replays, as users run them.</summary>
public sealed class MechanismSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_shirker_earns_less_than_it_saves_and_no_bit_depends_on_threads()
    {
        File.WriteAllText(_folder.In("rivals.conf"), """
            flcrowd {
              learning { model = quadratic, step-size = 0.1, rounds = 25 }
              clients = [{ strategy = shirk-labeling, count = 1 }, { strategy = truthful, share = 1 }]
              experiment { kind = sweep, grid { "game.mechanism" = [influence, vcg, shapley, leave-one-out] } }
              execution { evaluate-every = 0 }
            }
            """);
        Assert.Equal((0, ""), await Run("one", "1"));
        Assert.Equal((0, ""), await Run("two", "2"));
        string table = File.ReadAllText(_folder.In("one/clients.csv"));
        Assert.Equal(table, File.ReadAllText(_folder.In("two/clients.csv")));
        Assert.Equal(File.ReadAllText(_folder.In("one/rounds.csv")), File.ReadAllText(_folder.In("two/rounds.csv")));

        string[][] rows = [.. table.Trim().Split('\n').Select(line => line.Trim().Split(','))];
        int reward = Array.IndexOf(rows[0], "reward"), strategy = Array.IndexOf(rows[0], "strategy");
        var rewards = rows.Skip(1).ToLookup(
            row => row[strategy], row => double.Parse(row[reward], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(4, rewards["shirk-labeling"].Count());
        Assert.All(rewards["shirk-labeling"], paid => Assert.True(paid < 25 - 20, $"a shirker got {paid}"));
    }

    [Fact]
    public void A_model_without_a_gradient_is_refused_before_the_run()
    {
        var game = Configured.Run("game.mechanism=influence").Plan.Games[0];
        var catalog = Plugins.Catalog();
        catalog.AddModel<NoOptions>("test/blind", "Knows losses only.", (_, setup) =>
            new Blind(catalog.CreateModel(new PluginChoice("quadratic"), setup)));
        game = game with { Learning = game.Learning with { Model = new PluginChoice("test/blind") } };
        Assert.Equal(
            "game.mechanism: is 'influence', which needs the gradient of the test loss; the model 'test/blind' does not know it",
            Assert.Throws<SettingException>(() => GameCheck.Check(game, catalog)).Message);
        GameCheck.Check(game with { Incentive = game.Incentive with { Mechanism = new PluginChoice("vcg") } }, catalog);
    }

    [Fact]
    public void More_replays_than_allowed_are_refused_before_the_run() => Assert.Contains(
        "game.leave-one-out.max-replays: is 20, but the training of every episode is to be replayed 21 times",
        Configured.Error("game.mechanism=leave-one-out", "data.clients=21"),
        StringComparison.Ordinal);

    private async Task<(int ExitCode, string Error)> Run(string name, string threads)
    {
        var run = await FlcrowdProcess.RunAsync(_folder.Path, "run", "rivals.conf", "--out", name, "--threads", threads);
        return (run.ExitCode, run.Error);
    }

    private sealed class Blind(ILearningModel inner) : ILearningModel
    {
        public int ParameterCount => inner.ParameterCount;

        public int ClassCount => inner.ClassCount;

        public int SampleCount(int client) => inner.SampleCount(client);

        public void Initialise(Span<float> model) => inner.Initialise(model);

        public ClientLabels Label(LabelingTask task) => inner.Label(task);

        public void Train(ReadOnlySpan<float> global, TrainingProtocol protocol, IReadOnlyList<LocalTask> chunk) =>
            inner.Train(global, protocol, chunk);

        public Evaluation Evaluate(ReadOnlySpan<float> model) => inner.Evaluate(model);

        public void Dispose() => inner.Dispose();
    }
}
