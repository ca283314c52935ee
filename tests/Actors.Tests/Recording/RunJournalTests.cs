using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Recording;

/// <summary>Systems that share nothing but a journal play a run together, one after another.</summary>
public sealed class RunJournalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flcrowd-");

    private JournalStore? _server;

    private JournalStore Store => _server ?? JournalStore.Sqlite(Path.Combine(_folder.FullName, "journal.db"));

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
            // Enough for an episode.
            (result, sink) = await PlayAsync(mechanism, plan, parallelGames, rounds: 14);
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
        var plan = Games.Plan(MovingGames.Of("mean", cohortSize: 3).Rounds(1000) with { Episodes = 1 });
        var (all, whole) = await TestNode.PlayAsync(Plugins("pay"), plan);
        var (first, _) = await PlayAsync("pay", plan, rounds: 700);
        var (second, sink) = await PlayAsync("pay", plan);
        Assert.Equal((ExperimentStatus.Interrupted, ExperimentStatus.Completed), (first.Status, second.Status));
        Assert.Equal(whole.Text, sink.Text);
        Assert.InRange(second.ClientUpdates, 1, all.ClientUpdates / 2);
    }

    [Fact]
    public async Task Systems_may_share_a_server_which_forgets_the_run_in_the_end()
    {
        await using var server = await PostgresServer.StartAsync();
        _server = JournalStore.PostgreSql(server.Connection);
        var plan = Games.Plan(MovingGames.Of("mean", cohortSize: 3).Rounds(400) with { Episodes = 2 });
        var (_, whole) = await TestNode.PlayAsync(Plugins("pay"), plan);
        await PlayAsync("pay", plan, rounds: 300);
        await PlayAsync("pay", plan, rounds: 300);
        var (last, sink) = await PlayAsync("pay", plan);
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

        await using var other = await TestNode.StartAsync(Plugins("pay").AddStrategy("more", _ => throw new InvalidOperationException()), journals: Store);
        Assert.Contains("it lacks these plug-ins: Strategy more()", Assert.Single((await OpenAsync(other)).Differences), StringComparison.Ordinal);
        var stranger = await RunJournal.OpenAsync(other.System, "another run", [], null);
        Assert.Null(stranger.Plan);
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

    private static Task<RunJournal> OpenAsync(TestNode node) =>
        RunJournal.OpenAsync(node.System, "run", [], TimeSpan.FromMilliseconds(1));

    /// <summary>Plays what is missing, on a system of its own, until so many rounds are done.</summary>
    private async Task<(ExperimentResult Result, MemorySink Sink)> PlayAsync(
        string mechanism, ExperimentPlan plan, int parallelGames = 1, int rounds = int.MaxValue)
    {
        await using var node = await StartAsync(mechanism);
        var journal = await OpenAsync(node);
        if (journal.Plan is null)
        {
            await journal.KeepAsync(plan, new() { ["seed"] = "7" });
        }

        using var cancel = new CancellationTokenSource();
        var sink = new MemorySink();
        int done = 0;
        var result = await node.RunAsync(journal.Plan!, sink, parallelGames, progress: _ =>
        {
            if (Interlocked.Increment(ref done) == rounds)
            {
                cancel.Cancel();
            }
        }, cancel, journal);
        return (result, sink);
    }
}
