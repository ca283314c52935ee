using FLCrowd.Actors.Recording;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Runs;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Host.Tests;

/// <summary>Staying away from rounds, as a deviation whose gain is measured.</summary>
public sealed class AttendanceSpec : IDisposable
{
    private const double Round = 0.001 * 60;
    private const int Rounds = 20;

    private const string Experiment = """
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = 20 }
          game { assignment = 60 }
          experiment {
            kind = regret
            attendance = on
            variants { "by episode" {}, "by round" { game.flat.by-attendance = on } }
            regret { reports = none,
              clients = [3], efforts = [1], batch-factors = [1], gammas = [1], attendances = [0, 0.5, 1], replicates = 4, max-replicates = 4
              coalitions = [{ name = absent, clients = [1, 2], attendance = 0 }]
            }
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_saves_what_rounds_cost_and_pays_where_rounds_are_not_paid_for()
    {
        await File.WriteAllTextAsync(_folder.In("test.conf"), Experiment, TestContext.Current.CancellationToken);
        var outcome = await new Laboratory().RunAsync(
            new RunRequest(_folder.In("test.conf")) { Out = _folder.In("out"), Threads = 1 }, new QuietObserver(),
            TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.Completed, null), (outcome.Record.Status, outcome.Record.Failure));

        var report = Reported.Regret(_folder.In("out"));
        Assert.Equal([0, 0.5, 1], report.Blocks[0].Gains.Select(gain => gain.Deviation.Attendance));
        Assert.Equal("1, 1, 1, comes 0.5", report.Blocks[0].Gains[1].Deviation.Action);
        var plays = CsvRows.Of(_folder.In("out"), EpisodeTable.Schema).Where(row => row.Text("deviation_attendance") == "0.5"
                && row.Text("variant") == "by episode" && row.Text("replicate").Length == 1 && row.Text("replicate")[0] < '4')
            .Select(row => row[EpisodeTable.Episode]).ToHashSet();
        var clients = CsvRows.Of(_folder.In("out"), ClientTable.Schema).Select(row => (
            Episode: row[ClientTable.Episode], Client: row[ClientTable.Client], Effort: row[ClientTable.Effort],
            Came: row[ClientTable.RoundsAttended], Cost: row[ClientTable.Cost])).ToList();
        double[] came =
            [.. clients.Where(row => row.Client == 3 && plays.Contains(row.Episode)).Select(row => (double)row.Came)];
        Assert.Equal(4, came.Length);
        Assert.All(came, rounds => Assert.InRange(rounds, 2, 18)); // 10 +- 2.2 are expected
        double half = came.Average();
        Assert.Equal([Rounds * Round, (Rounds - half) * Round, 0], report.Blocks[0].Gains.Select(gain => Math.Round(gain.Mean, 9)));
        Assert.Equal(
            [Rounds * Round - 25, (Rounds - half) * (Round - 25.0 / Rounds), 0],
            report.Blocks[1].Gains.Select(gain => gain.Mean), (expected, actual) => Math.Abs(expected - actual) < 1e-9);
        Assert.Equal(2 * Rounds * Round, report.Blocks[0].Coalitions[0].Total.Moments.Mean, 9);
        Assert.All(clients, client => Assert.Equal(20 * client.Effort + Round * client.Came, client.Cost, 9));

        string made = File.ReadAllText(_folder.In("out/regret.csv")), joint = File.ReadAllText(_folder.In("out/coalitions.csv"));
        Assert.StartsWith("client,effort,batch_factor,gamma,attendance,gain,", made, StringComparison.Ordinal);
        Assert.Contains("\nabsent,members,,,,0,", joint, StringComparison.Ordinal);
        report.Write(_folder.Path);
        Assert.Equal([made, joint], [File.ReadAllText(_folder.In("regret.csv")), File.ReadAllText(_folder.In("coalitions.csv"))]);
    }

    [Theory]
    [InlineData("experiment.regret.attendances: is [2]; must be a number of at least 0 and at most 1", "experiment.regret.attendances=[2]")]
    [InlineData(
        "experiment.regret.attendances: has somebody stay away from rounds, but experiment.dynamics.payoffs = exact",
        "experiment.kind=dynamics", "experiment.dynamics.method=best-response", "experiment.dynamics.payoffs=exact",
        "experiment.regret.attendances=[0.5]")]
    [InlineData("clients[0].attendance: is 1.5; must be", "clients=[{strategy=fixed,attendance=1.5,share=1}]")]
    public void What_no_client_can_do_is_refused(string message, params string[] settings) =>
        Assert.Contains(message, Configured.Error(settings), StringComparison.Ordinal);
}
