using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Recording;

/// <summary>Systems that share nothing but a journal play a run together, one after another.</summary>
public sealed class RunJournalTests : IDisposable
{
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
        var plan = Games.Plan(Game(mechanism), Game(mechanism) with { Seed = 8 });
        var (_, whole) = await TestNode.PlayAsync(Plugins(mechanism), plan);

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

        await using var other = await TestNode.StartAsync(Plugins("pay").AddStrategy("more", _ => throw new InvalidOperationException()), journals: Store);
        Assert.Contains("it lacks these plug-ins: Strategy more()", Assert.Single((await OpenAsync(other)).Differences), StringComparison.Ordinal);
        var stranger = await RunJournal.OpenAsync(other.System, "another run", Build, [], null);
        Assert.Null(stranger.Plan);
    }

    private static readonly ProgramBuild Build = new("1.0", ".NET 10", "X64", ["FLCrowd.Strategies 1"]);

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
