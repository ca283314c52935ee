using Akka.Actor;
using Akka.Event;
using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tests.Fakes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace FLCrowd.Actors.Tests.Recording;

/// <summary>Systems that share nothing but a journal play a run together, one after another.</summary>
public sealed class RunJournalSpec : IDisposable
{
    private static readonly ProgramBuild Build = new("1.0", ".NET 10", "X64", ["FLCrowd.Strategies 1"]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flcrowd-");

    private JournalStore? _server;

    private JournalStore Store => _server ?? JournalStore.Sqlite(JournalFile);

    private string JournalFile => Path.Combine(_folder.FullName, "journal.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("pay", 1)]
    [InlineData("replay", 1)]
    [InlineData("pay", 2)]
    public async Task A_run_that_is_interrupted_over_and_over_records_what_one_records_that_is_not(string mechanism, int parallelGames)
    {
        var game = Game(mechanism) with { Wanted = [TestedClasses.Setting] };
        var plan = Games.Plan(game, game with { Seed = 8 });
        var (_, whole) = await TestNode.PlayAsync(Plugins(mechanism), plan);
        Assert.All(whole.Episodes, episode => Assert.Equal(["a", "b", "c"], episode.Result.Classes!.Select(tested => tested.Name)));

        var recorded = new List<int>();
        ExperimentResult result;
        MemorySink sink;
        do
        {
            // In an episode client 0 is trained six times: two games side by side cannot both be in their first one.
            (result, sink) = await PlayAsync(mechanism, plan, parallelGames, ends: training => training >= 14);
            recorded.Add(sink.Episodes.Count);
        }
        while (result.Status == ExperimentStatus.Interrupted && recorded.Count < 20);

        Assert.True(result.Status == ExperimentStatus.Completed, result.Failure);
        Assert.Equal(whole.Text, sink.Text);
        Assert.True(recorded.Count > 2);
        Assert.Equal(recorded.Order(), recorded);
    }

    [Fact]
    public async Task An_episode_goes_on_from_its_last_checkpoint()
    {
        const int Rounds = 300;
        var interval = TimeSpan.FromMilliseconds(100);
        var plan = Games.Plan(MovingGames.Of("mean", cohortSize: 3).Rounds(Rounds) with { Episodes = 1 });
        var (_, whole) = await TestNode.PlayAsync(Plugins("pay"), plan);

        // While a round waits the next checkpoint falls due, which is kept once the round ends. Then nothing is being written any more.
        var journal = JournalReader.Sqlite(JournalFile);
        var (first, _) = await PlayAsync("pay", plan, checkpointEvery: interval, ends: training =>
            training > 100 && SpinWait.SpinUntil(() => journal.Checkpoints is [{ Round: >= 100 }], 3 * interval));
        var (_, round) = Assert.Single(journal.Checkpoints);
        var (second, sink) = await PlayAsync("pay", plan);
        Assert.Equal((ExperimentStatus.Interrupted, ExperimentStatus.Completed), (first.Status, second.Status));
        Assert.Equal(whole.Text, sink.Text);

        // Of ten clients one cannot choose, and one broke in the second round.
        Assert.Equal((Rounds - round) * 8, second.ClientUpdates);
    }

    [Fact]
    public async Task Systems_may_share_a_server_which_forgets_the_run_in_the_end()
    {
        await using var server = await PostgresServer.StartAsync();
        _server = JournalStore.PostgreSql(server.Connection);
        var plan = Games.Plan(MovingGames.Of("mean", cohortSize: 3).Rounds(400) with { Episodes = 2 });
        var (_, whole) = await TestNode.PlayAsync(Plugins("pay"), plan);
        var (first, _) = await PlayAsync("pay", plan, ends: training => training >= 300);
        var (second, _) = await PlayAsync("pay", plan, ends: training => training >= 300);

        // What was played under the plan counts, once that is prepared again.
        await using (var database = NpgsqlDataSource.Create(server.Connection))
        await using (var damage = database.CreateCommand("UPDATE journal SET deleted = true WHERE persistence_id LIKE '%/plan'"))
        {
            Assert.Equal(1, await damage.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(
            "the plan (the games as they were prepared) is damaged", Assert.Single(_server.Check("run").Damages));
        _server.KeepGood("run");
        Assert.True(_server.Check("run").IsSound);
        var (last, sink) = await PlayAsync("pay", plan);
        Assert.Equal((ExperimentStatus.Interrupted, ExperimentStatus.Interrupted), (first.Status, second.Status));
        Assert.Equal(whole.Text, sink.Text);
        Assert.True(last.Status == ExperimentStatus.Completed, last.Failure);

        await _server.ForgetAsync("run");
        await using var node = await StartAsync("pay");
        Assert.False((await OpenAsync(node)).IsResumed);
    }

    [Fact]
    public async Task A_run_that_is_recorded_is_not_played()
    {
        var plan = Games.Plan(Game("pay"));
        var (first, _) = await PlayAsync("pay", plan);
        var (again, sink) = await PlayAsync("pay", plan);
        Assert.Equal((MovingGames.Episodes, MovingGames.Episodes), (first.EpisodesRecorded, again.EpisodesRecorded));
        Assert.True(first.ClientUpdates > 0);
        Assert.Equal((0, MovingGames.Episodes), (again.ClientUpdates, sink.Episodes.Count));
    }

    [Fact]
    public async Task The_plan_is_kept_with_the_program_and_the_settings_that_it_came_from()
    {
        await PlayAsync("pay", Games.Plan(Game("pay")));
        await using (var same = await StartAsync("pay"))
        {
            var journal = await OpenAsync(same);
            Assert.True(journal.IsResumed);
            Assert.Empty(journal.Differences);
            Assert.True(journal.CameFrom(new() { ["seed"] = "7" }));
            Assert.False(journal.CameFrom(new() { ["seed"] = "8" }));
            Assert.Equal(("test", 1), (journal.Plan!.Name, journal.Plan.Games.Count));
        }

        await using (var same = await StartAsync("pay"))
        {
            var changed = await OpenAsync(same, build: Build with { Parts = ["FLCrowd.Strategies 2"] });
            Assert.Equal("it is another build: FLCrowd.Strategies is 1, here 2", Assert.Single(changed.Differences));
        }

        await using var other = await TestNode.StartAsync(
            Plugins("pay").AddStrategy("more", _ => throw new InvalidOperationException()), journals: Store);
        Assert.Contains(
            "it lacks these plug-ins: Strategy more()", Assert.Single((await OpenAsync(other)).Differences), StringComparison.Ordinal);
        var stranger = await RunJournal.OpenAsync(other.System, "another run", Build, [], null);
        Assert.Null(stranger.Plan);
    }

    [Fact]
    public async Task A_run_whose_journal_cannot_be_written_fails_and_goes_on_once_it_can_be()
    {
        var plan = Games.Plan(Game("pay"));
        var (_, whole) = await TestNode.PlayAsync(Plugins("pay"), plan);
        ExecuteOn(StoredTable.Journal, "BEFORE INSERT ON journal WHEN NEW.persistence_id LIKE '%/episodes-0' AND NEW.sequence_number = 1");
        var (failed, _) = await PlayAsync("pay", plan);
        const string Failure =
            "the journal cannot be written: SQLite Error 19: 'broken'. What it holds is kept: flcrowd resume goes on from it";
        Assert.Equal((ExperimentStatus.Failed, Failure), (failed.Status, failed.Failure));
        Execute("DROP TRIGGER breaks");
        Assert.True(Store.Check("run").IsSound);
        var (last, sink) = await PlayAsync("pay", plan);
        Assert.Equal((ExperimentStatus.Completed, whole.Text), (last.Status, sink.Text));
    }

    [Fact]
    public async Task Checkpoints_that_cannot_be_written_cost_one_line()
    {
        ExecuteOn(StoredTable.Snapshots, "BEFORE INSERT ON snapshot");
        var plan = Games.Plan(Game("pay").Rounds(100_000), Game("pay").Rounds(100_000) with { Seed = 8 });
        await using var node = await TestNode.StartAsync(Plugins("pay"), hocon: "akka.loglevel = WARNING", journals: Store);
        using var warnings = Inbox.Create(node.System);
        node.System.EventStream.Subscribe(warnings.Receiver, typeof(Warning));
        var journal = await OpenAsync(node);
        await journal.KeepAsync(plan, new() { ["seed"] = "7" });

        // Two games that go on for two hundred rounds after the line, a checkpoint due every millisecond, and say nothing more.
        using var enough = new CancellationTokenSource();
        int rounds = -1;
        var run = node.RunAsync(plan, new MemorySink(), parallelGames: 2, progress: _ =>
        {
            if (Volatile.Read(ref rounds) >= 0 && Interlocked.Increment(ref rounds) == 200)
            {
                enough.Cancel();
            }
        }, cancel: enough, journal: journal);
        Assert.Equal(
            "A checkpoint cannot be written, and of others this is not said again: SQLite Error 19: 'broken'.",
            await WarningAsync());
        Volatile.Write(ref rounds, 0);
        Assert.Equal(ExperimentStatus.Interrupted, (await run).Status);
        node.System.EventStream.Publish(new Warning(null, "test", typeof(RunJournalSpec), "the end"));
        Assert.Equal("the end", await WarningAsync());

        async Task<string> WarningAsync() =>
            $"{((Warning)await warnings.ReceiveAsync(TimeSpan.FromSeconds(40))).Message}";
    }

    /// <summary>Makes a table, with a trigger that lets nothing in.</summary>
    private void ExecuteOn(StoredTable table, string moment) =>
        Execute($"{table.Definition}; CREATE TRIGGER breaks {moment} BEGIN SELECT RAISE(ABORT, 'broken'); END");

    private void Execute(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={JournalFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private static GameDefinition Game(string mechanism) => MovingGames.Of("mean", cohortSize: 3)
        .Rounds(mechanism == "pay" ? 6 : 3);

    private static FakePlugins Plugins(string mechanism)
    {
        var plugins = MovingGames.Plugins();
        plugins.Mechanism = mechanism == "pay" ? new FakeMechanism() : plugins.Mechanism;
        return plugins;
    }

    private Task<TestNode> StartAsync(string mechanism) => TestNode.StartAsync(Plugins(mechanism), journals: Store);

    private static Task<RunJournal> OpenAsync(TestNode node, TimeSpan? checkpointEvery = null, ProgramBuild? build = null) =>
        RunJournal.OpenAsync(node.System, "run", build ?? Build, [], checkpointEvery ?? TimeSpan.FromMilliseconds(1));

    /// <summary>
    /// Plays what is missing, on a system of its own, which <paramref name="ends"/> is asked about before client 0 is trained for the n-th
    /// time, n = 1, 2, ...: whether the run is told to end there, and gets no further.
    /// </summary>
    private async Task<(ExperimentResult Result, MemorySink Sink)> PlayAsync(
        string mechanism, ExperimentPlan plan, int parallelGames = 1, TimeSpan? checkpointEvery = null, Func<int, bool>? ends = null)
    {
        using var cancel = new CancellationTokenSource();
        using var ended = new ManualResetEventSlim();
        int trainings = 0;
        var plugins = Plugins(mechanism);
        plugins.World.BeforeTraining = client =>
        {
            if (client == 0 && ends?.Invoke(Interlocked.Increment(ref trainings)) == true)
            {
                cancel.Cancel();
                ended.Wait();
            }
        };

        // Each game may hold one training thread, and its evaluators need one to stop on.
        await using var node = await TestNode.StartAsync(plugins, trainingThreads: parallelGames + 1, journals: Store);
        try
        {
            var journal = await OpenAsync(node, checkpointEvery);
            if (journal.Plan is null)
            {
                await journal.KeepAsync(plan, new() { ["seed"] = "7" });
            }

            var sink = new MemorySink();
            return (await node.RunAsync(journal.Plan!, sink, parallelGames, cancel: cancel, journal: journal), sink);
        }
        finally
        {
            ended.Set();
        }
    }
}
