using FLCrowd.Actors.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments;
using FLCrowd.Host.Terminal;
using Microsoft.Data.Sqlite;

namespace FLCrowd.Host.Tests.Resume;

/// <summary>What resume says where the journal does not hold what was recorded, and how the run goes on where that is wanted.</summary>
public sealed class LostJournalSpec : IAsyncLifetime
{
    private const int Games = 6;
    private const int Rounds = 200;
    private const int Clients = 4;

    /// <summary>How many games the run is through when it is interrupted.</summary>
    private const int Recorded = 3;

    private static readonly string Sweep = $$"""
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = {{Rounds}} }
          game { assignment = 60 }
          data { clients = {{Clients}} }
          experiment { kind = sweep, seeds = {{Games}} }
        }
        """;

    private readonly InterruptedRuns _runs = new();
    private JournaledRun _whole = null!;
    private JournaledRun _left = null!;

    public async ValueTask InitializeAsync()
    {
        var run = Configured.File(Sweep, null);
        _whole = JournaledRun.Begin(_runs.In("whole"), run);
        await _whole.PlayAsync();
        _left = JournaledRun.Begin(_runs.In("left"), run);
        Assert.Equal(ExperimentStatus.Interrupted, (await _left.PlayAsync(progress => progress.RoundsDone > Recorded * Rounds)).Status);
        Assert.Equal(Recorded, File.ReadLines(Path.Combine(_left.Folder, "episodes.csv")).Count() - 1);
    }

    public ValueTask DisposeAsync()
    {
        _runs.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_journal_that_is_gone_empty_or_of_another_run_is_said_to_be_with_what_was_recorded_and_nothing_is_touched()
    {
        await RefusedAsync("is gone; put it back", run => File.Delete(run.JournalFile));
        await RefusedAsync("holds nothing of this run", run => File.WriteAllText(run.JournalFile, ""));
        await RefusedAsync("is the journal of another run (test-", run => File.Copy(_whole.JournalFile, run.JournalFile, overwrite: true));
        await RefusedAsync("ends before what was recorded", run => Execute(
            run, "DELETE FROM journal WHERE ordering = (SELECT MAX(ordering) FROM journal)"));

        async Task RefusedAsync(string problem, Action<JournaledRun> spoil)
        {
            var run = _left.CopyTo(_runs.In("spoilt"));
            spoil(run);
            var before = Directory.EnumerateFiles(run.Folder).ToDictionary(file => file, File.ReadAllBytes);
            var refusal = await Assert.ThrowsAsync<SettingException>(() => new Laboratory().ResumeAsync(
                run.Folder, new RunRequest(""), new RunTerminal(json: false), CancellationToken.None));
            Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
            Assert.Contains($" of {Recorded} recorded episodes can be gone on from", refusal.Message, StringComparison.Ordinal);
            Assert.Contains($"flcrowd resume {run.Folder} --from-last-good", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(
                before, Directory.EnumerateFiles(run.Folder).Where(before.ContainsKey).ToDictionary(file => file, File.ReadAllBytes));

            run.Check(fromLastGood: true);
            run.Check(fromLastGood: true);
            await AssertEndsAsync(run);
            Directory.Delete(run.Folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_plan_that_is_damaged_is_prepared_again_and_what_was_played_under_it_counts()
    {
        Execute(_left, "UPDATE journal SET message = x'00' WHERE persistence_id LIKE '%/plan'");
        var refusal = Assert.Throws<SettingException>(() => _left.Check());
        Assert.Contains("the plan (the games as they were prepared) is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{Recorded} of {Recorded} recorded episodes can be gone on from", refusal.Message, StringComparison.Ordinal);
        _left.Check(fromLastGood: true);
        Assert.Equal((Games - Recorded) * Rounds * Clients, (await AssertEndsAsync(_left)).ClientUpdates);
    }

    [Fact]
    public async Task Tables_are_written_again_from_the_journal_whatever_became_of_them()
    {
        File.Delete(Path.Combine(_left.Folder, "clients.csv"));
        File.WriteAllText(Path.Combine(_left.Folder, "rounds.csv"), "\0\n\n\"");
        File.AppendAllText(Path.Combine(_left.Folder, "episodes.csv"), "1,\"\n7\n\n");
        _left.Check();
        Assert.Equal((Games - Recorded) * Rounds * Clients, (await AssertEndsAsync(_left)).ClientUpdates);
    }

    [Fact]
    public async Task A_run_that_was_killed_before_it_recorded_anything_needs_no_flag()
    {
        var run = JournaledRun.Begin(_runs.In("young"), Configured.File(Sweep, null));
        run.Check();
        await run.Store.PrepareAsync(TestContext.Current.CancellationToken);
        run.Store.Close();
        run.Check();
        await AssertEndsAsync(run);
    }

    [Fact]
    public async Task The_command_goes_on_from_the_last_good_record_where_it_is_told_to()
    {
        Execute(
            _left,
            "UPDATE journal SET message = substr(message, 1, 100) || x'00' || substr(message, 102) "
            + "WHERE ordering = (SELECT MAX(ordering) FROM journal)");
        var refused = await _runs.RunAsync("resume", "left");
        Assert.Equal(2, refused.ExitCode);
        Assert.Matches(@"^flcrowd: left/journal.db: record \d of the episodes from number 0 on .*is damaged", refused.Error);
        Assert.Single(refused.Error.Trim().Split('\n'));

        var done = await _runs.CompleteAsync("resume", "left", "--from-last-good");
        Assert.Contains(
            "the journal as it was is kept as journal.db.damaged", done.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        _runs.AssertSameTables("whole", "left");
        Assert.Equal("completed", (string)_runs.Record("left")["status"]!);
    }

    private async Task<ExperimentResult> AssertEndsAsync(JournaledRun run)
    {
        var result = await run.PlayAsync();
        Assert.Equal((ExperimentStatus.Completed, null), (result.Status, result.Failure));
        Assert.Equal(_whole.Text, run.Text);
        return result;
    }

    private static void Execute(JournaledRun run, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={run.JournalFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
