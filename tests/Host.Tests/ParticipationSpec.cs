using FLCrowd.Host.Tests.Resume;

namespace FLCrowd.Host.Tests;

/// <summary>Who takes part in a round, as the configuration says it.</summary>
public sealed class ParticipationSpec : IDisposable
{
    private const string Setting = "learning.participation.";

    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("rate: is 0; must be above 0: somebody has to take part", "rate=0")]
    [InlineData("rate: is 1.5; must be a number of at least 0 and at most 1", "rate=1.5")]
    [InlineData("count: is 11; must be a whole number of at least 1 and at most 10, or none", "count=11")]
    [InlineData("count: is 2.5; must be a whole number of at least 1 and at most 10, or none", "count=2.5")]
    [InlineData("rate: stands beside count or schedule; must be one of rate, count and schedule", "rate=0.5", "count=3")]
    [InlineData("by: is weight; must be uniform | samples", "by=weight")]
    [InlineData("by: is samples, but with the model 'quadratic' client 0 has none; must be uniform", "by=samples", "count=3")]
    [InlineData("drop-out: is 1; must be a number of at least 0 and below 1", "drop-out=1")]
    [InlineData("drop-out: has 2 values; must be one for all clients, or one for each of 10", "drop-out=[0.1,0.2]")]
    [InlineData("aggregation: is fair; must be renormalised | unbiased", "aggregation=fair")]
    [InlineData("share: is unknown", "share=0.5")]
    [InlineData(
        "schedule: is HERE/nowhere.csv, which is missing; must be a CSV file with the columns client, from, to", "schedule=nowhere.csv")]
    public void What_nobody_can_take_part_by_is_refused(string message, params string[] settings) =>
        Assert.StartsWith(
            Setting + message.Replace("HERE", Environment.CurrentDirectory, StringComparison.Ordinal),
            Configured.Error([.. settings.Select(setting => Setting + setting)]), StringComparison.Ordinal);

    [Fact]
    public void Reports_cannot_stand_for_others_in_a_median() => Assert.StartsWith(
        $"{Setting}aggregation: is unbiased; must be renormalised with an aggregator that is no weighted mean of the reports",
        Configured.Error("learning.aggregator=median", $"{Setting}rate=0.5", $"{Setting}aggregation=unbiased"), StringComparison.Ordinal);

    [Theory]
    [InlineData("rate=1")]
    [InlineData("count=10")]
    [InlineData("by=samples")]
    [InlineData("drop-out=0")]
    [InlineData("aggregation=unbiased")]
    public void Where_all_take_part_the_game_is_the_one_without_the_setting(string setting) =>
        Assert.Null(Configured.Run(Setting + setting).Plan.Games[0].Learning.Participation);

    [Theory]
    [InlineData("client;from;to", "line 1 must be the columns: client,from,to")]
    [InlineData("client,from,to\n0,1,2\n3,1", "line 3 has 2 fields; must have three: client, from, to")]
    [InlineData("client,from,to\n10,1,2", "line 2 has '10' as client; must be a whole number of at least 0 and at most 9")]
    [InlineData("client,from,to\n1,0,2", "line 2 has '0' as from; must be a whole number of at least 1")]
    [InlineData("client,from,to\n1,3,2", "line 2 goes from round 3 to 2; must not end before it begins")]
    [InlineData("client,from,to\n1,3,x", "line 2 has 'x' as to; must be a whole number of at least 1")]
    public void A_schedule_that_is_none_is_refused_with_its_line(string text, string message)
    {
        var file = _runs.In("schedule.csv");
        File.WriteAllText(file, text);
        Assert.Equal($"{file}: {message}", Configured.Error($"{Setting}schedule={file}"));
    }

    [Theory]
    [InlineData("quadratic", "game.mechanism=lceme", "game.lceme.surrogate=theorem1")]
    [InlineData("quadratic", "game.mechanism=lceme", "game.lceme.surrogate=corrected")]
    [InlineData("best-response", "experiment.dynamics.payoffs=exact")]
    public async Task What_is_proved_for_all_clients_is_refused_for_some(string experiment, params string[] settings)
    {
        var ended = await _runs.RunAsync(
            ["run", experiment, "--set", $"{Setting}rate=0.5", .. settings.SelectMany(setting => (string[])["--set", setting])]);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("learning.participation", ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_run_that_was_killed_in_the_middle_of_a_sampled_episode_ends_with_the_same_tables()
    {
        await File.WriteAllTextAsync(
            _runs.In("learners.conf"), Learners.Experiment(episodes: 2, rounds: 3_000), TestContext.Current.CancellationToken);
        string[] run =
        [
            "run", "learners.conf", "--set", "execution.checkpoint-every=20ms", "--set", $"{Setting}count=4",
            "--set", $"{Setting}drop-out=0.1", "--set", $"{Setting}aggregation=unbiased",
        ];
        await _runs.CompleteAsync([.. run, "--out", "whole"]);
        await _runs.KillAsync(() => _runs.Journal("killed").Checkpoints is [{ Round: > 20 }], [.. run, "--out", "killed"]);
        await _runs.CompleteAsync("resume", "killed", "--threads", "1");
        _runs.AssertSameTables("whole", "killed");
        Assert.InRange(_runs.Updates("killed"), 1, _runs.Updates("whole") - 20);
    }
}
