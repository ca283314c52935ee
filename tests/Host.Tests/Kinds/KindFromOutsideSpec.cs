using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Runs;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Tests.Kinds;

/// <summary>A kind of experiment that the program does not know gets all that those which it knows have.</summary>
public sealed class KindFromOutsideSpec : IDisposable
{
    private const string Experiment = """
        # What does the server risk?
        flcrowd {
          data.clients = 4
          learning { model = quadratic, step-size = 0.1, rounds = 20 }
          experiment { kind = extremes, extremes.repeats = 3, episodes = 2, grid { "game.labeling-cost" = [1, 5] } }
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Laboratory _laboratory = new(new ExperimentKinds([.. ExperimentList.BuiltIn.All, new ExtremesKind()]));

    public KindFromOutsideSpec() => File.WriteAllText(_folder.In("risk.conf"), Experiment);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_planned_played_told_of_and_reported_on()
    {
        var outcome = await RunAsync("out");
        Assert.Equal((RunStatus.Completed, 6, 12), (outcome.Record.Status, outcome.Record.Games, outcome.Record.EpisodesRecorded));
        string[] lines = await File.ReadAllLinesAsync(_folder.In("out/extremes.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("game.labeling-cost,worst,best", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.Contains(
            ",game.labeling-cost,repeat,game,",
            File.ReadLines(_folder.In("out/episodes.csv")).First(), StringComparison.Ordinal);
        var table = Assert.Single(outcome.Findings!.Tables);
        Assert.Equal(["1", "5"], Reported.Texts(table).Select(row => row[0]));

        var page = await File.ReadAllTextAsync(_folder.In("out/report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("What the server may get", page, StringComparison.Ordinal);
        Assert.Contains("What does the server risk?", page, StringComparison.Ordinal);
        Assert.Contains("Of 3 draws.", page, StringComparison.Ordinal);
        var json = JsonReport.Of(outcome.Record, outcome.Findings, outcome.Directory);
        Assert.Equal("What the server may get", (string)json["tables"]![0]!["title"]!);
    }

    [Fact]
    public async Task It_is_gone_on_with()
    {
        const string Long = "learning.rounds=1000";
        await RunAsync("whole", Long);
        using var cancel = new CancellationTokenSource();
        var observer = new Cancelling(cancel, rounds: 3000);
        var stopped = await _laboratory.RunAsync(Request("stopped", Long), observer, cancel.Token);
        Assert.Equal(RunStatus.Interrupted, stopped.Record.Status);
        Assert.InRange(stopped.Record.EpisodesRecorded, 0, 11);
        var resumed = await _laboratory.ResumeAsync(
            _folder.In("stopped"), new RunRequest(""), new RunTerminal(json: false), TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Completed, resumed.Record.Status);
        Assert.All(
            (string[])["episodes.csv", "rounds.csv", "clients.csv", "extremes.csv"],
            file => Assert.Equal(File.ReadAllText(_folder.In($"whole/{file}")), File.ReadAllText(_folder.In($"stopped/{file}"))));
    }

    [Theory]
    [InlineData("experiment.extremes.repeats=1", "experiment.extremes.repeats: is 1; must be a whole number of at least 2")]
    [InlineData("experiment.extremes.repeat=2", "experiment.extremes.repeat: is unknown")]
    [InlineData("experiment.axes={ worst { a {} } }", "is the name of another column of the tables, in extremes.csv")]
    [InlineData("experiment.axes={ repeat { a {} } }", "is the name of another column of the tables, in episodes.csv")]
    public async Task Its_settings_are_read_as_strictly(string setting, string message)
    {
        var error = await Assert.ThrowsAsync<SettingException>(() => RunAsync("out", setting));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("out")));
    }

    [Fact]
    public async Task What_it_would_take_is_known()
    {
        var forecasts = new List<RunForecast>();
        await foreach (var forecast in _laboratory.RehearseAsync(Request("out"), TestContext.Current.CancellationToken))
        {
            forecasts.Add(forecast);
        }

        Assert.Equal((6, 12), (forecasts.Single().Games, forecasts.Single().Episodes));
    }

    [Fact]
    public async Task A_program_without_it_says_so()
    {
        await RunAsync("out");
        var error = Assert.Throws<SettingException>(() => Reported.Write(_folder.In("out"))).Message;
        Assert.Contains("is of an experiment of kind 'extremes', which this program does not have", error, StringComparison.Ordinal);
    }

    private RunRequest Request(string folder, params string[] settings) =>
        new(_folder.In("risk.conf")) { Out = _folder.In(folder), Threads = 1, Overrides = ["execution.parallel-games=1", .. settings] };

    private Task<RunOutcome> RunAsync(string folder, params string[] settings) =>
        _laboratory.RunAsync(Request(folder, settings), new RunTerminal(json: false), TestContext.Current.CancellationToken);

    /// <summary>Interrupts a run after some of its rounds.</summary>
    private sealed class Cancelling(CancellationTokenSource source, int rounds) : QuietObserver
    {
        public override Task<ExperimentResult> FollowAsync(
            ExperimentPlan plan, TimeProvider clock, Func<Action<ExperimentProgress>, Task<ExperimentResult>> work) => work(progress =>
            {
                if (progress.RoundsDone >= rounds)
                {
                    source.Cancel();
                }
            });
    }
}
