using FLCrowd.Actors.Recording;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Identity;
using FLCrowd.Experiments.Runs;
using FLCrowd.Experiments.Tables;
using FLCrowd.Experiments.TensorBoard;

namespace FLCrowd.Host.Tests.OtherTools;

/// <summary>The curves for TensorBoard are the tables.</summary>
[Collection(nameof(ReadersOfRuns))]
public sealed class TensorBoardSpec(RecordedRuns runs) : IDisposable
{
    private const int Episodes = 2;

    /// <summary>Rounds 0 to 4.</summary>
    private const int StepsPerEpisode = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_number_of_a_sweep_is_there_once_by_cell_seed_and_family()
    {
        var expected = new Dictionary<(string, string, long), float>();
        foreach (var episode in CsvRows.Of(runs.Mine, EpisodeTable.Schema))
        {
            int number = episode[EpisodeTable.Episode];
            long step = number % Episodes;
            string variant = episode.Text("variant") == "flat" ? "variant=flat" : "variant=by-influence";
            string run = $"{variant}/seed-{episode[EpisodeTable.Seed]}";
            foreach (var (tag, value) in new[]
            {
                ("loss/training_by_episode", episode[EpisodeTable.TrainingLoss]),
                ("loss/test_by_episode", episode[EpisodeTable.TestLoss]),
                ("accuracy/test_by_episode", episode[EpisodeTable.Accuracy]),
                ("pay/total_reward", episode[EpisodeTable.TotalReward]),
                ("pay/server_payoff", episode[EpisodeTable.ServerPayoff]),
                ("pay/rent", episode[EpisodeTable.Rent]),
            })
            {
                expected.Add(($"{run}/episodes", tag, step), (float)value);
            }

            foreach (var round in Rows(RoundTable.Schema, RoundTable.Episode, number, row => (
                Round: row[RoundTable.Round], Training: row[RoundTable.TrainingLoss], Test: row[RoundTable.TestLoss],
                Accuracy: row[RoundTable.Accuracy])))
            {
                long at = step * StepsPerEpisode + round.Round;
                expected.Add(($"{run}/rounds", "loss/training", at), (float)round.Training);
                expected.Add(($"{run}/rounds", "loss/test", at), (float)round.Test);
                expected.Add(($"{run}/rounds", "accuracy/test", at), (float)round.Accuracy);
            }

            var clients = Rows(ClientTable.Schema, ClientTable.Episode, number, Client);
            Assert.Equal(5, clients.Count);
            Expect(clients, $"{run}/episodes");
            Expect(clients.Where(client => client.Strategy == "truthful"), $"{run}/strategy-truthful");
            Expect(clients.Where(client => client.Strategy == "shirk-labeling"), $"{run}/strategy-shirk-labeling");

            void Expect(IEnumerable<(string Strategy, double[] Values)> those, string folder)
            {
                string[] tags = ["effort", "batch_factor", "gamma", "reward", "cost", "payoff"];
                foreach (var (index, tag) in tags.Index())
                {
                    expected.Add((folder, $"clients/{tag}", step), (float)those.Average(client => client.Values[index]));
                }
            }
        }

        Assert.Equal(12 * (6 + 3 * 3 + 3 * 6), expected.Count);
        var read = EventReader.Scalars(Path.Combine(runs.Mine, "tensorboard"));
        Assert.Equal(expected.Keys.Order(), read.Keys.Order());
        Assert.All(expected, point => Assert.Equal(point.Value, read[point.Key], 1e-6f * Math.Abs(point.Value)));
    }

    /// <summary>Games of one cell and seed follow each other; the profile is a cell, too.</summary>
    [Fact]
    public void Replicates_of_a_regret_experiment_are_steps()
    {
        var read = EventReader.Scalars(Path.Combine(runs.Regret, "tensorboard"));
        var payoffs = read.Where(point => point.Key.Tag == "pay/total_reward").ToList();
        Assert.Equal(CsvRows.Of(runs.Regret, EpisodeTable.Schema).Count(), payoffs.Count);
        var profile = payoffs.Where(point => point.Key.Run == "variant=lceme/seed-1/episodes").ToDictionary();
        Assert.Equal(Enumerable.Range(0, profile.Count).Select(step => (long)step), profile.Keys.Select(key => key.Step).Order());
        const string Deviation = "deviator=0,deviation_effort=0,deviation_batch_factor=1,deviation_gamma=2";
        Assert.Contains(payoffs, point => point.Key.Run == $"variant=flat,{Deviation}/seed-1/episodes");
        Assert.DoesNotContain(read.Keys, key => key.Tag == "accuracy/test");
    }

    [Fact]
    public void A_report_makes_the_same_bytes_again()
    {
        var before = Files(runs.Regret);
        Assert.NotEmpty(before);
        Directory.Delete(Path.Combine(runs.Regret, "tensorboard"), recursive: true);
        new Laboratory().Report(runs.Regret, new QuietObserver());
        Assert.Empty(Files(runs.Regret));
        new Laboratory().Report(runs.Regret, new QuietObserver(), tensorBoard: true);
        Assert.Equal(before, Files(runs.Regret));
    }

    /// <summary>What the user put there stays.</summary>
    [Fact]
    public async Task A_run_that_is_overwritten_takes_its_curves_with_it()
    {
        await PlayAsync(tensorBoard: true);
        var notes = _folder.In("out/tensorboard/seed-1/notes.txt");
        Assert.Equal(
            ["seed-1/episodes", "seed-1/rounds", "seed-1/strategy-truthful"],
            Files(_folder.In("out")).Select(file => Path.GetDirectoryName(file.Name)));
        await File.WriteAllTextAsync(notes, "mine", TestContext.Current.CancellationToken);
        await PlayAsync(tensorBoard: false);
        Assert.Equal([notes], Directory.GetFiles(_folder.In("out/tensorboard"), "*", SearchOption.AllDirectories));
        Assert.Equal([_folder.In("out/tensorboard/seed-1")], Directory.GetDirectories(_folder.In("out/tensorboard")));
    }

    [Fact]
    public void Folders_have_names_that_every_file_system_takes_and_no_two_the_same()
    {
        var names = new FolderNames();
        Assert.Equal("a-b-.c", names.Of("a/b\".c"));
        Assert.Equal("x=1,y=-2", names.Of("x=1,y=-2"));
        Assert.Equal("A-b-.c-2", names.Of("A b:.c"));
        Assert.Equal("a-b-.c-3", names.Of("a b:.c"));
        Assert.Equal("a-b-.c-3", names.Of("a b:.c"));
        Assert.True(names.Of(new string('x', 4000)).Length < 130);
        Assert.NotEqual(names.Of(new string('x', 4000)), names.Of(new string('x', 4001)));
        Assert.Equal("-", names.Of("..é.."));
    }

    [Fact]
    public void A_step_lasts_a_second()
    {
        var events = Directory.GetFiles(runs.Mine, RunLayout.TensorBoardFile, SearchOption.AllDirectories)
            .SelectMany(EventReader.Events).ToList();
        Assert.Equal(Episodes * StepsPerEpisode - 1, events.Max(item => item.Step));
        Assert.All(events, item => Assert.Equal(1.0 + item.Step, item.WallTime));
    }

    /// <summary>TorchSharp's writer is another one: what it writes is what the reader takes a file of events for.</summary>
    [Fact]
    public void The_reader_reads_what_TorchSharp_writes()
    {
        TorchSharp.torch.utils.tensorboard.SummaryWriter(_folder.Path).add_scalar("loss/test", 0.5f, 3);
        var read = EventReader.Events(Assert.Single(Directory.GetFiles(_folder.Path, "*tfevents*")));
        var value = Assert.Single(Assert.Single(read, item => item.Summary is not null).Summary.Value);
        Assert.Equal(("loss/test", 0.5f, 3), (value.Tag, value.SimpleValue, read[^1].Step));
    }

    private static (string Strategy, double[] Values) Client(TableRow row) => (row[ClientTable.Strategy],
    [
        row[ClientTable.Effort], (double)row[ClientTable.BatchSize] / row[ClientTable.AssignedBatchSize], row[ClientTable.Gamma],
        row[ClientTable.Reward], row[ClientTable.Cost], row[ClientTable.Payoff],
    ]);

    private List<T> Rows<T>(Actors.Tables.TableSchema schema, Actors.Tables.Column<int> episode, int number, Func<TableRow, T> read) =>
        [.. CsvRows.Of(runs.Mine, schema).Where(row => row[episode] == number).Select(read)];

    private static List<(string Name, string Bytes)> Files(string run)
    {
        var folder = Path.Combine(run, RunLayout.TensorBoardFolder);
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
        return [.. files.Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), Convert.ToHexString(File.ReadAllBytes(file))))];
    }

    private async Task PlayAsync(bool tensorBoard)
    {
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(
            _folder.In("test.conf"), "flcrowd { data.clients = 3, learning { model = quadratic, step-size = 0.1, rounds = 2 } }", cancel);
        var outcome = await new Laboratory().RunAsync(
            new RunRequest(_folder.In("test.conf")) { Out = _folder.In("out"), Threads = 1, TensorBoard = tensorBoard, Overwrite = true },
            new QuietObserver(), cancel);
        Assert.Equal((RunStatus.Completed, null), (outcome.Record.Status, outcome.Record.Failure));
    }
}
