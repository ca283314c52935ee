using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Host.Tests.TableFiles;

/// <summary>What stands beside drawn numbers where their expectations have a closed form.</summary>
public sealed class ExpectedSpec : IDisposable
{
    private const string World = """
        flcrowd {
          data.clients = 3
          learning { model = quadratic, step-size = 0.1, rounds = 5 }
          game { assignment = 20 }
          clients = [{ strategy = truthful, count = 2 }, { strategy = free-rider, count = 1 }]
          experiment { kind = sweep, episodes = 200 }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sweep_of_the_quadratic_world_has_the_exact_loss_beside_what_was_drawn()
    {
        var cell = Assert.Single(Reported.Summary(await PlayAsync()).Cells);
        var drawn = Moments.Of([.. Columns("episodes.csv", "test_loss").Select(row => row[0])]);
        double exact = cell.ExpectedLoss!.Value.Mean;
        Assert.InRange(exact, drawn.Mean - 4 * drawn.StandardError, drawn.Mean + 4 * drawn.StandardError);
        Assert.NotEqual(exact, cell.TestLoss.Mean);
        Assert.Equal(cell.TotalReward.Mean, cell.ExpectedReward!.Value.Mean, 9); // flat pay does not depend on the loss

        // One number for all plays of one game: without an error.
        var table = Reported.Findings(_folder.In("out")).Tables.First();
        int column = table.Columns.ToList().FindIndex(shown => shown.Name == "exact loss");
        Assert.Equal(exact, Assert.IsType<MeanCell>(table.Rows[0][column]).Mean);
        Assert.DoesNotContain('±', table.Text(0, column));
        Assert.Contains(Symbols.ExactNote, table.Notes, StringComparison.Ordinal);

        Assert.Equal(3 * 200, ExpectedTable.Read(_folder.In("out")).Count());
        Assert.All(
            Columns("expected.csv", "expected_payoff").Zip(Columns("clients.csv", "payoff")),
            pair => Assert.Equal(pair.Second[0], pair.First[0], 9));
    }

    [Theory]
    [InlineData("learning.aggregator=median")]
    [InlineData("learning.participation.rate=0.5")]
    [InlineData("game.payoff-basis=bound", "game.mechanism=lceme", "game.lceme.surrogate=theorem1")]
    [InlineData("clients=[{ strategy = fixed, report = \"linear 5 0\", count = 1 }, { strategy = truthful, count = 2 }]")]
    [InlineData("clients=[{ strategy = fixed, attendance = 0.5, count = 1 }, { strategy = truthful, count = 2 }]")]
    public async Task What_has_no_closed_form_is_not_said_to_be_exact(params string[] settings)
    {
        var summary = Reported.Summary(await PlayAsync([.. settings, "experiment.episodes=2"]));
        Assert.False(File.Exists(_folder.In("out/expected.csv")));
        Assert.DoesNotContain(SweepFindings.Outcomes(summary).Columns, column => column.Name == "exact loss");
    }

    private async Task<string> PlayAsync(params string[] settings)
    {
        File.WriteAllText(_folder.In("world.conf"), World);
        var run = await FlcrowdProcess.RunAsync(
            _folder.Path, ["run", "world.conf", "--out", "out", .. settings.SelectMany(setting => (string[])["--set", setting])]);
        Assert.True(run.ExitCode == 0, run.Error);
        return _folder.In("out");
    }

    /// <summary>Numbers of some columns, row by row.</summary>
    private IEnumerable<double[]> Columns(string table, params string[] names)
    {
        var lines = File.ReadAllLines(_folder.In($"out/{table}")).Select(line => line.Split(',')).ToList();
        int[] places = [.. names.Select(name => lines[0].IndexOf(name))];
        return lines.Skip(1).Select(
            line => places.Select(place => double.Parse(line[place], System.Globalization.CultureInfo.InvariantCulture)).ToArray());
    }
}
